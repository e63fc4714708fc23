"""Made to order, tags, links to other goods, a preview, and what search engines are told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from catalog.actions import listing
from catalog.actions.variants import make_to_order
from catalog.models import ProductLink, Tag
from catalog.previews import SALT, token_for
from orders.delivery.calendar import Calendar, Pace, promise
from orders.queries.summary import summarise
from shop.promises import promise_for
from tests.makers import make_cart, make_counter, make_customer, make_product, make_variant

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def stool():
    variant = make_variant(make_product("Stool", slug="stool"))
    listing.refresh([variant.product_id])
    return variant.product


def page(client, product) -> str:
    return client.get(product.get_absolute_url()).content.decode()


def made_to_order(product, days):
    product.lead_days = days
    product.save()
    make_to_order(product)
    listing.refresh([product.pk])


def test_what_is_made_to_order_can_be_had_without_pieces_and_arrives_later(client, stool):
    make_counter()
    before = promise_for(stool, 4900, MONDAY).offer
    stool.variants.get().levels.update(on_hand=0)
    made_to_order(stool, 10)

    after = promise_for(stool, 4900, MONDAY).offer

    assert after.arrives_by == before.arrives_by + timedelta(days=14)
    assert "Made to order" in page(client, stool)


def test_the_slowest_line_sets_the_date_of_the_cart_and_of_the_order(client, stool):
    make_counter()
    quick = make_variant(make_product("Cup"))
    made_to_order(stool, 5)
    alone = summarise(make_cart(quick), now=MONDAY).cheapest
    both = summarise(make_cart(quick, stool.variants.get()), now=MONDAY).cheapest

    assert both.arrives_by == alone.arrives_by + timedelta(days=7)


def test_lead_days_are_working_days_of_the_shop():
    days, pace = Calendar(), Pace(14, 0, 1, 1)
    tuesday_off = Calendar(closed={MONDAY.date() + timedelta(days=1)})
    first = promise(MONDAY, UTC, days, days, pace, lead_days=4)
    holiday = promise(MONDAY, UTC, tuesday_off, tuesday_off, pace, lead_days=4)

    assert str(first.arrives_by) == "2026-03-09"
    assert str(holiday.arrives_by) == "2026-03-10"


def test_links_stand_under_their_headings_and_hidden_goods_are_left_out(client, stool):
    table, chair, draft = (make_variant(make_product(name)).product for name in ("Table", "Armchair", "Secret"))
    draft.status = "draft"
    draft.save()
    listing.refresh([table.pk, chair.pk, draft.pk])
    for target, kind in ((table, "complementary"), (chair, "upgrade"), (draft, "complementary")):
        ProductLink.objects.create(product=stool, target=target, kind=kind)

    words = page(client, stool)

    assert words.index("Goes with it") < words.index(table.get_absolute_url()) < words.index("A step up")
    assert chair.get_absolute_url() in words and draft.get_absolute_url() not in words


def test_a_link_leads_elsewhere_and_only_once(stool):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductLink.objects.create(product=stool, target=stool)
    other = make_product("Table")
    ProductLink.objects.create(product=stool, target=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductLink.objects.create(product=stool, target=other)


def test_a_tag_leads_to_all_goods_that_have_it(client, stool):
    tag = Tag.objects.create(code="gift", name="Gift", name_en="Gift", name_es="Regalo")
    stool.tags.add(tag)
    other = make_variant(make_product("Cup", slug="cup")).product
    listing.refresh([stool.pk, other.pk])

    assert "?tag=gift" in page(client, stool)
    found = client.get("/es/search/?tag=gift").content.decode()
    assert "/es/p/stool/" in found and "/es/p/cup/" not in found and "Regalo" in found


def test_a_preview_is_seen_by_whoever_has_the_link_and_sells_nothing(client, stool):
    stool.status = "draft"
    stool.save()
    address = reverse("preview", args=[token_for(stool)])

    response = client.get(address)
    words = response.content.decode()

    assert response.status_code == 200 and "This is a preview" in words
    assert "no-store" in response.headers["Cache-Control"] and 'content="noindex"' in words
    assert 'action="/cart/lines/"' not in words
    # Nothing that leads to a page which is not there yet.
    assert "/p/stool/reviews/" not in words and "/p/stool/questions/" not in words and "/notices/new/" not in words
    refused = client.post("/cart/lines/", {"sku": stool.variants.get().sku})
    assert refused.status_code == 302 and not client.get("/cart/").context["cart_count"]()


def test_a_preview_ends_after_a_week_and_cannot_be_forged(client, stool):
    from django.core import signing

    stool.status = "draft"
    stool.save()
    token = token_for(stool)
    stamp = datetime.now(UTC) - timedelta(days=8)
    body, _old, _signature = token.rsplit(":", 2)
    signer = signing.TimestampSigner(salt=SALT)
    signer.timestamp = lambda: signing.b62_encode(int(stamp.timestamp()))

    for wrong in (token[:-2] + "xx", "12", "a" * 5000, signer.sign(body)):
        assert client.get(reverse("preview", args=[wrong])).status_code == 404


def test_the_preview_of_what_is_shown_is_its_page(client, stool):
    assert client.get(reverse("preview", args=[token_for(stool)])).url == stool.get_absolute_url()


def test_the_button_in_the_office_leads_to_the_preview(client, stool):
    client.force_login(make_customer(is_staff=True, is_superuser=True))
    stool.status = "scheduled"
    stool.publish_at = MONDAY
    stool.save()

    response = client.get(reverse("admin:catalog_product_preview", args=[stool.pk]), follow=True)

    assert response.status_code == 200 and "This is a preview" in response.content.decode()


def test_search_engines_are_told_what_was_written_for_them(client, stool):
    assert "<title>Stool ·" in page(client, stool)
    stool.search_title_en, stool.search_description_en = "Oak stool, hand made", "Made in Soria <of oak>"
    stool.save()
    category = stool.category
    category.search_title_en = "Stools and chairs"
    category.save()

    words = page(client, stool)
    assert "<title>Oak stool, hand made ·" in words
    assert "Made in Soria &lt;of oak&gt;" in words
    assert "<title>Stools and chairs ·" in client.get(category.get_absolute_url()).content.decode()


def test_a_product_without_any_of_it_costs_one_query_more_at_most(client, stool, django_assert_max_num_queries):
    client.get(stool.get_absolute_url())
    with django_assert_max_num_queries(8):
        client.get(stool.get_absolute_url())
