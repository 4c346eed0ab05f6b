import math
a, b, c = 3, 4, 5
s = (a + b + c) / 2
area = math.sqrt(s * (s - a) * (s - b) * (s - c))
print(area, math.degrees(math.acos((a*a + b*b - c*c) / (2*a*b))))
print(math.comb(10, 3), math.gcd(84, 36), math.factorial(12), 2 ** 100)
print(f"{math.pi:.10f} {math.e:.3e}")
