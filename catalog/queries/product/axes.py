"""What can be chosen on each axis, seen from a chosen variant. No database here."""

from collections.abc import Iterable, Sequence

from catalog.queries.product.parts import Axis, AxisChoice, VariantView
from catalog.queries.product.rows import AxisValue


def axes_for(variants: Sequence[VariantView], values: Iterable[AxisValue], chosen: VariantView) -> list[Axis]:
    """Every axis with its values; each leads to the variant nearest to the chosen one."""
    axes: dict[str, list[AxisValue]] = {}
    for value in values:
        axes.setdefault(value.axis, []).append(value)
    return [
        Axis(code, offered[0].axis_name, offered[0].is_swatch, tuple(_choice(v, variants, chosen) for v in offered))
        for code, offered in axes.items()
    ]


def _choice(value: AxisValue, variants: Sequence[VariantView], chosen: VariantView) -> AxisChoice:
    others = {axis: code for axis, code in chosen.values.items() if axis != value.axis}
    having = [variant for variant in variants if variant.values.get(value.axis) == value.code]

    def distance(variant: VariantView) -> tuple[int, bool]:
        differing = sum(variant.values.get(axis) != code for axis, code in others.items())
        return differing, not variant.availability.can_be_bought

    nearest = min(having, key=distance)
    return AxisChoice(
        code=value.code,
        label=value.label,
        swatch=value.swatch,
        sku=nearest.sku,
        selected=chosen.values.get(value.axis) == value.code,
        is_exact=distance(nearest)[0] == 0,
        availability=nearest.availability,
    )
