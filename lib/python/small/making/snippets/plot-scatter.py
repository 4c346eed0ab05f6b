import matplotlib.pyplot as plt
xs = [i % 7 + i / 10 for i in range(30)]
ys = [(i * i) % 11 for i in range(30)]
fig, ax = plt.subplots(figsize=(6, 4))
ax.scatter(xs, ys, c="green", s=40)
ax.axhline(5, color="k", linestyle="--")
ax.set_title("Scatter")
ax.set_xlim(0, 10)
plt.show()
