raise ModuleNotFoundError(
    "NumPy is not here: this page runs the small libraries (parts of Pillow and Matplotlib). "
    "The full libraries can be loaded in the page's settings; until then use plain Python and PIL.",
    name="numpy",
)
