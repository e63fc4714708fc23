"""The cards that a customer saved at Stripe. Nothing of a card lies here: only the name by which Stripe knows him."""

from dataclasses import dataclass

from customers.models import Customer
from orders import providers
from orders.models import Cart, Order, ProviderCustomer


@dataclass(frozen=True, slots=True)
class Card:
    """What may be shown of a saved card."""

    id: str
    brand: str
    tail: str
    month: int
    year: int


def has_saved_cards(order: Order) -> bool:
    """Whether the buyer of this order may see and save cards: signed in himself, and not at the telephone."""
    return order.customer_id is not None and order.channel == Cart.Channel.WEB


def remember(order: Order, session: dict) -> None:
    """Keep how Stripe calls the customer of a payment page that was used."""
    reference = session.get("customer")
    if isinstance(reference, str) and has_saved_cards(order):
        rows = [ProviderCustomer(customer_id=order.customer_id, reference=reference)]
        ProviderCustomer.objects.bulk_create(rows, ignore_conflicts=True)


def forget_customer(order: Order) -> None:
    """Stripe knows him no longer by that name: the next payment page makes a new one."""
    ProviderCustomer.objects.filter(customer=order.customer_id).delete()


def cards_of(customer: Customer) -> list[Card]:
    """His saved cards, as Stripe tells. No call for who has none. Raises providers.Unavailable."""
    known = ProviderCustomer.objects.filter(customer=customer).first()
    if known is None:
        return []
    try:
        told = providers.saved_cards(known.reference)
    except providers.Refused:
        return []
    return [_card(one) for one in told]


def forget(customer: Customer, card_id: str) -> bool:
    """Delete one of his saved cards. False, and nothing happened, for a card that is not his. Raises Unavailable."""
    if card_id not in [card.id for card in cards_of(customer)]:
        return False
    try:
        providers.forget_card(card_id)
    except providers.Refused:
        # Deleted in this very moment.
        return False
    return True


def _card(told: dict) -> Card:
    card = told["card"]
    return Card(told["id"], str(card["brand"]).title(), card["last4"], card["exp_month"], card["exp_year"])
