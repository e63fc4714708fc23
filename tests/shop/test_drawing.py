"""Parts of a page that are drawn once for everybody who is to see the same."""

import re

from catalog.actions import listing
from catalog.models import Variant
from customers.models import ShopDetails
from shop.drawing import TOKEN, draw, fingerprint, place
from tests import makers

FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def test_the_same_contents_have_one_fingerprint_and_others_another():
    assert fingerprint("cup", (1, 2)) == fingerprint("cup", (1, 2)) != fingerprint("cup", (1, 3))


def test_two_visitors_get_form_tokens_of_their_own(client, db):
    path = listed().product.get_absolute_url()

    first = client.get(path).content.decode()
    client.cookies.clear()
    second = client.get(path).content.decode()

    assert FORM_TOKEN.findall(first)
    assert not set(FORM_TOKEN.findall(first)) & set(FORM_TOKEN.findall(second))
    assert TOKEN not in first + second


def test_a_changed_price_is_seen_at_once(client, db):
    variant = listed(price=1000)
    path = variant.product.get_absolute_url()
    before = client.get(path).content.decode()

    Variant.objects.filter(pk=variant.pk).update(price=1234)
    listing.refresh([variant.product_id])

    assert "€10.00" in before
    assert "€12.34" in client.get(path).content.decode()


def test_the_frame_leads_to_the_page_itself_in_every_language(client, db):
    client.get("/")
    page = client.get("/search/", {"q": 'a"b&c'}).content.decode()

    assert page.count('href="/es/search/?q=a%22b%26c"') == 2
    assert page.count('href="/search/?q=a%22b%26c"') == 2
    assert "\0" not in page


def test_a_shop_that_changes_its_name_is_called_so_at_once(client, db):
    client.get("/search/")
    ShopDetails(name="Lumbre", phone="+34 600 000 000").save()

    page = client.get("/search/").content.decode()
    assert page.count("</svg>Lumbre</a>") == 2 and "<p>+34 600 000 000</p>" in page


def test_what_is_put_in_last_is_escaped_and_not_looked_at_again(client, db, rf):
    client.get("/")
    template, context = "cart/removed.html", lambda: {"removed": {"variant": make_shown(place("name")), "quantity": 1}}
    request = rf.get("/")

    text = draw(request, template, context, "one", {"name": "<i>" + TOKEN})

    assert "&lt;i&gt;" + TOKEN in text


def make_shown(name: str) -> dict:
    return {"sku": "A", "product": {"name": name}}


def listed(**fields) -> Variant:
    variant = makers.make_variant(**fields)
    listing.refresh([variant.product_id])
    return variant
