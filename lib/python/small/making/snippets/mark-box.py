from PIL import ImageDraw

marked = image_1.copy()
draw = ImageDraw.Draw(marked)
objects = [("cat", [10, 10, 40, 35]), ("dog", [50, 20, 90, 55])]
for label, bbox in objects:
    draw.rectangle(bbox, outline="red", width=2)
    print(f"{label}: width={bbox[2]-bbox[0]}, height={bbox[3]-bbox[1]}")
give(marked)
