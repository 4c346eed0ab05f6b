import matplotlib.pyplot as plt
plt.subplot(1, 2, 1)
plt.imshow(image_1.convert("L"), cmap="gray")
plt.title("gray")
plt.subplot(1, 2, 2)
plt.imshow(image_1.convert("L"))
plt.title("colors")
plt.show()
