img = image_1.croop((0, 0, 5, 5))
# ---
Image.ANTIALIAS
# ---
import pandas_like_thing
# ---
{"a": 1}["b"]
# ---
[1, 2, 3][7]
# ---
int("12a")
# ---
1 / 0
