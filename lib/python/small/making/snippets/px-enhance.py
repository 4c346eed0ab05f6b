# within 1
from PIL import ImageEnhance as E, ImageOps as O
for f in [0, 0.5, 1.5, 3]:
    give(E.Contrast(image_1).enhance(f))
    give(E.Brightness(image_1).enhance(f))
    give(E.Color(image_1).enhance(f))
    give(E.Sharpness(image_1).enhance(f))
give(E.Contrast(image_2).enhance(2))
