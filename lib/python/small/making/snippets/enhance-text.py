from PIL import ImageEnhance, ImageOps
gray = image_1.convert("L")
sharp = ImageEnhance.Contrast(gray).enhance(2.0)
binary = sharp.point(lambda p: 255 if p > 120 else 0)
print(binary.getextrema(), gray.getextrema())
give(ImageOps.invert(binary))
give(ImageOps.autocontrast(gray))
