"""What the parts of an address are called where it is asked for; the rules are those of `customers.address_rules`."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

POSTCODE_NAMES = {
    "zip": _("ZIP code"),
    "eircode": _("Eircode"),
    "pin": _("PIN code"),
}
AREA_NAMES = {
    "state": pgettext_lazy("part of a country", "State"),
    "province": _("Province"),
    "prefecture": _("Prefecture"),
    "county": _("County"),
    "oblast": _("Region"),
    "emirate": _("Emirate"),
    "island": _("Island"),
    "department": pgettext_lazy("part of a country", "Department"),
}
