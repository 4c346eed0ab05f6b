raise ValueError("the box is not in the picture")
# ---
class TooSmall(Exception):
    pass
try:
    raise TooSmall("12 px")
except TooSmall as problem:
    print("caught:", problem)
# ---
assert image_1.width > 1000, f"width is {image_1.width}"
# ---
def f(n):
    return f(n + 1)
f(0)
