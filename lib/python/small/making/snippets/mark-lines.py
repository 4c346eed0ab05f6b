from PIL import Image, ImageDraw
im = Image.new("RGB", (160, 120), (240, 240, 240))
d = ImageDraw.Draw(im)
points = [(10, 100), (50, 30), (90, 70), (150, 20)]
d.line(points, fill=(0, 0, 200), width=3)
for x, y in points:
    d.ellipse([x - 4, y - 4, x + 4, y + 4], fill="red", outline="black")
d.polygon([(100, 100), (120, 80), (140, 110)], fill="#3cb371", outline="black")
give(im)
