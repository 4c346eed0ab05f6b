red = 0
for y in range(image_1.height):
    for x in range(image_1.width):
        r, g, b = image_1.getpixel((x, y))
        if r > 150 and g < 100:
            red += 1
total = image_1.width * image_1.height
print(f"Red pixels: {red} of {total} ({red / total:.2%})")
