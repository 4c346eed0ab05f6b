"""Runs blocks of code in one set of names and says what they said. Its own names are in no module that such code shares."""

import builtins
import linecache
import sys
import traceback
import types

# What leads to JavaScript, which nothing here needs any more.
CLOSED = (
    "js",
    "pyodide_js",
    "_pyodide",
    "_pyodide._base",
    "_pyodide._core_docs",
    "_pyodide._importhook",
    "_pyodide_core",
    "pyodide",
    "pyodide.code",
    "pyodide.ffi",
    "pyodide.ffi.wrappers",
    "pyodide.http",
    "pyodide.webloop",
    "pyodide.console",
    "pyodide._package_loader",
    "micropip",
)
MOST_FRAMES = 10_000


def begin(show, names_of_pixels, pixels):
    """`show(width, height, data)` takes a picture; `pixels` holds functions of the small libraries."""

    def checked_show(width, height, data):
        width, height, data = int(width), int(height), bytes(data)
        if len(data) != width * height * 4:
            raise ValueError(f"a picture of {width} x {height} has {width * height * 4} bytes in RGBA, not {len(data)}")
        told = show(width, height, data)
        if told:
            raise ValueError(told)

    loupe = types.ModuleType("_loupe")
    loupe.show = checked_show
    sys.modules["_loupe"] = loupe
    tools = types.ModuleType("_loupe_pixels")
    for name in names_of_pixels:
        setattr(tools, name, getattr(pixels, name))
    sys.modules["_loupe_pixels"] = tools
    main = types.ModuleType("__main__")
    main.__builtins__ = builtins
    sys.modules["__main__"] = main
    exec("from PIL import Image\nimport base64\nfrom io import BytesIO", main.__dict__)
    return main.__dict__


def close():
    """Nothing of Pyodide can be imported from here on."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "JsFinder"]
    for name in CLOSED:
        sys.modules[name] = None
    limit = sys.setrecursionlimit

    def setrecursionlimit(frames, /):
        if frames > MOST_FRAMES:
            raise ValueError(f"no more than {MOST_FRAMES} frames can be had here")
        limit(frames)

    sys.setrecursionlimit = setrecursionlimit


def add_picture(names, number, mode, width, height, data):
    from PIL import Image

    names[f"image_{number}"] = Image.frombytes(mode, (width, height), data.to_bytes())


def run(names, code, number):
    """The last line of what went wrong; None where nothing did."""
    name = f"<code {number}>"
    linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    try:
        exec(compile(code, name, "exec", dont_inherit=True), names)
        return None
    except SystemExit:
        return None
    except BaseException as error:
        trace = error.__traceback__ and error.__traceback__.tb_next
        try:
            sys.stderr.write("".join(traceback.format_exception(type(error), error, trace)))
            return traceback.format_exception_only(error)[-1].strip()
        except BaseException:
            sys.stderr.write(type(error).__name__ + "\n")
            return type(error).__name__
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except BaseException:
                pass
