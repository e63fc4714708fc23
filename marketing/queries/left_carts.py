"""Carts that were left behind, with what is in them and what was done about it."""

from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from marketing.models import Message
from orders.models import Cart, CartLine

LEFT_AFTER = timedelta(hours=1)


def with_contents() -> QuerySet[Cart]:
    """Carts that hold something, with `value` (minor units), `pieces` and the state of their reminder."""
    lines = CartLine.objects.filter(cart=OuterRef("pk")).order_by().values("cart")
    message = Message.objects.filter(cart=OuterRef("pk")).order_by("-pk")
    value = lines.annotate(sum=Sum(F("quantity") * (F("seen_price") + F("seen_extra")))).values("sum")
    return (
        Cart.objects.of_shoppers()
        .filter(Exists(CartLine.objects.filter(cart=OuterRef("pk"))))
        .annotate(
            value=Coalesce(Subquery(value, output_field=BigIntegerField()), 0),
            pieces=Coalesce(Subquery(lines.annotate(sum=Sum("quantity")).values("sum")), 0),
            reminder=Subquery(message.values("pk")[:1]),
            reminder_status=Subquery(message.values("status")[:1]),
            reminder_reason=Subquery(message.values("reason")[:1]),
        )
        .select_related("customer")
        .prefetch_related("lines")
    )


def left_behind(carts: QuerySet[Cart], now: datetime) -> QuerySet[Cart]:
    return carts.filter(status=Cart.Status.OPEN, active_at__lt=now - LEFT_AFTER)
