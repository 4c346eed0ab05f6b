from fractions import Fraction
from decimal import Decimal, getcontext
getcontext().prec = 30
print(Fraction(3, 8) + Fraction(5, 12), float(Fraction(19, 24)))
print(Decimal(1) / Decimal(7))
print(0.1 + 0.2, round(2.675, 2), 7 // -2, 7 % -2, divmod(17, 5))
