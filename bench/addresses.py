"""What the bench asks for, taken from the catalogue that is there. As a program it prints them as JSON."""

import json


def addresses() -> dict[str, str]:
    """What is asked for, taken from the catalogue that is there."""
    from django.db.models import Count

    from catalog.models import Category, Product, Variant
    from catalog.queries import lists

    category = max(
        Category.objects.get_root_nodes(),
        key=lambda c: Product.objects.filter(category__path__startswith=c.path).count(),
    )
    page = lists.page_of(lists.in_category(category), {}, "en")
    facets = [f"{facet.code}={facet.choices[0].value}" for facet in page.facets if facet.choices][:2]
    words = Variant.objects.filter(
        product__category__path__startswith=category.path, is_active=True, product__status="published"
    )
    middle = words.order_by("pk")[words.count() // 2]
    big = Product.objects.values("brand__name").annotate(n=Count("pk")).exclude(brand=None).order_by("-n").first()
    return {
        "home": "/", "list": f"/c/{category.slug}/", "list, two facets": f"/c/{category.slug}/?{'&'.join(facets)}",
        "list, last page": f"/c/{category.slug}/?page={page.pages}", "list, page 500": f"/c/{category.slug}/?page={min(500, page.pages)}", "product": f"/p/{middle.product.slug}/",
        "search, common word": f"/search/?q={common_word(big['brand__name'])}", "search, rare word": f"/search/?q={middle.sku}",
        "suggestion": "/search/suggest/?q=ca",
    }  # fmt: skip


def common_word(fallback: str) -> str:
    from catalog.models import Product

    words = {w: Product.objects.filter(name_en__icontains=w).count() for w in ("black", "home", "digital", "camera")}
    word = max(words, key=words.get)
    return word if words[word] > 100 else fallback.split()[0]


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(addresses()))
