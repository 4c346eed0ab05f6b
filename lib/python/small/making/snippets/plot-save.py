import io
import matplotlib.pyplot as plt
file = io.BytesIO()
plt.figure(figsize=(4, 3), dpi=50)
plt.plot([1, 3, 2])
plt.savefig(file, format="png")
plt.close()
file.seek(0)
print(Image.open(file).size)
plt.show()
