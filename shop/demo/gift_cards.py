"""Gift cards of the demonstration shop: one product, one card that was given and partly spent, some store credit."""

from datetime import datetime, timedelta

from catalog.actions import gift_questions
from catalog.actions.variants import combination_of
from catalog.models import Option, OptionValue, Product, Variant
from customers.models import Customer
from orders.actions import credit
from orders.models import CreditAccount, Order, Payment, PaymentEvent, Refund
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


def tell_of_payments() -> None:
    """The ledger of what came in and what went back over the year."""
    paid = Payment.objects.filter(status=Payment.Status.CAPTURED, account=None, captured__gt=0, events=None)
    events = [
        PaymentEvent(payment=one, kind=PaymentEvent.Kind.CAPTURED, amount=one.captured, created_at=one.captured_at)
        for one in paid
    ]
    back = Refund.objects.filter(status=Refund.Status.SUCCEEDED).select_related("payment")
    # What the desk did by its own actions is told already.
    back = back.exclude(payment__events__kind=PaymentEvent.Kind.REFUNDED)
    events += [
        PaymentEvent(
            payment=one.payment,
            kind=PaymentEvent.Kind.REFUNDED,
            amount=one.amount,
            note=one.reason,
            created_at=one.created_at,
        )
        for one in back
    ]
    PaymentEvent.objects.bulk_create(events, batch_size=500)


def _spend(card: CreditAccount, part: int) -> None:
    """The newest order that was paid in another way was paid in part with this card."""
    paid = Payment.objects.filter(status=Payment.Status.CAPTURED, refunded=0, amount__gt=2 * part, account=None)
    payment = paid.filter(currency=card.currency).select_related("order").order_by("-captured_at").first()
    if payment is None:
        return
    rest = payment.amount - part
    Payment.objects.filter(pk=payment.pk).update(amount=rest, captured=rest)
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
