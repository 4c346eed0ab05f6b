values = [12.5, 33, 47.25, 8]
total = sum(values)
print("Total:", total)
for v in values:
    print(f"{v:>6} -> {100 * v / total:.1f}%")
print(round(total / len(values), 3), max(values) - min(values))
