import matplotlib.pyplot as plt
for box in [(0, 0, 50, 50), (40, 10, 90, 60)]:
    plt.figure(figsize=(3, 3))
    plt.imshow(image_1.crop(box))
    plt.axis("off")
    plt.show()
print("done")
