"""A product with 500 variants in the back office: made, opened and saved, through the whole stack.

DEBUG=1 DJANGO_SETTINGS_MODULE=bench.settings python manage.py shell -c "from bench.variants import measure; measure()"
"""

from time import perf_counter

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from catalog.actions.variants import generate
from catalog.admin.variant_table import PER_PAGE
from catalog.models import Category, Option, OptionValue, Product

AXES = {"bench-colour": 10, "bench-size": 10, "bench-cut": 5}
TIMES = 5


def measure() -> None:
    """Print seconds; the best of some times, as a warm worker answers. The goods are left in the database."""
    product = _product()
    print(f"make 500 variants: {_once(lambda: generate(product, price=1900)):.2f} s")  # noqa: T201
    client = clerk()
    page = reverse("admin:catalog_product_change", args=[product.pk])
    table = reverse("admin:catalog_product_variant_table", args=[product.pk])
    print(f"open the product: {_best(lambda: client.get(page)):.2f} s")  # noqa: T201
    print(f"open the table, 50 rows: {_best(lambda: client.get(table)):.2f} s")  # noqa: T201
    data = _sent(product)
    prices = iter(range(2000, 2000 + TIMES))
    print(f"save the table: {_best(lambda: _save(client, table, data, next(prices))):.2f} s")  # noqa: T201
    many = {"many": "1", "what": "raise", "value": "5", "scope": "all"}
    print(f"raise all 500 prices: {_best(lambda: client.post(table, many)):.2f} s")  # noqa: T201


def _product() -> Product:
    category = Category.objects.first() or Category.objects.add_root({"name": "Bench", "slug": "bench"})
    product = Product.objects.create(name="Tile", slug=f"tile-{Product.objects.count()}", category=category)
    for code, number in AXES.items():
        option, made = Option.objects.get_or_create(code=code, defaults={"name": code.title()})
        if made:
            OptionValue.objects.bulk_create(
                OptionValue(option=option, code=f"v{n}", value=f"{code} {n}", position=n) for n in range(number)
            )
        product.options.add(option)
    return product


def clerk() -> Client:
    """Somebody who may do everything, signed in."""
    people = get_user_model().objects
    clerk = people.filter(is_superuser=True).first() or people.create_superuser("bench@example.com", "bench")
    client = Client(SERVER_NAME="localhost")
    client.force_login(clerk)
    return client


def _sent(product: Product) -> dict:
    """What a browser would send back of the first page."""
    data = {"rows": "1"}
    for pk in product.variants.order_by("position", "pk").values_list("pk", flat=True)[:PER_PAGE]:
        data |= {f"v{pk}-price": "19", f"v{pk}-is_active": "on", f"v{pk}-before": ""}
        data |= {f"v{pk}-on_hand": "0", f"v{pk}-seen": "0"}
    return data


def _save(client: Client, table: str, data: dict, price: int) -> None:
    answer = client.post(table, {name: f"{price / 100}" if name.endswith("-price") else v for name, v in data.items()})
    if answer.status_code != 302:
        raise AssertionError(answer.status_code)


def _once(work) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _best(work) -> float:
    return min(_once(work) for _ in range(TIMES))
