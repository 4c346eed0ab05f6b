patch = image_1.crop((40, 20, 60, 40))
average = patch.resize((1, 1), Image.BOX).getpixel((0, 0))
print("Average color:", average, "#%02x%02x%02x" % average)
print(sorted(image_1.crop((0, 0, 3, 3)).getcolors())[:3])
