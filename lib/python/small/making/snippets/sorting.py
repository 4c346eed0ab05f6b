people = [("Ann", 31), ("bob", 25), ("Chloé", 31), ("dan", 19)]
print(sorted(people, key=lambda p: (-p[1], p[0].lower())))
people.sort(key=lambda p: p[1])
for rank, (name, age) in enumerate(people, 1):
    print(rank, name.ljust(8, "."), age)
print(sorted({"b": 2, "a": 1}.items(), reverse=True), list(reversed("abc")))
