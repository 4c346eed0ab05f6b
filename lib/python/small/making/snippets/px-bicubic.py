for size in [(194, 122), (50, 50), (97, 200), (1, 1), (33, 61), (291, 183)]:
    give(image_1.resize(size))
give(image_2.resize((77, 19)))
give(image_2.resize((80, 60)))
give(image_2.convert("LA").resize((15, 60)))
for size in [(90, 30), (90, 55), (60, 10), (96, 60), (150, 30)]:
    give(image_1.resize(size))
give(image_1.resize((50, 20), Image.LANCZOS, box=(10.3, 3.7, 61.2, 55.5)))
