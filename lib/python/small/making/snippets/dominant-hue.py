import colorsys
counts = {}
for r, g, b in zip(*[iter(image_1.resize((20, 12), Image.NEAREST).tobytes())] * 3):
    h, s, v = colorsys.rgb_to_hsv(r / 255, g / 255, b / 255)
    name = ["red", "yellow", "green", "cyan", "blue", "magenta"][int(h * 6 + 0.5) % 6] if s > 0.2 else "gray"
    counts[name] = counts.get(name, 0) + 1
print(sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))
