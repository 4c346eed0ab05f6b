import matplotlib.pyplot as plt
values = [((i * 37) % 101) / 10 for i in range(200)]
n, bins, _ = plt.hist(values, bins=5)
print([int(v) for v in n], [round(float(b), 2) for b in bins])
plt.show()
