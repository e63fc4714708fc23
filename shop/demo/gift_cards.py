"""Gift cards of the demonstration shop: one product, one card that was given and partly spent, some store credit."""

from datetime import datetime, timedelta

from catalog.actions import gift_questions
from catalog.actions.variants import combination_of
from catalog.models import Option, OptionValue, Product, Variant
from customers.models import Customer
from orders.actions import credit
from orders.models import CreditAccount, Order, Payment
from orders.queries.credit import Means
from shop.demo.data import load, spread
from shop.demo.goods import Shelf


def sell_gift_cards(shelf: Shelf, now: datetime) -> None:
    """A product of three values, and what has become of cards that exist."""
    data = load("gift_cards")
    option = Option.objects.create(position=90, code=data["option"]["code"], **spread(name=data["option"]["name"]))
    product = Product.objects.create(
        kind=Product.Kind.GIFT_CARD,
        slug=data["slug"],
        category=shelf.categories[data["category"]],
        status=Product.Status.PUBLISHED,
        published_at=now - timedelta(days=40),
        **spread(**{name: data[name] for name in ("name", "summary", "description")}),
    )
    product.options.add(option)
    for place, row in enumerate(data["values"]):
        value = OptionValue.objects.create(
            option=option, code=row["code"], position=place, **spread(value=row["value"])
        )
        variant = Variant.objects.create(
            product=product,
            sku=f"LU-GIFT-{row['code']}",
            combination=combination_of([value]),
            price=row["price"],
            position=place,
            tracks_stock=False,
        )
        variant.values.add(value)
    gift_questions.ask_usual(product)
    for question, words in zip(product.personalisations.order_by("position"), data["labels"], strict=True):
        type(question).objects.filter(pk=question.pk).update(**spread(**words))
    _give_away(data["given"], now)


def _spend(card: CreditAccount, part: int) -> None:
    """The newest order that waits for a transfer was paid in part with this card."""
    waiting = Payment.objects.filter(status=Payment.Status.PENDING, amount__gt=2 * part, method="bank_transfer")
    waiting = waiting.filter(currency=card.currency, order__status=Order.Status.PLACED)
    payment = waiting.select_related("order").order_by("-created_at").first()
    if payment is None:
        return
    Payment.objects.filter(pk=payment.pk).update(amount=payment.amount - part)
    Order.objects.filter(pk=payment.order_id).update(credit_total=part)
    credit.spend(payment.order, [(Means(card.pk, card.kind, card.tail, part), part)], payment.order.created_at)


def _give_away(words: dict, now: datetime) -> None:
    boss = Customer.objects.filter(is_staff=True).order_by("pk").first()
    buyer = Customer.objects.filter(is_staff=False, orders__isnull=False).order_by("pk").first()
    begun = now - timedelta(days=21)
    card = credit.issue(
        5000,
        "EUR",
        begun,
        actor=boss,
        note=words["note"],
        email=buyer.email,
        language=buyer.language,
        greeting=words["greeting"].get(buyer.language, words["greeting"]["en"]),
        sent_at=begun,
    )
    _spend(card, 2990)
    credit.credit_customer(buyer, 1200, "EUR", now - timedelta(days=3), actor=boss, note=words["note"])
