"""Writing an order down: order, lines, addresses, pieces held, payment. Its history begins elsewhere."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings

from catalog import bulk
from catalog.actions import stock
from catalog.models import Product
from orders.actions import credit, finding, holds, promotions
from orders.delivery import Offer
from orders.details import Details
from orders.models import Cart, Order, OrderAddress, OrderLine, OrderTax, Payment, PaymentMethod
from orders.queries.summary import Summary

Fulfilment = Order.FulfilmentStatus


def write_order(
    summary: Summary, details: Details, fingerprint: str, held_until: datetime | None, now: datetime
) -> tuple[Order, dict[str, list]]:
    """A pending order of the summary, with all that belongs to it, as `at_hand` takes it. Inside a transaction.

    Raises stock.SoldOut, promotions.UsedUp, credit.NotCovered. `fulfilment_status` is NOT_NEEDED when no line is
    physical goods: files and services are handed over on the page of the order.
    """
    # The shelf first: who comes too late is sent away before anything is written.
    offer = summary.chosen
    held = stock.hold(_pieces(summary), offer.spot.pk if offer and offer.spot else None, _counted(summary))
    parts = [(means, amount) for means, amount in summary.paid_by() if amount]
    rest = summary.total - sum(amount for _means, amount in parts)
    order = Order(
        fingerprint=fingerprint,
        cart=summary.cart,
        customer_id=summary.cart.customer_id,
        email=details.email.strip().lower(),
        phone=details.phone,
        texts_to=details.texts_to,
        language=details.language if details.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        currency=summary.currency,
        channel=summary.cart.channel,
        entered_by_id=summary.cart.entered_by_id,
        pay_until=held_until if summary.cart.channel == Cart.Channel.PHONE else None,
        note=details.note,
        credit_total=summary.total - rest,
        pays_on_delivery=bool(rest) and details.payment == PaymentMethod.Code.ON_DELIVERY,
        fulfilment_status=Fulfilment.UNFULFILLED if summary.needs_delivery else Fulfilment.NOT_NEEDED,
        created_at=now,
        **_sums(summary),
        **_taxing(summary),
        **_delivery(summary),
        **_point(details),
    )
    bulk.create([order])
    lines = bulk.create(line_of(order, line, row) for line, row in summary.priced_lines())
    taxes = bulk.create(_taxes(order, summary))
    holds.record(lines, held, held_until)
    addresses = bulk.create(_addresses(order, summary, details))
    finding.remember(order, addresses, lines)
    payments = [_payment(order, details, rest, now)] if rest or not parts else []
    # Last, because many orders want the same few rows; only the number comes later.
    promotions.claim(order, summary, lines, now)
    payments += credit.spend(order, parts, now)
    return order, {"lines": lines, "taxes": taxes, "addresses": addresses, "payments": payments}


def _payment(order: Order, details: Details, rest: int, now: datetime) -> Payment:
    """What costs nothing needs no way to pay; the row says so with an amount of 0."""
    payment = Payment(
        order=order,
        method=details.payment if rest else PaymentMethod.Code.BANK_TRANSFER,
        amount=rest,
        currency=order.currency,
        asks_address_in=details.country if details.asks_address else None,
        created_at=now,
    )
    return bulk.create([payment])[0]


@contextmanager
def at_hand(order: Order, rows: Mapping[str, list]) -> Iterator[None]:
    """What belongs to the order is not read again meanwhile: it has just been written, and nobody else sees it yet."""
    order._prefetched_objects_cache = known = {}
    for name, found in rows.items():
        known[name] = getattr(order, name).all()
        known[name]._result_cache = list(found)
    try:
        yield
    finally:
        order._prefetched_objects_cache = {}


def _pieces(summary: Summary) -> Counter:
    """How many of each variant: it may be in several lines, with other answers."""
    pieces = Counter()
    for line in summary.lines:
        pieces[line.variant.pk] += line.quantity
    return pieces


def _counted(summary: Summary) -> dict[int, tuple[bool, bool]]:
    return {
        line.variant.pk: (line.variant.tracks_stock, line.product.kind == Product.Kind.BUNDLE) for line in summary.lines
    }


def _sums(summary: Summary) -> dict:
    priced = summary.priced
    return {
        "goods_total": priced.goods_total,
        "discount_total": priced.discount_total,
        "net_total": priced.net_total,
        "tax_total": priced.tax_total,
        "total": priced.total,
    }


def _taxing(summary: Summary) -> dict:
    verdict = summary.tax
    return {
        "prices_include_tax": verdict.terms.has_tax,
        "rounding": summary.priced.moved,
        "taxing": verdict.taxing,
        "vat_number": verdict.vat_number,
        "exempt_reason": verdict.exempt_reason,
    }


def _taxes(order: Order, summary: Summary) -> list[OrderTax]:
    """Net, tax and gross by country and rate; what is remote may be taxed in the country of the parcel, too."""
    sums: dict[tuple[str, int], OrderTax] = {}
    for (is_remote, rate), row in summary.priced.taxes.items():
        country = summary.tax.remote_country if is_remote else summary.tax.country
        new = OrderTax(order=order, country=country, rate_bp=rate, net=0, tax=0, gross=0)
        whole = sums.setdefault((country, rate), new)
        whole.net, whole.tax, whole.gross = whole.net + row.net, whole.tax + row.tax, whole.gross + row.gross
    return list(sums.values())


def _delivery(summary: Summary) -> dict:
    offer, row = summary.chosen, summary.priced.delivery
    if not (offer and row):
        return {}
    dated = not summary.waits_for_a_day
    return {
        **_pickup(offer),
        "delivery_method": offer.method,
        "delivery_name": offer.name,
        "delivery_net": row.net,
        "delivery_tax": row.tax,
        "delivery_gross": row.gross,
        "delivery_discount": row.discount,
        "delivery_tax_rate_bp": row.rate_bp,
        "promised_from": offer.arrives_from if dated else None,
        "promised_on": offer.arrives_by if dated else None,
    }


def _pickup(offer: Offer) -> dict:
    if offer.spot is None:
        return {}
    return {"pickup_place_id": offer.spot.pk, "pickup_address": offer.spot.address}


def _point(details: Details) -> dict:
    point = details.point
    return {"pickup_point_id": point.pk, "point_code": point.code, "point_name": point.name} if point else {}


def line_of(order: Order, line, row) -> OrderLine:
    return OrderLine(
        order=order,
        variant=line.variant,
        product_name=line.name,
        variant_name=line.words[:255],
        answers=[_answer(answer) for answer in line.answers],
        answers_key=line.answers_key,
        is_returnable=line.is_returnable,
        sku=line.sku,
        kind=Product.Kind(line.product.kind),
        quantity=line.quantity,
        unit_price=line.unit_price,
        has_tax=order.prices_include_tax,
        rounding=row.moved,
        tax_rate_bp=row.rate_bp,
        net=row.net,
        tax=row.tax,
        discount=row.discount,
        gross=row.gross,
        cost=line.variant.cost,
        waits=line.wait.why if line.wait else "",
        expected_on=line.wait.day if line.wait else None,
        wish_id=line.wish_id,
        components=[
            {"sku": part.sku, "name": ", ".join(filter(None, (part.name, part.words))), "quantity": part.quantity}
            for part in line.parts
        ],
    )


def _answer(answer) -> dict:
    told = {"label": answer.label, "words": answer.words, "price": answer.price}
    return told | {"role": answer.role, "value": answer.value} if answer.role else told


def _addresses(order: Order, summary: Summary, details: Details):
    goes_out = bool(summary.chosen and not summary.chosen.is_pickup)
    if details.asks_address:
        # It comes from the card page.
        return
    if goes_out:
        yield OrderAddress(order=order, kind=OrderAddress.Kind.DELIVERY, **details.lines())
    if details.billing:
        yield OrderAddress(order=order, kind=OrderAddress.Kind.BILLING, **details.billing.lines())
    elif not goes_out or details.point:
        # Nothing is sent to the buyer himself, but an invoice names its buyer and the country whose tax was counted.
        lines = {**details.lines(), "country": summary.country}
        if details.point:
            lines |= dict.fromkeys(("line1", "line2", "postcode", "city", "region"), "")
        yield OrderAddress(order=order, kind=OrderAddress.Kind.BILLING, **lines)
