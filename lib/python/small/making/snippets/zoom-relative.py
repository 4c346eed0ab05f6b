w, h = image_1.size
left, top, right, bottom = int(w * 0.25), int(h * 0.4), int(w * 0.75), int(h * 0.9)
print(left, top, right, bottom)
part = image_1.crop((left, top, right, bottom))
part = part.resize([int(2 * s) for s in part.size])
print(part.size, part.mode)
give(part)
