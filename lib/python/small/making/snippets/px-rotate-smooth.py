# within 1
give(image_1.rotate(30, resample=Image.BILINEAR))
give(image_1.rotate(-12, resample=Image.BICUBIC, expand=True, fillcolor="white"))
give(image_2.rotate(33, resample=Image.BICUBIC, expand=True))
give(image_1.convert("L").rotate(5, resample=Image.BICUBIC))
