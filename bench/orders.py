"""How many orders a second: shoppers who want the same few articles press the last button of the checkout at once.

DATABASE_URL=postgres://… VAR_DIR=FOLDER python -m bench.orders [--workers 4] [--shoppers 200] [--variants 10]

Each worker answers real requests, from the middleware to the cookie, as a worker of gunicorn does. Carts, forms and what a
process does once are not measured. `--pieces N` leaves so few on the shelf: most shoppers are then told that they are gone.
With REDIS_URL the worker is rung there. The shop needs goods (`manage.py seed_demo`).
"""

import argparse
import io
import os
import re
import statistics
import time
from collections import Counter
from dataclasses import dataclass
from html import unescape
from multiprocessing import get_context
from urllib.parse import urlencode

from bench.clock import reference
from bench.run import ENVIRONMENT

LINES, WARM = 5, 3
PLENTY = 1_000_000
ADA = {"name": "Ada Byron", "line1": "Calle Mayor 1", "postcode": "28013", "city": "Madrid", "payment": "bank_transfer"}
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass
class Told:
    """What one worker saw: when each answer was there, what it was, and what all of it took of the processor."""

    answers: list[tuple[float, str]]
    own: float
    database: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--shoppers", type=int, default=200)
    parser.add_argument("--variants", type=int, default=10)
    parser.add_argument("--pieces", type=int, default=PLENTY, help="of each variant")
    options = parser.parse_args()
    os.environ |= ENVIRONMENT
    import django

    django.setup()
    from django.db import connections

    variants = _variants(options.variants)
    _stock(variants, PLENTY)
    lines = min(LINES, options.variants)
    forms = [_form(variants, lines, number) for number in range(options.shoppers + options.workers * WARM)]
    connections.close_all()
    shares = [forms[each :: options.workers] for each in range(options.workers)]
    fork = get_context("fork")
    warm, start, told = fork.Barrier(options.workers + 1), fork.Barrier(options.workers + 1), fork.Queue()
    workers = [fork.Process(target=_work, args=(share, warm, start, told)) for share in shares]
    for worker in workers:
        worker.start()
    warm.wait()
    _stock(variants, options.pieces)
    connections.close_all()
    loop = [reference()]
    start.wait()
    began = time.time()
    rows = [told.get() for _worker in workers]
    for worker in workers:
        worker.join()
    _say(rows, began, options, statistics.mean([*loop, reference()]))


def _say(rows: list[Told], began: float, options, loop: float) -> None:
    waits = sorted(at - began for row in rows for at, _answer in row.answers)
    counts = Counter(answer for row in rows for _at, answer in row.answers)
    own, database = (1000 * sum(getattr(row, name) for row in rows) / len(waits) for name in ("own", "database"))
    print(f"{dict(counts)} from {options.shoppers} shoppers by {options.workers} workers in {waits[-1]:.2f} s: "
          f"{len(waits) / waits[-1]:.0f} answers a second, the last button p95 {waits[int(len(waits) * 0.95)]:.2f} s")  # fmt: skip
    print(f"{own:.1f} ms of processor each and {database:.1f} in the database; a bare loop took {loop:.3f} s (0.098 is usual): "
          f"{(own + database) * 0.098 / loop:.1f} ms at the usual pace")  # fmt: skip


def _variants(number: int) -> list:
    from catalog.models import Variant

    plain = Variant.objects.for_sale().filter(product__kind="physical", product__personalisations=None)
    return list(
        plain.filter(levels__location__is_active=True).select_related("product").distinct().order_by("pk")[:number]
    )


def _stock(variants: list, pieces: int) -> None:
    from django.db.models import F

    from catalog.models import StockLevel

    for variant in variants:
        levels = StockLevel.objects.filter(variant=variant).order_by("pk")
        levels.update(on_hand=F("reserved"))
        levels.filter(pk=levels[0].pk).update(on_hand=F("reserved") + pieces, safety=0)


def _form(variants: list, lines: int, number: int) -> dict:
    """A guest's cart of some of the variants, and the request of the last button as a browser sends it."""
    from django.core.handlers.wsgi import WSGIRequest
    from django.http import HttpResponse

    from orders.models import Cart, CartLine
    from shop import carts

    cart = Cart.objects.create(currency="EUR")
    chosen = [variants[(number + each * 2) % len(variants)] for each in range(lines)]
    CartLine.objects.bulk_create(
        CartLine(cart=cart, variant=variant, name=variant.product.name, quantity=1, seen_price=0) for variant in chosen
    )
    anonymous = WSGIRequest(_environ("GET", "/"))
    anonymous.user = type("Guest", (), {"is_authenticated": False})()
    cookie = carts.remember(anonymous, HttpResponse(), cart).cookies[carts.COOKIE].coded_value
    page, cookies = _ask(_environ("GET", "/checkout/", cookies={carts.COOKIE: cookie}))[1:]
    # Prices that were changed meanwhile are shown and agreed to with the page.
    fields = {name: unescape(value) for name, value in FIELD.findall(page)}
    delivery = re.search(r'name="delivery"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="delivery"', page)
    fields |= ADA | {"country": "ES", "email": f"guest-{cart.pk.hex[:12]}@post.example"}
    fields |= {"delivery": next(filter(None, delivery.groups()))}
    return {"cookies": {carts.COOKIE: cookie, **cookies}, "body": urlencode(fields)}


def _work(forms: list[dict], warm, start, told) -> None:
    from bench.clock import processor_seconds

    for form in forms[:WARM]:
        _press(form)
    warm.wait()
    backend = _backend()
    start.wait()
    own, database = time.process_time(), processor_seconds(backend)
    answers = []
    for form in forms[WARM:]:
        answer = _press(form)
        answers.append((time.time(), answer))
    told.put(Told(answers, time.process_time() - own, processor_seconds(backend) - database))


def _press(form: dict) -> str:
    status, page, _cookies = _ask(_environ("POST", "/checkout/", form["cookies"], form["body"]))
    # The button leads to the order, back to the cart (sold out), or shows the page again.
    return {303: "ordered", 302: "sold out"}.get(status, f"{status} {page[:300]}")


def _environ(method: str, path: str, cookies: dict | None = None, body: str = "") -> dict:
    content = body.encode()
    return {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "HTTP_HOST": "localhost", "HTTP_ORIGIN": "http://localhost", "REMOTE_ADDR": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_COOKIE": "; ".join(f"{key}={value}" for key, value in (cookies or {}).items()), "wsgi.url_scheme": "http",
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": io.BytesIO(content), "wsgi.errors": io.StringIO(), "SCRIPT_NAME": "",
    }  # fmt: skip


def _ask(environ: dict) -> tuple[int, str, dict[str, str]]:
    from config.wsgi import application

    said = []
    answer = application(environ, lambda status, headers, error=None: said.append((int(status[:3]), headers)))
    page = b"".join(answer).decode()
    answer.close()
    status, headers = said[0]
    found = (value.partition(";")[0].partition("=") for name, value in headers if name == "Set-Cookie")
    return status, page, {key: value for key, _equals, value in found}


def _backend() -> int:
    """The process of the database that serves this one; itself on SQLite, whose work is in our own time already."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


if __name__ == "__main__":
    main()
