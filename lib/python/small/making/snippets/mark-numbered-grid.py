from PIL import ImageDraw
im = image_1.resize((194, 122), Image.NEAREST)
d = ImageDraw.Draw(im)
for i in range(1, 4):
    d.line([(im.width * i // 4, 0), (im.width * i // 4, im.height)], fill="yellow")
    d.line([(0, im.height * i // 4), (im.width, im.height * i // 4)], fill="yellow")
give(im)
cells = [(r, c) for r in range(4) for c in range(4)]
print(len(cells), cells[5])
