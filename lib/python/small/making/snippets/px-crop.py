give(image_1.crop((10, 5, 60, 40)))
give(image_1.crop((-8, -3, 20, 70)))
give(image_1.crop((10.4, 5.5, 33.5, 21.6)))
give(image_2.crop((30, 20, 55, 44)))
