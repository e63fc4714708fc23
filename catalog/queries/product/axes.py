"""What can be chosen on each axis, seen from a chosen variant. No database here."""

from collections.abc import Sequence

from catalog.models import OptionValue
from catalog.models.attribute import Option
from catalog.queries.product.parts import Axis, AxisChoice, VariantView
from catalog.words import say, words_of


def axes_for(
    variants: Sequence[VariantView], values: Sequence[OptionValue], chosen: VariantView, language: str
) -> list[Axis]:
    """Every axis with its values; each leads to the variant nearest to the chosen one."""
    axes: dict[Option, list[OptionValue]] = {}
    for value in values:
        axes.setdefault(value.option, []).append(value)
    return [
        Axis(
            code=option.code,
            name=say(words_of(option, "name"), language),
            is_swatch=option.kind == Option.Kind.SWATCH,
            choices=tuple(_choice(option, value, variants, chosen, language) for value in offered),
        )
        for option, offered in axes.items()
    ]


def _choice(
    option: Option, value: OptionValue, variants: Sequence[VariantView], chosen: VariantView, language: str
) -> AxisChoice:
    others = {axis: code for axis, code in chosen.values.items() if axis != option.code}
    having = [variant for variant in variants if variant.values.get(option.code) == value.code]

    def distance(variant: VariantView) -> tuple[int, bool]:
        differing = sum(variant.values.get(axis) != code for axis, code in others.items())
        return differing, not variant.availability.can_be_bought

    nearest = min(having, key=distance)
    return AxisChoice(
        code=value.code,
        label=say(words_of(value, "value"), language),
        swatch=value.swatch,
        sku=nearest.sku,
        selected=chosen.values.get(option.code) == value.code,
        is_exact=distance(nearest)[0] == 0,
        availability=nearest.availability,
    )
