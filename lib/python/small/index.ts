/** Stand-ins for the real libraries. */
const IMAGE = `
class _Image:
    def __init__(self, mode, size, data):
        self.mode, self.size, self._data = mode, size, data
    width = property(lambda self: self.size[0])
    height = property(lambda self: self.size[1])
    def convert(self, mode):
        if mode == self.mode: return self
        if self.mode == "RGB" and mode == "RGBA":
            out = bytearray(self.size[0] * self.size[1] * 4)
            for i in range(3): out[i::4] = self._data[i::3]
            out[3::4] = b"\\xff" * (self.size[0] * self.size[1])
            return _Image("RGBA", self.size, bytes(out))
        raise NotImplementedError(mode)
    def tobytes(self): return self._data
    def crop(self, box):
        x1, y1, x2, y2 = map(int, box)
        n = len(self.mode)
        rows = [self._data[(y * self.size[0] + x1) * n:(y * self.size[0] + x2) * n] for y in range(y1, y2)]
        return _Image(self.mode, (x2 - x1, y2 - y1), b"".join(rows))
def frombytes(mode, size, data): return _Image(mode, tuple(size), bytes(data))
def new(mode, size, color=0): return _Image(mode, tuple(size), bytes(len(mode) * size[0] * size[1]))
`;
const PYPLOT = `
import _loupe
_shown = []
def imshow(image, **_): _shown[:] = [image]
def axis(*_): pass
def figure(*_, **__): pass
def title(*_, **__): pass
def show():
    for image in _shown: _loupe.show(image.width, image.height, image.convert("RGBA").tobytes())
    _shown.clear()
`;

export const smallLibraries = {
  files: { 'PIL/__init__.py': '', 'PIL/Image.py': IMAGE, 'matplotlib/__init__.py': '', 'matplotlib/pyplot.py': PYPLOT },
  pixels: {},
};
