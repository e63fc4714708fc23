"""Writes purchases as orders, payments, parcels, stock and history: every row that a real sale would leave."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from catalog.models import Location, StockLevel, StockMovement, Variant
from catalog.money import tax_inside
from orders.models import (
    DeliveryMethod,
    NumberSequence,
    Order,
    OrderAddress,
    OrderEvent,
    OrderLine,
    OrderTax,
    Payment,
    PaymentEvent,
    Refund,
    RefundLine,
    Reservation,
    Shipment,
    ShipmentLine,
)
from shop.demo.costs import cost_of
from shop.demo.goods import Shelf, is_sold_out
from shop.demo.merchant import NEAR, TAX
from shop.demo.trade.purchases import Purchase

FIRST_NUMBER = 100_001


class Ledger:
    """Collects the rows of all purchases and writes them in a few large statements."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.methods = {method.code: method for method in DeliveryMethod.objects.all()}
        self.orders: list[Order] = []
        self.children: dict[type, list] = defaultdict(list)
        self.sales: dict[int, list[tuple[datetime, int, str, str]]] = defaultdict(list)
        self.held: list[tuple[OrderLine, Variant]] = []

    def write(self, purchases: list[Purchase], now: datetime) -> list[Order]:
        self.today = localdate(now)
        for purchase in purchases:
            self._enter(purchase)
        Order.objects.bulk_create(self.orders, batch_size=500)
        for model in (
            OrderAddress, OrderLine, OrderTax, OrderEvent, Payment, PaymentEvent, Refund,
            RefundLine, Shipment, ShipmentLine,
        ):  # fmt: skip
            model.objects.bulk_create(self.children[model], batch_size=500)
        NumberSequence.objects.create(name="order", value=self._last_number())
        self._count_stock(purchases[0].at)
        return self.orders

    def _last_number(self) -> int:
        return FIRST_NUMBER + len(self.orders) - 1

    def _add(self, row):
        self.children[type(row)].append(row)
        return row

    def _enter(self, purchase: Purchase) -> None:
        order = self._order(purchase)
        lines = [self._line(order, purchase, variant, quantity) for variant, quantity in purchase.lines]
        order.goods_total = sum(line.gross for line in lines)
        self._deliver(order, purchase, any(line.needs_delivery for line in lines))
        order.total = order.goods_total + order.delivery_gross
        order.tax_total = sum(line.tax for line in lines) + order.delivery_tax
        order.net_total = order.total - order.tax_total
        self._tax(order, purchase.person.place["country"], lines)
        self.orders.append(order)
        kinds = ("delivery", "billing") if order.delivery_name else ("billing",)
        for kind in kinds:
            self._add(OrderAddress(order=order, kind=kind, **purchase.person.address()))
        self._settle(order, purchase, lines)
        self._send(order, purchase, lines)

    def _tax(self, order: Order, country: str, lines: list[OrderLine]) -> None:
        parts = [(line.tax_rate_bp, line.net, line.tax) for line in lines]
        if order.delivery_name:
            parts.append((order.delivery_tax_rate_bp, order.delivery_net, order.delivery_tax))
        for rate in sorted({part[0] for part in parts}):
            net, tax = (sum(part[column] for part in parts if part[0] == rate) for column in (1, 2))
            self._add(OrderTax(order=order, country=country, rate_bp=rate, net=net, tax=tax, gross=net + tax))

    def _order(self, purchase: Purchase) -> Order:
        person = purchase.person
        order = Order(
            number=str(FIRST_NUMBER + len(self.orders)), customer=person.customer, email=person.email,
            language=person.language, currency="EUR", status=Order.Status.PLACED, created_at=purchase.at,
            placed_at=purchase.at + timedelta(minutes=1), pays_on_delivery=purchase.method == "on_delivery",
        )  # fmt: skip
        self._tell(order, "placed", order.placed_at)
        return order

    def _tell(self, order: Order, what: str, at: datetime, text: str = "") -> None:
        self._add(OrderEvent(order=order, type=what, text=text, created_at=at))

    def _line(self, order: Order, purchase: Purchase, variant: Variant, quantity: int) -> OrderLine:
        product, language = variant.product, purchase.person.language
        words = [self.shelf.values[tuple(pair.split(":"))] for pair in variant.combination.split("|") if pair]
        standard, reduced = TAX[purchase.person.place["country"]]
        rate = reduced if product.tax_class_id == "reduced" else standard
        gross = variant.price * quantity
        tax = tax_inside(gross, rate)
        return self._add(
            OrderLine(
                order=order, variant=variant, sku=variant.sku, kind=product.kind, quantity=quantity,
                product_name=getattr(product, f"name_{language}"),
                variant_name=", ".join(getattr(word, f"value_{language}") for word in words),
                unit_price=variant.price, tax_rate_bp=rate, net=gross - tax, tax=tax, gross=gross,
                cost=cost_of(variant.price, variant.pk),
            )
        )  # fmt: skip

    def _deliver(self, order: Order, purchase: Purchase, is_sent: bool) -> None:
        if not is_sent:
            order.fulfilment_status, order.pays_on_delivery = Order.FulfilmentStatus.NOT_NEEDED, False
            return
        country = purchase.person.place["country"]
        method = self.methods["home" if country in NEAR else "europe"]
        order.delivery_method, order.delivery_name = method, getattr(method, f"name_{order.language}")
        free = method.free_from is not None and order.goods_total >= method.free_from
        order.delivery_gross = 0 if free else method.price
        order.delivery_tax_rate_bp = TAX[country][0]
        order.delivery_tax = tax_inside(order.delivery_gross, order.delivery_tax_rate_bp)
        order.delivery_net = order.delivery_gross - order.delivery_tax
        order.promised_from = (purchase.at + timedelta(days=method.min_days + 2)).date()
        order.promised_on = (purchase.at + timedelta(days=method.max_days + 3)).date()

    def _settle(self, order: Order, purchase: Purchase, lines: list[OrderLine]) -> None:
        payment = self._add(
            Payment(order=order, method=purchase.method, amount=order.total, currency="EUR", created_at=purchase.at)
        )
        if purchase.method == "card":
            payment.session_id, payment.intent_id = f"cs_demo_{order.number}", f"pi_demo_{order.number}"
        at_the_door = purchase.method == "on_delivery" and order.delivery_name
        if purchase.cancelled:
            payment.status = Payment.Status.CANCELLED
        elif purchase.is_paid and (not at_the_door or purchase.shipped_at):
            paid_at = purchase.shipped_at + timedelta(days=2) if at_the_door else order.placed_at
            payment.status, payment.captured_at, payment.closed_at = Payment.Status.CAPTURED, paid_at, paid_at
            self._note(payment, PaymentEvent.Kind.CAPTURED, order.total, paid_at)
            order.payment_status, order.paid_at = Order.PaymentStatus.PAID, paid_at
            self._tell(order, "paid", paid_at)
        if purchase.returned and payment.captured_at:
            self._give_back(order, payment, purchase, lines)

    def _note(self, payment: Payment, kind: str, amount: int, at: datetime, note: str = "") -> None:
        self._add(PaymentEvent(payment=payment, kind=kind, amount=amount, created_at=at, note=note))

    def _give_back(self, order: Order, payment: Payment, purchase: Purchase, lines: list[OrderLine]) -> None:
        at = purchase.shipped_at + timedelta(days=9)
        order.payment_status = Order.PaymentStatus.PARTLY_REFUNDED
        for kind in (PaymentEvent.Kind.REFUND_ASKED, PaymentEvent.Kind.REFUNDED):
            self._note(payment, kind, order.goods_total, at, "Returned")
        if order.goods_total == order.total:
            order.payment_status = Order.PaymentStatus.REFUNDED
        refund = self._add(
            Refund(payment=payment, amount=order.goods_total, goods=order.goods_total, reason="Returned",
                   status="succeeded", created_at=at)
        )  # fmt: skip
        for line in lines:
            line.refunded, line.refunded_net, line.refunded_tax = line.quantity, line.net, line.tax
            self._add(
                RefundLine(refund=refund, line=line, quantity=line.quantity, net=line.net, tax=line.tax,
                           gross=line.gross, restock=line.needs_delivery)
            )  # fmt: skip
        self._tell(order, "refunded", at)

    def _send(self, order: Order, purchase: Purchase, lines: list[OrderLine]) -> None:
        if purchase.cancelled:
            order.status, order.cancelled_at = Order.Status.CANCELLED, purchase.at + timedelta(days=8)
            self._tell(order, "cancelled", order.cancelled_at)
            return
        if not order.delivery_name:
            return
        goods = [line for line in lines if line.needs_delivery]
        if purchase.shipped_at is None:
            self.held += [(line, line.variant) for line in goods]
            return
        order.fulfilment_status, order.fulfilled_at = Order.FulfilmentStatus.FULFILLED, purchase.shipped_at
        shipment = self._add(
            Shipment(order=order, carrier="Correo Levante", tracking_number=f"CL{order.number}ES",
                     tracking_url=f"https://tracking.example/CL{order.number}ES", shipped_at=purchase.shipped_at,
                     arrived_on=_arrival(int(order.number), purchase.shipped_at, self.today))
        )  # fmt: skip
        self._tell(order, "shipped", purchase.shipped_at, shipment.tracking_number)
        for line in goods:
            line.sent = line.quantity
            self._add(ShipmentLine(shipment=shipment, line=line, quantity=line.quantity))
            self.sales[line.variant.pk].append((purchase.shipped_at, -line.quantity, "shipped", order.number))
            if purchase.returned:
                back = purchase.shipped_at + timedelta(days=9)
                self.sales[line.variant.pk].append((back, line.quantity, "returned", order.number))

    def _count_stock(self, began: datetime) -> None:
        """Levels that end where the data wants them, with a ledger that explains every piece."""
        location, waiting = Location.objects.get(), Counter()
        for line, variant in self.held:
            waiting[variant.pk] += line.quantity
        levels, movements = {}, []
        for number, variant in enumerate(v for v in self.shelf.variants if v.tracks_stock):
            row = self.shelf.data[variant.product.slug]
            low, high = row.get("stock", [5, 20])
            left = 0 if is_sold_out(row, variant.combination) else low + (number * 7) % (high - low + 1)
            level = StockLevel(variant=variant, location=location, reserved=waiting[variant.pk])
            level.on_hand = left + level.reserved
            levels[variant.pk] = level
            movements += self._movements(level, sorted(self.sales[variant.pk]), began)
        StockLevel.objects.bulk_create(levels.values(), batch_size=500)
        StockMovement.objects.bulk_create(movements, batch_size=500)
        Reservation.objects.bulk_create(
            Reservation(line=line, level=levels[variant.pk], quantity=line.quantity) for line, variant in self.held
        )

    @staticmethod
    def _movements(level: StockLevel, sales: list, began: datetime) -> list[StockMovement]:
        """The opening stock and each sale; enough was there at the start that no day ends in debt."""
        deepest, running = 0, 0
        for _, delta, _, _ in sales:
            running += delta
            deepest = min(deepest, running)
        opening = max(level.on_hand - running, -deepest)
        level.on_hand = opening + running
        rows = [(began - timedelta(days=1), opening, "opening", "")] if opening else []
        made, running = [], 0
        for at, delta, reason, document in rows + sales:
            running += delta
            made.append(
                StockMovement(
                    level=level, delta=delta, on_hand_after=running, reason=reason, document=document, created_at=at
                )
            )
        return made


def _arrival(number: int, shipped_at: datetime, today: date) -> date | None:
    """Most parcels take two or three days, one in fourteen a week; of some nobody has told."""
    if number % 11 == 0:
        return None
    day = localdate(shipped_at) + timedelta(days=8 if number % 14 == 0 else 2 + number % 2)
    return day if day < today else None
