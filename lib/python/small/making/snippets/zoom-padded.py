box = (80, 40, 95, 55)
pad = 10
big = (max(0, box[0] - pad), max(0, box[1] - pad), min(image_1.width, box[2] + pad), min(image_1.height, box[3] + pad))
print(big)
give(image_1.crop(big).resize((200, 200), Image.Resampling.BICUBIC))
