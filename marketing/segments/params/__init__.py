"""What can be filled in of a condition. One class says how a value is typed, drawn, checked and put into words."""

from marketing.segments.params.base import Box, Param, Posted
from marketing.segments.params.choices import Pick, Ticks
from marketing.segments.params.goods import Goods
from marketing.segments.params.numbers import Count, Number, Sum
from marketing.segments.params.times import Bounds, When, bounds
from marketing.segments.params.words import Words

__all__ = [
    "Bounds",
    "Box",
    "Count",
    "Goods",
    "Number",
    "Param",
    "Pick",
    "Posted",
    "Sum",
    "Ticks",
    "When",
    "Words",
    "bounds",
]
