import statistics
rows = {"2019": 41, "2020": 38, "2021": 52, "2022": 60, "2023": 57}
print(statistics.mean(rows.values()), statistics.median(rows.values()), round(statistics.stdev(rows.values()), 4))
best = max(rows, key=rows.get)
print(f"Highest: {best} with {rows[best]}; growth {rows['2023'] / rows['2019'] - 1:+.1%}")
