h = image_1.histogram()
print(len(h), sum(h[:256]), h[:8])
from PIL import ImageStat
stat = ImageStat.Stat(image_1)
print([round(v, 3) for v in stat.mean], stat.median, [round(v, 3) for v in stat.stddev], stat.extrema)
