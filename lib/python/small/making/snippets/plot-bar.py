import matplotlib.pyplot as plt
names, counts = ["apples", "pears", "plums"], [12, 7, 15]
plt.bar(names, counts, color=["tab:red", "tab:green", "tab:purple"])
for i, c in enumerate(counts):
    plt.text(i, c + 0.2, str(c), ha="center")
plt.ylabel("count")
plt.show()
print(max(zip(counts, names)))
