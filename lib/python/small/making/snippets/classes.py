from dataclasses import dataclass, field
@dataclass(order=True)
class Box:
    area: int = field(init=False)
    x1: int
    y1: int
    x2: int
    y2: int
    def __post_init__(self):
        self.area = (self.x2 - self.x1) * (self.y2 - self.y1)
boxes = [Box(0, 0, 4, 5), Box(1, 1, 3, 3), Box(0, 0, 9, 9)]
print(max(boxes))
print([b.area for b in sorted(boxes)])
