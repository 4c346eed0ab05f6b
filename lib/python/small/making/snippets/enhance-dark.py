# within 1
from PIL import ImageEnhance, ImageFilter
bright = ImageEnhance.Brightness(image_1).enhance(1.8)
give(bright.filter(ImageFilter.SHARPEN))
give(bright.filter(ImageFilter.GaussianBlur(1.5)))
