from PIL import ImageChops
a, b = image_1.crop((0, 0, 40, 40)), image_1.crop((50, 10, 90, 50))
diff = ImageChops.difference(a, b)
print(diff.getbbox(), diff.getextrema())
same = sum(1 for p, q in zip(a.tobytes(), b.tobytes()) if p == q)
print("identical bytes:", same)
give(diff)
