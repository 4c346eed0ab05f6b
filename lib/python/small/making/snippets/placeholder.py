# No code is needed here, the answer can be read from the picture.
