"""Small numbers in the menu."""

from orders.models import Order


def to_pack(request) -> str:
    """How many orders are to pack; nothing beside the word when the table is empty."""
    if not request.user.has_perm("orders.view_order"):
        return ""
    return str(Order.objects.to_pack().count() or "")
