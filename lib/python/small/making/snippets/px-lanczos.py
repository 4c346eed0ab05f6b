for size in [(194, 122), (50, 50), (97, 200), (33, 61)]:
    give(image_1.resize(size, Image.LANCZOS))
    give(image_1.resize(size, Image.BOX))
    give(image_1.resize(size, Image.HAMMING))
give(image_2.resize((77, 19), Image.Resampling.LANCZOS))
