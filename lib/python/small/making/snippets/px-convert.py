for mode in ["L", "LA", "RGB", "RGBA", "1"]:
    im = image_1.convert(mode)
    print(mode, im.getpixel((3, 4)), im.getbands(), len(im.tobytes()))
    give(im)
    give(image_2.convert(mode))
give(image_1.convert("1", dither=Image.Dither.NONE))
give(image_1.convert("1").convert("RGB"))
print(list(image_1.convert("HSV").tobytes()[:60]))
print(sum(image_1.convert("HSV").tobytes()))
