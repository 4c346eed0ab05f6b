left = image_1.crop((0, 0, 48, 61))
print(left.size)
# ---
right = image_1.crop((48, 0, 97, 61))
print(left.size, right.size)
# ---
swapped = Image.new("RGB", image_1.size)
swapped.paste(right, (0, 0))
swapped.paste(left, (right.width, 0))
give(swapped)
# ---
print(undefined_name)
# ---
print("still here:", swapped.size)
