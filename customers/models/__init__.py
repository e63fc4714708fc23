"""People: their accounts, addresses and consents, and the post that goes to them."""

from customers.models.address import Address, PostalAddress
from customers.models.consent import Consent, Suppression
from customers.models.customer import Customer
from customers.models.group import CustomerGroup
from customers.models.mail import Mail
from customers.models.phone_number import PhoneNumber
from customers.models.recent_search import RecentSearch
from customers.models.shop_details import ShopDetails
from customers.models.text import Text

__all__ = [
    "Address",
    "Consent",
    "Customer",
    "CustomerGroup",
    "Mail",
    "PhoneNumber",
    "PostalAddress",
    "RecentSearch",
    "ShopDetails",
    "Suppression",
    "Text",
]
