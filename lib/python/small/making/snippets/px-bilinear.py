for size in [(194, 122), (50, 50), (97, 200), (1, 1), (33, 61)]:
    give(image_1.resize(size, Image.BILINEAR))
give(image_2.resize((77, 19), Image.BILINEAR))
give(image_1.convert("L").resize((40, 90), Image.BILINEAR))
give(image_1.resize((77, 19), Image.BILINEAR, box=(3.5, 2.25, 73.1, 29.9)))
