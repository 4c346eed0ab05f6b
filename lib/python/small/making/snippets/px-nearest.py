for size in [(194, 122), (50, 50), (97, 200), (1, 1), (33, 61)]:
    give(image_1.resize(size, Image.NEAREST))
give(image_2.resize((77, 19), Image.NEAREST, box=(3.5, 2.25, 33.1, 29.9)))
