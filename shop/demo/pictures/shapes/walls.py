"""What hangs on a wall."""

import numpy as np

from ..curves import ellipse, rectangle
from ..forms import cut, slab, tube
from ..greens import bush
from ..joinery import plank
from ..mesh import Patch, Surface, moved, turned
from ..prints import printed
from ..registry import Order, shape
from .plants import pot_of
from .pots import cup_of
from .pouring import vase_of


def standing(patches: list[Patch]) -> list[Patch]:
    """What was built lying with its face up, hung with its face to the viewer."""
    return turned(patches, "x", 90)


@shape("shelf", "wood", "#b08d55", place="wall", pitch=8, fill=(0.74, 0.5), close=(-0.25, 0.35, 0.46))
def shelf(o: Order) -> list[Patch]:
    w = 62 * o.width
    made = [plank(w, 2.2, 17, o.main(), 0.4).moved(z=9)]
    metal = o.plain("brass", o.second)
    for x in (-w * 0.34, w * 0.34):
        made.append(
            tube(np.array([[x, -0.3, 16], [x, -0.4, 9], [x, -0.6, 1], [x, -5, 0.7], [x, -11, 0.7]]), 0.5, metal, 8)
        )
    vase = moved(vase_of("bud", o.plain("stoneware", "#e3dccf"), 1.1, 1.1), -w * 0.27, 2.2, 9)
    plant = pot_of(o.plain("terracotta", "#b5714f"), 0.75, 0.75)
    plant += moved(bush("trailing", o.plain("leaf", "#6f8465"), o.chance, 17), y=8)
    cups = moved(cup_of(o.plain("stoneware", "#8c9a92")), w * 0.02, 2.2, 9)
    return made + vase + cups + moved(plant, w * 0.3, 2.2, 9)


OUTLINES = {"round": (46, 46), "oval": (38, 58), "arch": (40, 62)}


def _outline(form: str, w: float, h: float, grow: float = 0.0) -> np.ndarray:
    width, height = OUTLINES.get(form, OUTLINES["round"])
    width, height = width * w + grow, height * h + grow
    if form != "arch":
        return ellipse(width, height, 120)
    a = np.linspace(0, np.pi, 60)
    r = width / 2
    top = np.stack([r * np.cos(a), -(height / 2 - r) - r * np.sin(a)], 1)[::-1]
    sides = np.array([[r, height / 2], [0, height / 2], [-r, height / 2]])
    ring = np.vstack([top, np.linspace(top[-1], sides[0], 20)[1:], sides[1:], np.linspace(sides[-1], top[0], 20)[1:]])
    return _eased(ring).astype(np.float32)


def _eased(ring: np.ndarray) -> np.ndarray:
    """A closed outline with its corners rounded off."""
    around = np.vstack([ring[-4:-1], ring, ring[1:4]])
    kernel = np.ones(7) / 7
    return np.stack([np.convolve(around[:, k], kernel, "valid") for k in (0, 1)], 1)


@shape("mirror", "wood", place="wall", pitch=2, fill=(0.62, 0.6), close=(-0.25, 0.75, 0.5))
def mirror(o: Order) -> list[Patch]:
    form = str(o.param("form", "round"))
    frame = slab(_outline(form, o.width, o.height, 3.4), 2.4, 0.8, o.main())
    sky, room = ("#eceeec", "#9fa5a3")
    silver = Surface("mirror", sky, room, "sheen")
    glass = cut(_outline(form, o.width, o.height), [(0, 2.42), (0.4, 2.44)], silver, cap=14)
    return standing([frame, glass])


@shape("clock", "wood", "#f3eee4", place="wall", pitch=2, fill=(0.56, 0.5), close=(0, 0.5, 0.6))
def clock(o: Order) -> list[Patch]:
    r = 14 * o.width
    made = [slab(ellipse(2 * r, 2 * r, 120), 3.4, 1.0, o.main())]
    face = o.plain("paper", o.second)
    made.append(cut(ellipse(2 * r - 3, 2 * r - 3, 120), [(0, 3.42), (0.2, 3.44)], face, cap=8))
    ink = o.plain("felt", "#2f2b27")
    for k in range(12):
        a = np.radians(30 * k)
        length = r * (0.1 if k % 3 else 0.17)
        mark = slab(rectangle(0.36, length, 0.12, 36), 0.1, 0.03, ink).moved(z=-(r * 0.76 - length / 2))
        made.append(mark.turned("y", -np.degrees(a)).moved(y=3.46))
    for angle, length, thick in ((-58, r * 0.46, 0.75), (52, r * 0.68, 0.55)):
        hand = slab(rectangle(thick, length, 0.25, 36), 0.16, 0.05, ink).moved(z=-length / 2 + 1.2)
        made.append(hand.turned("y", -angle).moved(y=3.7))
    made.append(slab(ellipse(1.4, 1.4, 40), 0.5, 0.2, o.plain("brass", "#b08d55")).moved(y=3.8))
    return standing(made)


def peg(surface: Surface, x: float, y: float, z: float = 0.0) -> list[Patch]:
    """A turned wooden or brass peg sticking out of the wall."""
    from ..vessels import solid

    profile = [(0, 0), (1.3, 0), (1.2, 0.5), (0.75, 1.2), (0.75, 4), (1.1, 5), (1.35, 5.8), (0.9, 6.5), (0, 6.6)]
    return [solid(profile, surface, 30, 28).turned("x", 78).moved(x, y, z)]


@shape("hooks", "brass", "#c49a6c", place="wall", pitch=6, fill=(0.68, 0.46), close=(-0.2, 0.4, 0.46))
def hooks(o: Order) -> list[Patch]:
    count = o.count(4, 5)
    w = (12 * count + 4) * o.width
    made = standing([plank(w, 2, 7.5, o.plain("wood", o.second), 0.5)])
    for k in range(count):
        x = (k - (count - 1) / 2) * 12 * o.width
        if o.material == "wood":
            made += peg(o.main(), x, 0, 1.8)
            continue
        path = np.array(
            [[x, 1.8, 2.1], [x, 0.5, 3], [x, -2, 3], [x, -4, 3.6], [x, -4.8, 5.6], [x, -3.6, 7.2], [x, -2.4, 7.4]]
        )
        from ..curves import spline

        made.append(tube(spline([tuple(p) for p in path], 30), 0.46, o.main(), 12))
        made += standing([slab(ellipse(2.6, 2.6, 40), 0.5, 0.2, o.main())])[:1] and [
            slab(ellipse(2.6, 2.6, 40), 0.5, 0.2, o.main()).turned("x", 90).moved(x, 1.6, 2)
        ]
    return made


@shape("frame", "wood", "#7d8a78", place="wall", pitch=2, fill=(0.6, 0.62), close=(-0.2, 0.72, 0.5))
def frame(o: Order) -> list[Patch]:
    w, h = 40 * o.width, 50 * o.height
    wood = o.main()
    bars = [plank(w, 2.2, 2, wood).moved(z=z) for z in (-h / 2 + 1, h / 2 - 1)]
    sides = [plank(h - 2, 2.2, 2, wood).turned("y", 90).moved(x=x) for x in (-w / 2 + 1, w / 2 - 1)]
    sheet_ = plank(w - 3, 0.4, h - 3, o.plain("paper", "#f4f0e8"), 0.2).moved(y=0.6)
    art = printed(str(o.param("motif", "leaf")), w * 0.56, h * 0.56, o.second, o.chance)
    return standing([*bars, *sides, sheet_, *moved(art, y=1.02)])
