"""What a gift card asks its buyer, in every language of the shop."""

from decimal import Decimal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from catalog.models import Personalisation, Product

Kind, Role = Personalisation.Kind, Personalisation.Role
# A card ordered in autumn may be for Christmas.
LATEST = 366


def ask_usual(product: Product) -> None:
    """To whom it goes, with which words, on which day. None must be answered: the code is then the buyer's to print."""
    rows = [
        Personalisation(product=product, kind=Kind.TEXT, role=Role.RECEIVER, most=Decimal(200)),
        Personalisation(product=product, kind=Kind.LONG, role=Role.GREETING, most=Decimal(500)),
        Personalisation(product=product, kind=Kind.DATE, role=Role.SEND_ON, least=Decimal(0), most=Decimal(LATEST)),
    ]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for row, (label, hint) in zip(rows, _words(), strict=True):
                setattr(row, f"label_{code}", label)
                setattr(row, f"hint_{code}", hint)
    for place, row in enumerate(rows):
        row.position, row.excludes_return = place, False
        row.save()


def _words() -> list[tuple[str, str]]:
    return [
        (_("E-mail of the person it is for"), _("Leave it empty to get the code yourself, to print or to pass on.")),
        (_("A few words to go with it"), ""),
        (_("Send it on"), _("Leave it empty to send it as soon as it is paid.")),
    ]
