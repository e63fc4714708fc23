"""The lists of the back office over a large catalogue: opened, searched, narrowed and paged, through the whole stack.

VAR_DIR=FOLDER python -m bench.office [--times N] [WORD …]      with DATABASE_URL: that database

Seconds are the best of some times in one warm process, its own processor time beside them; queries are those of one request. Words choose pages by name.
"""

import argparse
import os
from time import perf_counter, process_time

from bench.run import ENVIRONMENT

os.environ |= ENVIRONMENT
LIMIT = 1.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("words", nargs="*")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    import django

    django.setup()
    from bench.variants import clerk

    client = clerk()
    print(f"{'page':<34}{'seconds':>9}{'own CPU':>9}{'SQL':>5}{'KB':>7}")
    for name, address in addresses().items():
        if all(word in name for word in options.words):
            show(client, name, address, options.times)


def show(client, name: str, address: str, times: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    took = []
    for _ in range(times):
        with CaptureQueriesContext(connection) as queries:
            began, cpu = perf_counter(), process_time()
            answer = client.get(address)
            took.append((perf_counter() - began, process_time() - cpu))
        assert answer.status_code == 200, (name, answer.status_code)
    wall, cpu = map(min, zip(*took, strict=True))
    late = "  over" if wall > LIMIT else ""
    size = len(answer.getvalue()) // 1024
    print(f"{name:<34}{wall:>9.2f}{cpu:>9.2f}{len(queries):>5}{size:>7}{late}", flush=True)


def addresses() -> dict[str, str]:
    from django.urls import reverse

    from catalog.models import Collection, PriceList, Product

    late = min(Product.objects.count() // 50, 1000)
    product = Product.objects.filter(slug__startswith="bench-").order_by("pk")[500]
    sku = product.variants.first().sku
    leaf, brand = product.category_id, product.brand_id
    theme = Collection.objects.filter(slug="bench-theme-0").first() or Collection.objects.first()
    prices = PriceList.objects.first()
    lists = {name: reverse(f"admin:catalog_{name}_changelist") for name in (
        "product", "stocklevel", "stockmovement", "pricechange", "pricelist", "category", "collection", "brand", "sale",
    )}  # fmt: skip
    asked = {
        "product": ("", "q=home", f"q={sku}", "q=plate+home", f"category={leaf}", f"brand__id__exact={brand}",
                    "status__exact=draft", "lacking=stock", "lacking=picture", "lacking=ru", "lacking=facts",
                    "p=2", f"p={late}", "o=1", "o=3", "o=-3", "q=home&o=3"),
        "stocklevel": ("", "q=home", f"q={sku}", "left=none", "left=low", "goods=sale", f"p={late}", "o=2"),
        "stockmovement": ("", f"q={sku}"),
        "pricechange": ("", f"q={sku}", f"p={late}"),
        "pricelist": ("",), "category": ("",), "collection": ("",), "brand": ("", "q=workshop"), "sale": ("",),
    }  # fmt: skip
    found = {
        f"{name} {query}".strip(): f"{lists[name]}?{query}" for name, queries in asked.items() for query in queries
    }
    pages = {
        "one product": ("catalog_product_change", product.pk),
        "one category": ("catalog_category_change", leaf),
        "tree of categories": ("catalog_category_tree",),
        "goods of a collection": ("catalog_collection_goods", theme.pk),
        "rule of a collection": ("catalog_collection_rule", theme.pk),
        "running low": ("catalog_stocklevel_low",),
        "missing translations": ("shop_untranslated",),
        "export": ("catalog_product_export",),
        "today": ("index",),
    } | ({"one price list": ("catalog_pricelist_change", prices.pk)} if prices else {})
    found |= {name: reverse(f"admin:{view}", args=args) for name, (view, *args) in pages.items()}
    found["goods of a collection, search"] = found["goods of a collection"] + "?q=home"
    found["chooser of products"] = (
        reverse("admin:autocomplete") + "?app_label=catalog&model_name=sale&field_name=products&term=home"
    )
    found["chooser of variants"] = (
        reverse("admin:autocomplete") + "?app_label=catalog&model_name=saleprice&field_name=variant&term=" + sku
    )
    return found


if __name__ == "__main__":
    main()
