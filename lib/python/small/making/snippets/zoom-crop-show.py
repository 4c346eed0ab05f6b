import matplotlib.pyplot as plt

# Crop the region of interest
cropped = image_1.crop((20, 10, 70, 50))
plt.imshow(cropped)
plt.axis('off')
plt.show()
