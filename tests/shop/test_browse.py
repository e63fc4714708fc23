import re

import pytest

from catalog.actions import listing
from catalog.models import Attribute, AttributeValue, Brand, Picture, Product
from catalog.queries.lists import Selection
from orders.models import Cart
from shop.listing import page_links
from shop.models import HomePage, Page
from tests import makers

pytestmark = pytest.mark.django_db


def stocked(name="Wool blanket", category=None, price=4900, stock=3, **fields):
    product = makers.make_product(name, category, **fields)
    makers.make_variant(product, stock=stock, price=price)
    return product


def listed(*products):
    listing.refresh(product.pk for product in products)
    return products


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def blankets():
    return makers.make_category("Blankets", slug="blankets")


# --- home


def test_an_empty_shop_says_so_honestly(client):
    page = text_of(client.get("/"))

    assert "The shelves are being filled" in page


def test_the_home_page_shows_the_merchants_words_the_shelves_and_the_goods(client, blankets):
    HomePage(
        hero_title="Made to be kept", hero_action="Come in", facts=[{"title": "30 days", "text": "to return"}]
    ).save()
    listed(stocked("Striped throw", blankets))

    page = client.get("/").content.decode()

    assert "Made to be kept" in page
    assert "Come in" in page
    assert 'href="/c/blankets/"' in page
    assert "Striped throw" in page
    assert "30 days" in page


def test_what_is_sold_out_does_not_stand_in_the_window(client, blankets):
    listed(stocked("Gone throw", blankets, stock=0), stocked("Here throw", blankets))

    page = client.get("/").content.decode()

    assert "Here throw" in page
    assert "Gone throw" not in page


def test_home_speaks_the_language_of_its_address(client, blankets):
    listed(stocked("Blanket", blankets, name_ru="Плед", name_es="Manta"))

    assert "Плед" in client.get("/ru/").content.decode()
    assert "49,00" in client.get("/es/").content.decode()


# --- lists


def test_a_category_shows_what_is_in_it_and_below(client, blankets):
    below = makers.make_category("Cotton blankets", blankets, slug="cotton")
    listed(
        stocked("Wool throw", blankets), stocked("Cotton throw", below), stocked("Cup", makers.make_category("Cups"))
    )

    page = client.get("/c/blankets/").content.decode()

    assert "Wool throw" in page
    assert "Cotton throw" in page
    assert 'href="/p/cup' not in page
    assert 'href="/c/cotton/"' in page
    assert "2 products" in page


def test_the_open_category_is_marked_in_menu_and_breadcrumb(client, blankets):
    listed(stocked("Wool throw", blankets))

    page = client.get("/c/blankets/").content.decode()

    assert 'href="/c/blankets/" aria-current="true"' in page
    assert '<span aria-current="page">Blankets</span>' in page


def test_a_hidden_category_is_not_found(client):
    makers.make_category("Secret", slug="secret", is_public=False)

    assert client.get("/c/secret/").status_code == 404


@pytest.fixture
def materials(blankets):
    material = Attribute.objects.create(code="material", name="Material")
    wool = AttributeValue.objects.create(attribute=material, code="wool", value="Wool")
    linen = AttributeValue.objects.create(attribute=material, code="linen", value="Linen")
    goods = stocked("Wool throw", blankets, price=9000), stocked("Linen throw", blankets, price=5000)
    goods[0].attributes.add(wool)
    goods[1].attributes.add(linen)
    return listed(*goods)


def test_a_filter_has_an_address_and_stands_above_the_list(client, materials):
    page = client.get("/c/blankets/", {"material": "wool"}).content.decode()

    assert "Wool throw" in page
    assert "Linen throw" not in page
    assert "1 product<" in page
    assert re.search(r'href="/c/blankets/\?" data-live><span class="hidden-words">Remove filter:</span>Wool', page)
    assert 'value="wool" id="f-material-wool" checked' in page


def test_every_filter_value_shows_its_count(client, materials):
    page = text_of(client.get("/c/blankets/"))

    assert re.search(r"Linen 1", page)


def test_a_typed_price_narrows_the_list(client, materials):
    page = client.get("/c/blankets/", {"price_max": "60,00"}).content.decode()

    assert "Linen throw" in page
    assert "Wool throw" not in page
    assert 'name="price_max" inputmode="decimal" autocomplete="off" maxlength="12" value="60"' in page


