"""Parts of a page that are drawn once for everybody who is to see the same."""

import re

from catalog.actions import listing
from catalog.models import Variant
from shop.drawing import TOKEN, fingerprint
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


def listed(**fields) -> Variant:
    variant = makers.make_variant(**fields)
    listing.refresh([variant.product_id])
    return variant
