import io
for im in [image_1, image_2, image_1.convert("L"), image_2.convert("LA"), image_1.convert("1")]:
    file = io.BytesIO()
    im.save(file, format="PNG")
    back = Image.open(file)
    back.load()
    print(back.format, back.mode, back.size, back == im, file.getvalue()[:8])
    give(back)
image_1.save("/tmp/one.png")
with Image.open("/tmp/one.png") as again:
    print(again.size, again.filename)
back = Image.frombytes("RGB", (2, 2), bytes(range(12)))
print(list(back.tobytes()), back.getpixel((1, 1)))
