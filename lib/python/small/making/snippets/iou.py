def iou(a, b):
    w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    inter = w * h
    union = (a[2]-a[0])*(a[3]-a[1]) + (b[2]-b[0])*(b[3]-b[1]) - inter
    return inter / union
boxes = [(0, 0, 10, 10), (5, 5, 15, 15), (20, 20, 30, 30)]
for i in range(3):
    print([round(iou(boxes[i], b), 3) for b in boxes])
