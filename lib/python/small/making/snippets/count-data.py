from collections import Counter
pixels = list(image_1.convert("L").tobytes())
bright = sum(1 for p in pixels if p > 128)
print(bright, len(pixels), max(pixels), min(pixels), sum(pixels) / len(pixels))
print(Counter(p // 64 for p in pixels).most_common())