def test_sorting_keeps_the_filters_and_filtering_keeps_the_order(client, materials):
    page = client.get("/c/blankets/", {"material": ["linen", "wool"], "sort": "price-down"}).content.decode()

    assert '<input type="hidden" name="material" value="linen">' in page
    assert '<input type="hidden" name="material" value="wool">' in page
    assert '<input type="hidden" name="sort" value="price-down">' in page


def test_an_empty_filtered_list_says_which_filter_to_drop(client, materials):
    response = client.get("/c/blankets/", {"material": "wool", "price_max": "10"})

    page = text_of(response)
    assert "Nothing fits all of these at once" in page
    assert "without “Price”: 1 product" in page
    assert 'href="/c/blankets/?material=wool"' in response.content.decode()


def test_only_the_plain_list_is_for_search_engines(client, materials):
    plain, filtered = client.get("/c/blankets/"), client.get("/c/blankets/", {"material": "wool"})

    assert '<link rel="canonical" href="http://localhost/c/blankets/">' in plain.content.decode()
    assert 'hreflang="ru" href="http://localhost/ru/c/blankets/"' in plain.content.decode()
    assert 'hreflang="x-default" href="http://localhost/c/blankets/"' in plain.content.decode()
    assert "noindex" not in plain.content.decode()
    assert '<meta name="robots" content="noindex, follow">' in filtered.content.decode()


def test_a_script_gets_only_the_part_that_changes(client, materials):
    response = client.get("/c/blankets/", {"material": "wool"}, headers={"hx-request": "true"})

    assert b"<html" not in response.content
    assert b"Wool throw" in response.content
    assert "HX-Request" in response.headers["Vary"]


def test_pages_are_real_links_and_a_page_too_far_is_the_last(client, blankets):
    listed(*(stocked(f"Throw {number}", blankets) for number in range(30)))

    first, far = client.get("/c/blankets/").content.decode(), client.get("/c/blankets/?page=99").content.decode()

    assert 'href="/c/blankets/?page=2"' in first
    assert first.count('<li class="card') == 24
    assert far.count('<li class="card') == 6
    assert '<link rel="canonical" href="http://localhost/c/blankets/?page=2">' in far


@pytest.mark.parametrize(
    ("page", "shown"),
    [(1, [1, 2, 0, 9]), (3, [1, 2, 3, 4, 0, 9]), (5, [1, 0, 4, 5, 6, 0, 9]), (9, [1, 0, 8, 9])],
)
def test_a_long_row_of_pages_has_gaps(page, shown):
    assert [link.number for link in page_links(Selection(page=page), 9)] == shown


def test_former_prices_and_sold_out_goods_are_told_in_words(client, blankets):
    cheap = makers.make_product("Old throw", blankets)
    makers.make_variant(cheap, price=3000, compare_at_price=4000, stock=0)
    listed(cheap)

    page = text_of(client.get("/c/blankets/"))

    assert "was €40.00" in page
    assert "Sold out" in page


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=9" + "9" * 50, "sort=nonsense", "price_min=abc&price_max=-5", "material=%00",
     "price_min=99999999999999999999999", "colour=" + "x" * 5000, "sort=%F0%9F%98%80", "q=%FF%FE"],
)  # fmt: skip
def test_nonsense_in_the_address_is_passed_over(client, materials, query):
    assert client.get(f"/c/blankets/?{query}").status_code == 200


def test_a_brand_shows_what_it_made(client, blankets):
    maker = Brand.objects.create(name="Telar Verdeja", slug="telar", story="<b>Since 1912</b>")
    listed(stocked("Wool throw", blankets, brand=maker), stocked("Other throw", blankets))

    page = client.get("/brands/telar/").content.decode()

    assert "Wool throw" in page
    assert "Other throw" not in page
    assert "<b>Since" not in page


# --- search


@pytest.fixture
def searchable(blankets):
    return listed(
        stocked("Wool blanket", blankets), stocked("Linen towel", makers.make_category("Towels", slug="towels"))
    )


def test_a_search_finds_and_keeps_the_words_in_the_field(client, searchable):
    page = client.get("/search/", {"q": "towels"}).content.decode()

    assert "Linen towel" in page
    assert "Wool blanket" not in page
    assert 'name="q" value="towels"' in page


