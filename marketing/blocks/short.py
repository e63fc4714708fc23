"""Short messages: for a telephone, a device, or a page of the shop. What can be typed into each kind."""

from django.utils.translation import gettext_lazy as _

from marketing.blocks.fields import Choice, Field, Link, Words

PLACES = (
    ("bar", _("a line below the head")),
    ("banner", _("a band below the head")),
    ("panel", _("a box on the page")),
)

_LINK = Link(
    name="link",
    label=_("Leads to"),
    help=_("cart, home, a page of the shop such as /c/blankets/, or another address with https://"),
)
_TEXT = _("Text")

#: By kind of template (`Template.Kind`).
SHORT: dict[str, tuple[Field, ...]] = {
    "sms": (
        Words(
            name="text",
            label=_TEXT,
            longest=600,
            widget="lines",
            help=_("{{ link }} leads back. A line with the way to stop is added by us."),
        ),
    ),
    "push": (
        Words(name="title", label=_("Title"), longest=60),
        Words(name="text", label=_TEXT, longest=180, widget="lines"),
        _LINK,
    ),
    "web": (
        Choice(name="place", label=_("Where it stands"), choices=lambda: list(PLACES)),
        Words(name="title", label=_("Title"), longest=80, required=False),
        Words(name="text", label=_TEXT, longest=300, widget="lines"),
        Words(name="label", label=_("Words of the link"), longest=60),
        _LINK,
    ),
}
