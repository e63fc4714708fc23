"""Who writes a review: a customer who is signed in, or whoever holds the signed link of an order."""

from dataclasses import dataclass

from django.core import signing
from django.db.models import Q

from catalog.models import Product
from customers import consent
from customers.models import Customer
from marketing.models import Review
from orders.models import Order, OrderLine

SALT = "marketing.review-link"
BOUGHT = (Order.PaymentStatus.PAID, Order.PaymentStatus.PARTLY_REFUNDED)


@dataclass(frozen=True, slots=True)
class Author:
    """A person who may have bought something. A guest is known by the order whose link he holds."""

    email: str
    customer: Customer | None = None
    order: Order | None = None

    def owns(self) -> Q:
        """The condition for reviews that are his. The address alone proves nothing for a customer: he typed it."""
        if self.customer:
            return Q(customer=self.customer) | Q(customer=None, order__customer=self.customer)
        return Q(customer=None, email=self.email, order__isnull=False)

    def review_of(self, product: Product) -> Review | None:
        """What he wrote about it already."""
        return Review.objects.filter(self.owns(), product=product).order_by("pk").first()

    def purchase_of(self, product: Product) -> Order | None:
        """A paid or sent order of his with that product in it; the newest."""
        mine = Q(order__customer=self.customer) if self.customer else Q(order=self.order)
        lines = OrderLine.objects.filter(mine, bought(), variant__product=product)
        line = lines.select_related("order").order_by("-order_id").first()
        return line.order if line else None


def bought() -> Q:
    """The condition for order lines that were paid for or sent, and not given back in full."""
    paid = Q(order__payment_status__in=BOUGHT)
    sent = Q(order__fulfilment_status=Order.FulfilmentStatus.FULFILLED, order__payment_status="unpaid")
    return Q(order__status=Order.Status.PLACED) & (paid | sent)


def customer_as_author(customer: Customer) -> Author:
    return Author(consent.normal(customer.email), customer=customer)


def holder_of(order: Order) -> Author:
    """Whoever holds the link of the order: its customer, or the guest with its address."""
    return Author(consent.normal(order.email), customer=order.customer, order=order)


def goods_of(order: Order) -> list[Product]:
    """The products of an order that may be reviewed now, in its order; none before it is paid or sent."""
    lines = OrderLine.objects.filter(bought(), order=order, variant__product__status=Product.Status.PUBLISHED)
    found = lines.select_related("variant__product").order_by("pk")
    return list({line.variant.product_id: line.variant.product for line in found}.values())


def token_for(order: Order) -> str:
    """The link to review what was in an order; it shows nothing else of it."""
    return signing.Signer(salt=SALT).sign(order.uid.hex)


def order_from(token: str) -> Order:
    """The order of such a link. Raises Order.DoesNotExist for everything that is not one of ours."""
    try:
        uid = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        raise Order.DoesNotExist from None
    return Order.objects.select_related("customer").get(uid=uid)
