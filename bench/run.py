"""Floor and pages in turn, on one gunicorn worker: queries, processor time and wall time.

python -m bench.run [--var FOLDER] [--products N | --file FILE --mapping MAPPING] [--rounds N]

The folder keeps the database between runs. On PostgreSQL set DATABASE_URL; the processor time of its backends counts too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.addresses import addresses
from bench.clock import Clock, children_of, clock_of
from bench.visitor import Visitor, wait_for

ROOT = Path(__file__).resolve().parent.parent
PORT = 8799
BATCH = 10
ENVIRONMENT = {
    "SECRET_KEY": "bench-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF", "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "SITE_URL": "http://localhost", "DJANGO_SETTINGS_MODULE": "bench.settings",
}  # fmt: skip
#: What SPEED asks: queries at most, processor time at most as a multiple of the floor.
GOALS = {
    "home": (6, 3), "list": (8, 4), "list, two facets": (8, 4), "list, last page": (8, 4), "list, page 500": (8, 4), "product": (8, 3),
    "search, common word": (6, 5), "search, rare word": (6, 5), "suggestion": (3, 1), "add to cart": (10, 3),
    "cart with 5 lines": (10, 4),
}  # fmt: skip


@dataclass
class Page:
    name: str
    ask: Callable[[Visitor], tuple[int, bytes]]
    visitor: Visitor


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--var", default=str(ROOT / "var" / "bench"))
    parser.add_argument("--products", type=int, default=22_000)
    parser.add_argument("--file")
    parser.add_argument("--mapping")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    os.environ |= ENVIRONMENT | {"VAR_DIR": options.var}
    prepare(options)
    server = serve(PORT)
    try:
        wait_for(PORT)
        measure(server.pid, options.rounds)
    finally:
        server.terminate()
        server.wait(20)


def serve(port: int, **environment: str) -> subprocess.Popen:
    """The shop on one gunicorn worker."""
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1",
         "--threads", "2", "--keep-alive", "60", "--log-level", "error"],
        cwd=ROOT, env=os.environ | environment,
    )  # fmt: skip


def manage(*words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True)


def prepare(options: argparse.Namespace) -> None:
    """The demonstration shop without pictures, and the catalogue on top of it; nothing when it is there."""
    manage("migrate", "--verbosity", "0")
    manage("seed_demo", "--no-pictures")
    import django

    django.setup()
    from catalog.models import Product

    if Product.objects.count() > 1000:
        return
    began = time.monotonic()
    if options.file:
        manage("import_products", options.file, "--mapping", options.mapping, "--no-fetch")
    else:
        from bench.make import make_products

        make_products(options.products - Product.objects.count())
    print(f"Catalogue of {Product.objects.count()} products in {time.monotonic() - began:.0f} s")


def pages() -> list[Page]:
    found = [
        Page(name, lambda visitor, address=address: visitor.get(address), Visitor(PORT))
        for name, address in addresses().items()
    ]
    from catalog.models import Variant

    skus = list(
        Variant.objects.filter(is_active=True, product__status="published", levels__on_hand__gt=0)
        .order_by("-levels__on_hand", "pk").values_list("sku", flat=True)[:5]
    )  # fmt: skip
    for name, wanted in (("add to cart", skus[:1]), ("cart with 5 lines", skus)):
        visitor = Visitor(PORT)
        visitor.see(f"/p/{Variant.objects.get(sku=wanted[0]).product.slug}/")
        for sku in wanted:
            status, _ = visitor.post("/cart/lines/", sku=sku, quantity="1")
            assert status in (302, 303), (name, status)
        found.append(Page(name, ADD(wanted[0]) if name == "add to cart" else CART, visitor))
    return found


def ADD(sku: str) -> Callable[[Visitor], tuple[int, bytes]]:  # noqa: N802
    """Put one piece in and take it out again would be two requests: the same line grows, up to what is there."""
    return lambda visitor: visitor.post("/cart/lines/", sku=sku, quantity="1")


def CART(visitor: Visitor) -> tuple[int, bytes]:  # noqa: N802
    return visitor.get("/cart/")


def measure(server: int, rounds: int) -> None:
    """Floor, page, floor, page …; the ratio of medians is what counts."""
    clock = clock_of(children_of(server)[0], os.environ.get("DATABASE_URL", ""))
    floor = Page("floor", lambda visitor: visitor.get("/floor/"), Visitor(PORT))
    print(f"{'page':<22}{'SQL':>5}{'≤':>4}{'CPU ms':>9}{'× floor':>9}{'≤':>4}{'wall ms':>9}{'bytes':>8}")
    counts = queries()
    for page in pages():
        for each in (floor, page):
            once(clock, each)
        runs = [(once(clock, floor), once(clock, page)) for _ in range(rounds)]
        base = statistics.median(run[0][0] for run in runs)
        cpu, wall = (statistics.median(run[1][n] for run in runs) for n in (0, 1))
        most_sql, most = GOALS[page.name]
        size = len(page.ask(page.visitor)[1])
        sql = counts.get(page.name, "")
        print(
            f"{page.name:<22}{sql:>5}{most_sql:>4}{cpu:>9.2f}{cpu / base:>9.1f}{most:>4}{wall:>9.2f}{size:>8}",
            flush=True,
        )
    print(f"floor: {base:.2f} ms of CPU")


def once(clock: Clock, page: Page) -> tuple[float, float]:
    """Milliseconds of processor and of wall for one request, over a batch."""
    many = BATCH if page.name != "add to cart" else 2
    cpu, wall = clock(), time.perf_counter()
    for _ in range(many):
        status, _ = page.ask(page.visitor)
        assert status < 400, (page.name, status)
    wall = time.perf_counter() - wall
    return 1000 * (clock() - cpu) / many, 1000 * wall / many


def queries() -> dict[str, int]:
    """How many queries each page makes when warm, counted in this process on the same database."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    counted, client = {}, Client(HTTP_HOST="localhost")
    for name, address in addresses().items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counted[name] = len(queries)
    return counted


if __name__ == "__main__":
    main()
