from PIL import ImageDraw
for mode in ["L", "1", "RGBA", "LA"]:
    im = Image.new(mode, (40, 30))
    d = ImageDraw.Draw(im)
    d.rectangle((3, 3, 20, 20), outline="white" if mode != "1" else 1)
    d.ellipse((15, 8, 35, 25), fill=200 if mode in "L1" else None, outline="white")
    d.line((0, 29, 39, 0))
    give(im)
