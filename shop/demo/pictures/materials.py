"""How each material takes the light."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Material:
    """`tile` spans `size` cm; gloss is the mirror share, rough its blur, wrap how softly it shades, fuzz its rim."""

    tile: str
    size: float
    amount: float = 1.0
    gloss: float = 0.0
    rough: float = 0.3
    wrap: float = 0.12
    fuzz: float = 0.0
    metal: bool = False


MATERIALS = {
    "stoneware": Material("speckle", 7, 0.9, 0.32, 0.22, 0.12),
    "porcelain": Material("smooth", 9, 1, 0.75, 0.07, 0.22),
    "terracotta": Material("clay", 9, 1, 0.03, 0.6, 0.12),
    "enamel": Material("smooth", 9, 0.8, 0.85, 0.06, 0.1),
    "marble": Material("marble", 24, 1, 0.45, 0.16, 0.2),
    "glass": Material("smooth", 9, 0, 1.0, 0.04, 0.2),
    "linen": Material("linen", 8, 1, 0, 0.5, 0.22, 0.1),
    "cotton": Material("cotton", 8, 1, 0, 0.5, 0.26, 0.08),
    "terry": Material("terry", 8, 1, 0, 0.5, 0.32, 0.2),
    "waffle": Material("waffle", 10, 1, 0, 0.5, 0.28, 0.12),
    "wool": Material("wool", 14, 1, 0, 0.5, 0.3, 0.22),
    "knit": Material("knit", 12, 1, 0, 0.5, 0.28, 0.18),
    "felt": Material("felt", 8, 1, 0, 0.5, 0.3, 0.2),
    "leather": Material("leather", 9, 1, 0.16, 0.4, 0.14),
    "wood": Material("wood", 20, 1, 0.08, 0.42, 0.14),
    "wicker": Material("wicker", 12, 1, 0.04, 0.5, 0.2),
    "wax": Material("wax", 10, 1, 0.16, 0.35, 0.42),
    "soap": Material("wax", 8, 1.2, 0.12, 0.4, 0.4),
    "paper": Material("paper", 9, 1, 0.02, 0.6, 0.18),
    "brass": Material("brushed", 8, 1, 0.9, 0.2, 0.1, metal=True),
    "steel": Material("brushed", 8, 1, 0.95, 0.16, 0.1, metal=True),
    "mirror": Material("smooth", 30, 0, 0.3, 0.6, 0.3),
    "cork": Material("cork", 7, 1, 0, 0.5, 0.2),
    "leaf": Material("leaf", 12, 1, 0.14, 0.35, 0.4),
    "fruit": Material("felt", 6, 0.5, 0.22, 0.28, 0.25),
}


def material(name: str) -> Material:
    """The material of this name; an unknown one is taken for plain stoneware."""
    return MATERIALS.get(name, MATERIALS["stoneware"])
