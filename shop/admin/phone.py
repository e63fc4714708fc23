"""On the page of a customer: a way to an order that he gives by telephone."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.admin.panels import customer_panels
from customers.models import Customer


def order_by_telephone(customer: Customer) -> SafeString:
    if customer.is_staff or not customer.is_active:
        return SafeString("–")
    address = f"{reverse('phone-orders')}?customer={customer.pk}"
    return format_html('<a class="office-link" href="{}">{}</a>', address, _("Begin an order"))


customer_panels.register(gettext_lazy("Orders by telephone"), order_by_telephone)
