from PIL import ImageOps
tiles = [ImageOps.expand(image_1.crop((x, 10, x + 25, 40)), 2, "black") for x in (0, 25, 50, 72)]
sheet = Image.new("RGB", (tiles[0].width * 2, tiles[0].height * 2), "white")
for i, tile in enumerate(tiles):
    sheet.paste(tile, ((i % 2) * tile.width, (i // 2) * tile.height))
print(sheet.size)
give(sheet)
sheet.thumbnail((40, 40))
print(sheet.size)
give(sheet)
