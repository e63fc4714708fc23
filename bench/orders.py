"""How many orders a second: guests of several processes place orders of five lines, with nothing between them but the till.

DATABASE_URL=postgres://… VAR_DIR=FOLDER python -m bench.orders [--workers 4] [--orders 50]

Each worker fills carts first (not measured), then all begin at once. The shop has to have goods; they are made to last.
"""

import argparse
import os
import resource
import time
from multiprocessing import Barrier, Process, Queue

ENVIRONMENT = {
    "SECRET_KEY": "bench-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF", "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "SITE_URL": "http://localhost", "DJANGO_SETTINGS_MODULE": "bench.settings",
}  # fmt: skip
LINES = 5


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--orders", type=int, default=50, help="of each worker")
    options = parser.parse_args()
    os.environ |= ENVIRONMENT | {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    start, told = Barrier(options.workers), Queue()
    workers = [Process(target=work, args=(number, options.orders, start, told)) for number in range(options.workers)]
    for worker in workers:
        worker.start()
    rows = [told.get() for _worker in workers]
    for worker in workers:
        worker.join()
    began, ended = min(row[0] for row in rows), max(row[1] for row in rows)
    number, cpu = sum(row[3] for row in rows), sum(row[2] for row in rows)
    # The first of each worker is not measured.
    failed = options.workers * (options.orders - 1) - number
    print(f"{number} orders of {LINES} lines by {options.workers} workers in {ended - began:.1f} s: "
          f"{number / (ended - began):.0f} a second, {cpu / number * 1000:.1f} ms of processor each, {failed} failed")  # fmt: skip


def work(worker: int, orders: int, start, told: Queue) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from orders.actions.checkout import place_order
    from orders.queries.summary import summarise

    carts = [_cart(worker * orders + number) for number in range(orders)]
    # The first order of a process writes its SQL and templates.
    _place(carts.pop(), place_order, summarise, timezone.now())
    start.wait()
    began, cpu, placed = time.time(), _cpu(), 0
    for cart in carts:
        placed += _place(cart, place_order, summarise, timezone.now())
    told.put((began, time.time(), _cpu() - cpu, placed))


def _cart(number: int):
    """A guest's cart of five goods; who comes next has others, of the same few hundred."""
    from catalog.models import StockLevel, Variant
    from orders.models import Cart, CartLine

    plain = Variant.objects.for_sale().filter(product__kind="physical", product__personalisations=None).order_by("pk")
    found = plain.select_related("product").distinct()[number % 40 : number % 40 + LINES]
    cart = Cart.objects.create()
    for variant in found:
        StockLevel.objects.filter(variant=variant).update(on_hand=1_000_000)
        CartLine.objects.create(cart=cart, variant=variant, name=variant.product.name, quantity=1, seen_price=0)
    return cart


def _place(cart, place_order, summarise, now) -> int:
    """As the checkout does: the sums that were shown, then the order of them."""
    from orders.details import Details

    email = f"guest-{cart.pk.hex[:12]}@post.example"
    address = {"name": "Ada Byron", "line1": "Calle Mayor 1", "postcode": "28013", "city": "Madrid", "country": "ES"}
    try:
        method = summarise(cart, "ES", None, now).cheapest.code
        details = Details(**address, email=email, delivery=method, payment="bank_transfer")
        from orders.actions.checkout import payer_of

        summary = summarise(cart, "ES", method, now, email=email, payer=payer_of(details))
        place_order(cart, details, summary.total, now, summary=summary)
    except Exception as refusal:
        print(type(refusal).__name__, refusal)
        return 0
    return 1


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
