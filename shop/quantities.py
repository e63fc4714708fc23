"""Quantities that a product is sold in, as sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.quantities import LIMIT, Quantities


def sold_in(quantities: Quantities) -> str:
    """How many may be ordered: from, up to, and in which steps."""
    words = {"least": quantities.first, "most": quantities.last, "step": quantities.step}
    is_open = quantities.most is None or quantities.last >= LIMIT
    if quantities.step > 1 and is_open:
        return _("This is sold from %(least)d pieces, in steps of %(step)d.") % words
    if quantities.step > 1:
        return _("This is sold from %(least)d to %(most)d pieces, in steps of %(step)d.") % words
    if is_open:
        return _("This is sold from %(least)d pieces.") % words
    if quantities.first > 1:
        return _("This is sold from %(least)d to %(most)d pieces.") % words
    few = ngettext(
        "At most %(most)d piece of this for each order.",
        "At most %(most)d pieces of this for each order.",
        quantities.last,
    )
    return few % words
