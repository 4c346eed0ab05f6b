for method in range(7):
    give(image_1.transpose(method))
give(image_2.transpose(Image.Transpose.TRANSVERSE))