def test_a_typing_mistake_is_mended_and_said(client, searchable):
    page = text_of(client.get("/search/", {"q": "blankeet"}))

    assert "Nothing is called “blankeet”" in page
    assert "Wool blanket" in page


def test_a_search_without_hits_is_no_dead_end(client, searchable):
    response = client.get("/search/", {"q": "zzzz <b>"})

    page = response.content.decode()
    assert response.status_code == 200
    assert "We found nothing for “zzzz &lt;b&gt;”" in page
    assert 'href="/c/towels/"' in page
    assert "Wool blanket" in page


@pytest.mark.parametrize(("prefix", "words"), [("", "returns"), ("/es", "Devolución"), ("/ru", "возврат товара")])
def test_a_question_leads_to_the_page_that_answers_it(client, prefix, words):
    Page.objects.create(slug="returns", title="Returns", body="")

    page = client.get(f"{prefix}/search/", {"q": words}).content.decode()

    assert f'href="{prefix}/pages/returns/"' in page.split('id="main"')[1].split("<footer")[0]


def test_a_category_is_offered_by_its_name(client, searchable):
    page = client.get("/search/", {"q": "towels"}).content.decode()

    assert 'class="chip" href="/c/towels/"' in page


def test_suggestions_are_few_small_and_counted(client, blankets):
    listed(*(stocked(f"Wool blanket {number}", blankets) for number in range(20)))

    response = client.get("/search/suggest/", {"q": "blan"})

    page = response.content.decode()
    assert page.count('role="option"') == 8
    assert 'data-said="8 suggestions"' in page
    assert 'data-href="/c/blankets/"' in page
    assert len(response.content) <= 3 * 1024


@pytest.mark.parametrize("words", ["", " ", "\x00", "'\"(*", "x" * 10_000, "😀", "%"])
def test_nothing_that_is_typed_breaks_the_search(client, searchable, words):
    assert client.get("/search/", {"q": words}).status_code == 200
    assert client.get("/search/suggest/", {"q": words}).status_code == 200


# --- budgets


def walk(client, path):
    client.get(path)  # what is the same for everybody is kept after the first visitor


@pytest.mark.parametrize(
    ("path", "most"),
    [("/", 2), ("/c/blankets/", 3), ("/c/blankets/?material=wool&sort=price-up", 3), ("/search/?q=wool", 3),
     ("/search/suggest/?q=woo", 1)],
)  # fmt: skip
def test_a_page_costs_few_queries(client, materials, django_assert_max_num_queries, path, most):
    HomePage(hero_title="Made to be kept").save()
    walk(client, path)

    with django_assert_max_num_queries(most):
        response = client.get(path)

    assert response.status_code == 200


@pytest.mark.parametrize(("path", "most"), [("/", 6), ("/c/blankets/", 8), ("/search/?q=wool", 6)])
def test_the_first_visitor_and_a_customer_with_a_cart_stay_within_the_budget(
    client, materials, django_assert_max_num_queries, path, most
):
    customer = makers.make_customer()
    Cart.objects.create(customer=customer)
    client.force_login(customer)
    walk(client, "/help/")

    walk(client, path)
    with django_assert_max_num_queries(most):
        response = client.get(path)

    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/", "/c/blankets/", "/search/?q=throw"])
def test_the_page_travels_light(client, blankets, path):
    listed(*(stocked(f"Throw {number}", blankets, summary="Soft and wide") for number in range(40)))

    response = client.get(path, headers={"accept-encoding": "gzip"})

    assert len(response.content) <= 20 * 1024


def test_a_picture_keeps_its_room_and_only_the_first_are_loaded_at_once(client, blankets):
    goods = [stocked(f"Throw {number}", blankets) for number in range(6)]
    for product in goods:
        picture(product)
    listed(*goods)

    images = re.findall(r"<img [^>]+>", client.get("/c/blankets/").content.decode())

    assert len(images) == 6
    assert all(re.search(r'srcset="[^"]+w" sizes="[^"]+" width="\d+" height="\d+" alt=""', image) for image in images)
    assert ["loading" in image for image in images] == [False] * 4 + [True] * 2


def picture(product: Product):
    shown = Picture(product=product, image=f"products/{product.slug}.webp", width=720, height=900, is_ready=True)
    Picture.objects.bulk_create([shown])
