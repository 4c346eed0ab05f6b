im = image_1.convert("L").point(lambda v: 255 if v > 200 else 0)
w, h = im.size
px = im.load()
seen, count = set(), 0
for y in range(h):
    for x in range(w):
        if px[x, y] and (x, y) not in seen:
            count += 1
            stack = [(x, y)]
            while stack:
                cx, cy = stack.pop()
                if (cx, cy) in seen or not (0 <= cx < w and 0 <= cy < h) or not px[cx, cy]:
                    continue
                seen.add((cx, cy))
                stack += [(cx + 1, cy), (cx - 1, cy), (cx, cy + 1), (cx, cy - 1)]
print(count, len(seen), im.getbbox())
