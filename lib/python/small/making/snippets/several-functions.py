def zoom(image, box, factor=2):
    part = image.crop(box)
    return part.resize((part.width * factor, part.height * factor))
# ---
cache = {}
for name, box in {"a": (0, 0, 10, 10), "b": (20, 20, 50, 40)}.items():
    cache[name] = zoom(image_1, box)
print({k: v.size for k, v in cache.items()})
# ---
give(cache["b"])
del cache["a"]
print(sorted(cache))
