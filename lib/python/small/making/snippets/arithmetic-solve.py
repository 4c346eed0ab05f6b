def bisect(f, lo, hi):
    while hi - lo > 1e-12:
        mid = (lo + hi) / 2
        lo, hi = (mid, hi) if f(lo) * f(mid) > 0 else (lo, mid)
    return lo
print(round(bisect(lambda x: x ** 3 - 2 * x - 5, 2, 3), 9))
import itertools
print([t for t in itertools.product(range(1, 25), repeat=3) if t[0]**2 + t[1]**2 == t[2]**2 and t[0] < t[1]])
