"""PIL.ImageEnhance: between a picture and one that has less of something."""

from . import Image, ImageFilter, ImageStat


class _Enhance:
    def enhance(self, factor):
        return Image.blend(self.degenerate, self.image, factor)

    def _keep_alpha(self):
        if "A" in self.image.getbands():
            self.degenerate.putalpha(self.image.getchannel("A"))


class Color(_Enhance):
    def __init__(self, image):
        self.image = image
        gray = "LA" if "A" in image.getbands() else "L"
        self.degenerate = image if gray == image.mode else image.convert(gray).convert(image.mode)


class Contrast(_Enhance):
    def __init__(self, image):
        self.image = image
        mean = int(ImageStat.Stat(image.convert("L")).mean[0] + 0.5)
        self.degenerate = Image.new("L", image.size, mean).convert(image.mode)
        self._keep_alpha()


class Brightness(_Enhance):
    def __init__(self, image):
        self.image = image
        self.degenerate = Image.new(image.mode, image.size, 0)
        self._keep_alpha()


class Sharpness(_Enhance):
    def __init__(self, image):
        self.image = image
        self.degenerate = image.filter(ImageFilter.SMOOTH)
        self._keep_alpha()
