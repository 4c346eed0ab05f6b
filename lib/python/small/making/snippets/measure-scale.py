# A scale bar of 40 px is 2 m long.
meters_per_pixel = 2 / 40
p, q = (12, 8), (85, 52)
import math
distance = math.dist(p, q)
print(f"{distance:.2f} px = {distance * meters_per_pixel:.2f} m")
angle = math.degrees(math.atan2(q[1] - p[1], q[0] - p[0]))
print(f"{angle:.1f} degrees")
