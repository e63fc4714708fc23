"""Small furniture."""

from ..curves import ellipse, rectangle
from ..forms import cut, slab
from ..joinery import bar, leg, plank
from ..mesh import Patch
from ..registry import Order, shape


@shape("stool", "wood", place="room", pitch=13, turn=-16, fill=(0.56, 0.62), close=(-0.12, 0.86, 0.55))
def stool(o: Order) -> list[Patch]:
    w, h = o.width, 44 * o.height
    wood = o.main()
    if o.param("seat", "round") == "square":
        seat = slab(rectangle(34 * w, 30, 4), 3.2, 1.1, wood).moved(y=h)
    else:
        outline = ellipse(34 * w, 34 * w, 84)
        steps = [(2.6, 0), (0.8, 0.5), (0, 1.8), (0.2, 2.9), (0.9, 3.4), (3, 3.3), (7, 2.9)]
        seat = cut(outline, steps, wood).moved(y=h)
    count = int(o.param("legs", 4 if o.param("seat", "round") == "square" else 3))
    return [seat, *_legs(count, h, 15.5 * w, 9 * w, wood)]


def _legs(count: int, h: float, low: float, high: float, wood) -> list[Patch]:
    import math

    made, feet = [], []
    for k in range(count):
        a = math.radians(360 / count * k + (45 if count == 4 else 90))
        foot = (low * math.cos(a), 0.3, low * math.sin(a))
        top = (high * math.cos(a), h + 0.6, high * math.sin(a))
        made.append(leg(foot, top, 1.9, wood))
        feet.append(tuple(f + (t - f) * 0.38 for f, t in zip(foot, top, strict=True)))
    for k in range(count if count == 3 else 2):
        start, end = feet[k], feet[(k + 1) % count] if count == 3 else feet[k + 2]
        made.append(bar(start, end, 0.8, wood))
    return made


@shape("bench", "wood", place="room", pitch=13, turn=-22, fill=(0.76, 0.5), close=(-0.2, 0.8, 0.36))
def bench(o: Order) -> list[Patch]:
    w, h, wood = 100 * o.width, 42 * o.height, o.main()
    made = [plank(w, 3.2, 30, wood, 1).moved(y=h)]
    for x in (-1, 1):
        for z in (-1, 1):
            made.append(leg((x * (w / 2 - 7), 0.3, z * 13), (x * (w / 2 - 12), h + 0.5, z * 9), 2.1, wood))
        made.append(bar((x * (w / 2 - 9), h * 0.4, -12), (x * (w / 2 - 9), h * 0.4, 12), 0.9, wood))
    made.append(bar((-(w / 2 - 9), h * 0.4, 0), (w / 2 - 9, h * 0.4, 0), 0.9, wood))
    return made


@shape("sidetable", "wood", place="room", pitch=14, fill=(0.6, 0.62), close=(-0.15, 0.88, 0.5))
def sidetable(o: Order) -> list[Patch]:
    w, h, wood = o.width, 48 * o.height, o.main()
    top = slab(ellipse(46 * w, 46 * w, 96), 2.4, 0.9, wood).moved(y=h)
    return [top, *_legs(3, h, 17 * w, 12 * w, wood)]
