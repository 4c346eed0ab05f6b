import matplotlib.pyplot as plt
x1, y1, x2, y2 = 30, 12, 60, 40
region = image_1.crop((x1, y1, x2, y2))
enlarged = region.resize((region.width * 4, region.height * 4), Image.LANCZOS)
print(f"Cropped size: {region.size}, enlarged: {enlarged.size}")
give(enlarged)
plt.figure(figsize=(5, 4))
plt.imshow(enlarged)
plt.title("Zoomed")
plt.axis("off")
plt.show()
