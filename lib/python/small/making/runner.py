"""Runs the blocks of one snippet in one namespace, as a sandbox does, and says what came of each. The same code runs in CPython over
the real libraries, where the fixtures are made, and in Pyodide over the small ones, where they are compared.

`emit(width, height, rgba)` receives each picture. A block starts at a line `# ---`.
"""

import contextlib
import functools
import io
import re
import traceback


@functools.cache
def made_picture(mode, width, height):
    """A picture with edges, slopes and grain in it, by arithmetic."""
    from PIL import Image

    count = len(mode)
    values = bytearray()
    for y in range(height):
        for x in range(width):
            for c in range(count):
                value = (x * (7 + c) + y * (13 - 3 * c) + (x * y) % 17 * 5 + c * 50) % 256
                if (x // 11 + y // 9) % 3 == 0:
                    value = (value // 4 + 40 * c) % 256
                values.append(value)
    return Image.frombytes(mode, (width, height), bytes(values))


def run(source, emit):
    from PIL import Image

    def give(image):
        """A picture as it is, pixel by pixel."""
        emit(*image.size, image.convert("RGBA").tobytes())

    names = {
        "__name__": "__main__",
        "image_1": made_picture("RGB", 97, 61).copy(),
        "image_2": made_picture("RGBA", 40, 30).copy(),
        "give": give,
        "Image": Image,
    }
    said = []
    for block in re.split(r"^# ---$\n?", source, flags=re.M):
        out, error = io.StringIO(), ""
        with contextlib.redirect_stdout(out):
            try:
                exec(compile(block, "<cell>", "exec"), names)
            except BaseException as problem:
                error = traceback.format_exception_only(problem)[-1].strip()
        said.append({"stdout": out.getvalue(), "error": error})
    return said
