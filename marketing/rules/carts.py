"""What is known of a cart that was left behind: whose it is, and what of it can still be bought."""

from customers import consent
from orders.models import Cart
from orders.queries.cart_lines import Kind, Line


def address_of(cart: Cart) -> str:
    """Where the owner of a cart can be reached; nothing for a guest who left no address."""
    if cart.customer_id:
        return consent.normal(cart.customer.email) if cart.customer.is_active else ""
    return consent.normal(cart.email)


def buyable(lines: list[Line]) -> list[Line]:
    """The lines of which at least one piece can be had."""
    return [line for line in lines if line.is_sold and not (line.problem and line.problem.kind == Kind.SOLD_OUT)]
