"""Keeping collections right: product by product as goods change, whole only when a rule itself changes.

`judge` follows single products and is called by `listing`; `rebuild` follows a changed rule; `keep` follows the clock;
`mend` is the nightly look at everything. Picking by hand stands in `picks`.
"""

from catalog.actions.collections.judging import judge, judge_again
from catalog.actions.collections.keeping import keep, mend
from catalog.actions.collections.rebuilding import count, difference, rebuild, sample, save_rule

__all__ = ["count", "difference", "judge", "judge_again", "keep", "mend", "rebuild", "sample", "save_rule"]
