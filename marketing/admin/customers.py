"""What the till and the writing desk know of a customer, shown on his page."""

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from customers.admin.panels import customer_panels
from customers.consent import normal
from customers.models import Customer
from marketing.admin.person import person_of
from marketing.models import Message
from orders.models import Order


def _link(name: str, query: str, words: str) -> SafeString:
    try:
        address = reverse(f"{admin.site.name}:{name}")
    except NoReverseMatch:
        return format_html("{}", words)
    return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}?{}">{}</a>', address, query, words)


def orders_of(customer: Customer) -> SafeString:
    number = Order.objects.filter(customer=customer).count()
    words = ngettext("%(number)d order", "%(number)d orders", number) % {"number": number}
    return _link("orders_order_changelist", f"customer__id__exact={customer.pk}", words)


def messages_to(customer: Customer) -> SafeString:
    number = Message.objects.filter(address=normal(customer.email)).count()
    words = ngettext("%(number)d message", "%(number)d messages", number) % {"number": number}
    return _link("marketing_message_changelist", f"q={customer.email}", words)


customer_panels.register(_("Orders"), orders_of)
customer_panels.register(_("Messages"), messages_to)
customer_panels.register(_("Stage"), person_of)
