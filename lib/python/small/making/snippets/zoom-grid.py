import matplotlib.pyplot as plt
boxes = {"left": (0, 0, 40, 60), "middle": (30, 0, 70, 60), "right": (57, 0, 97, 60)}
fig, axes = plt.subplots(1, 3, figsize=(9, 4))
for ax, (name, box) in zip(axes, boxes.items()):
    ax.imshow(image_1.crop(box))
    ax.set_title(name)
    ax.axis("off")
plt.tight_layout()
plt.show()
