image_1.crop((50, 50, 10, 10))
# ---
image_1.resize((10.5, 20))
# ---
image_1.resize((0, 20))
# ---
image_1.getpixel((500, 500))
# ---
Image.new("RGB", (10, 10), "no such color")
# ---
Image.open("/tmp/there-is-no-such-file.png")
# ---
image_1.resize((10, 10), resample=99)
# ---
image_1.save("/tmp/picture.xyz")
# ---
image_1.paste(image_2, (0, 0, 5, 5))
# ---
Image.merge("RGB", image_1.split()[:2])
# ---
Image.frombytes("RGB", (4, 4), b"abc")
