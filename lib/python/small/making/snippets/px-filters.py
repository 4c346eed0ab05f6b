# within 1
from PIL import ImageFilter as F
for f in [F.BLUR, F.CONTOUR, F.DETAIL, F.EDGE_ENHANCE, F.EDGE_ENHANCE_MORE, F.EMBOSS, F.FIND_EDGES, F.SHARPEN, F.SMOOTH, F.SMOOTH_MORE]:
    give(image_1.crop((0, 0, 40, 30)).filter(f))
give(image_1.filter(F.GaussianBlur(2)))
give(image_1.filter(F.GaussianBlur(radius=0.7)))
give(image_1.filter(F.BoxBlur(3)))
give(image_1.crop((0, 0, 30, 30)).filter(F.MedianFilter(3)))
give(image_1.crop((0, 0, 30, 30)).filter(F.MinFilter(5)))
give(image_1.crop((0, 0, 30, 30)).filter(F.MaxFilter))
give(image_1.crop((0, 0, 30, 30)).filter(F.UnsharpMask()))
give(image_1.filter(F.Kernel((3, 3), (1, 2, 1, 2, 4, 2, 0, 0, 0))))
