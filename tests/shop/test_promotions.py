"""Promotions as a shopper and a marketer meet them."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from catalog.models import StockLevel
from customers.models import Mail
from orders.models import Cart, Order, Promotion, PromotionCode
from tests.makers import make_counter, make_customer, make_product, make_promotion, make_variant
from tests.shop.shopper import order_by, put_in

pytestmark = pytest.mark.django_db
REFUSED = "This code cannot be used."


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def scarf():
    return make_variant(make_product("Wool scarf"), stock=50, price=4900)


@pytest.fixture
def shopper(client, scarf):
    make_counter()
    put_in(client, scarf, 2)
    return client


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_code_is_typed_seen_kept_to_the_order_and_told_in_the_letter(shopper):
    make_promotion("Welcome-10", name="A warm welcome", benefit="order_percent", percent=10)

    cart = words(shopper.post("/cart/codes/", {"code": " welcome 10"}, follow=True))
    checkout = words(shopper.get("/checkout/"))
    page = words(shopper.get(order_by(shopper).url))

    for seen in (cart, checkout, page):
        assert "A warm welcome Welcome-10" in seen and "−€9.80" in seen and "€93.10" in seen
    order = Order.objects.get()
    assert (order.discount_total, order.total) == (980, 9310)
    letter = Mail.objects.get(key__startswith="order-confirmation")
    assert "A warm welcome (Welcome-10): −€9.80" in letter.text and "A warm welcome" in letter.html


def test_wrong_early_late_and_used_codes_get_one_same_answer_at_the_field(shopper):
    tomorrow = timezone.now() + timedelta(days=1)
    make_promotion("early", starts_at=tomorrow)
    make_promotion("late", ends_at=timezone.now() - timedelta(hours=1))
    make_promotion("draft", is_active=False)

    answers = [shopper.post("/cart/codes/", {"code": code}) for code in ("early", "late", "draft", "nonsense")]

    assert {answer.status_code for answer in answers} == {422}
    page = answers[-1].content.decode()
    assert REFUSED in page and 'value="nonsense"' in page and 'aria-describedby="code-error"' in page
    assert len({re.search(r'id="code-error"[^>]*>([^<]*)', each.content.decode())[1] for each in answers}) == 1


def test_who_guesses_codes_is_slowed_down(shopper):
    answers = [shopper.post("/cart/codes/", {"code": f"guess{number}"}).status_code for number in range(21)]

    assert answers == [422] * 20 + [429]


@pytest.mark.parametrize("typed", ["", " ", "\0", "x" * 5000, "<script>alert(1)</script>", "' OR 1=1 --"])
def test_hostile_codes_are_refused_and_shown_as_text(shopper, typed):
    answer = shopper.post("/cart/codes/", {"code": typed})

    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()


def test_a_valid_code_says_what_is_missing_and_can_be_taken_out(shopper):
    make_promotion("more", benefit="order_amount", amount=1000, min_value=12000)

    page = words(shopper.post("/cart/codes/", {"code": "more"}, follow=True))
    assert "€22.00 more, and it applies." in page and "€102.90" in page
    assert "more, and it applies" not in words(shopper.post("/cart/codes/remove/", {"code": "MORE"}, follow=True))
    assert Cart.objects.get().codes == []


def test_a_link_brings_its_code_to_a_cart_that_is_filled_later(client, scarf):
    make_counter()
    make_promotion("spring")

    landed = client.get(scarf.product.get_absolute_url() + "?code=spring")
    assert "The code SPRING is kept for your cart." in landed.content.decode()
    put_in(client, scarf)
    page = client.get("/cart/")

    assert "−€4.90" in words(page) and Cart.objects.get().codes == ["SPRING"]
    assert page.cookies["code"]["max-age"] == 0


def test_signing_in_elsewhere_is_not_taken_for_a_promotion(client):
    assert "code" not in client.get("/accounts/login/?code=abc").cookies


def test_the_cart_tells_of_what_is_nearly_reached_and_of_a_gift(shopper, scarf):
    make_promotion(name="Three for two", benefit="buy_get", buy_quantity=2, get_quantity=1, products=[scarf.product])
    assert "One more piece, and you get “Three for two”." in words(shopper.get("/cart/"))

    mug = make_variant(make_product("Mug"), price=900)
    make_promotion(name="A mug for you", benefit="gift", gift=mug, products=[scarf.product])
    page = words(shopper.get("/cart/"))
    assert "A gift: 1 piece" in page and "A mug for you −€9.00" in page
    StockLevel.objects.filter(variant=mug).update(on_hand=0)
    assert "The gift, Mug, is sold out. You can order without it." in words(shopper.get("/cart/"))


def test_each_delivery_is_offered_at_what_it_costs_with_promotions(shopper):
    make_promotion(name="Sent for us", benefit="free_delivery")

    page = shopper.get("/checkout/").content.decode()

    assert 'name="total-standard" value="9800"' in page
    assert order_by(shopper).status_code == 303
    assert Order.objects.get().delivery_discount == 490


def test_a_sum_that_grew_because_a_promotion_ended_is_told_before_anything_is_ordered(shopper):
    promotion = make_promotion()
    shopper.get("/checkout/")
    answer = order_by_while(shopper, lambda: Promotion.objects.filter(pk=promotion.pk).update(limit_total=0))

    assert answer.status_code == 409 and "from €93.10 to €102.90" in words(answer)
    assert not Order.objects.exists()


def order_by_while(client, happens):
    from orders.actions import promotions
    from tests.shop.shopper import typed

    sent = typed(client)
    happens()
    promotions.changed(Promotion.objects.get())
    return client.post("/checkout/", sent)


def test_the_cart_costs_two_queries_more_with_promotions(shopper, django_assert_max_num_queries):
    make_promotion("ten", limit_total=5)
    make_promotion(benefit="free_delivery", min_value=5000)
    shopper.post("/cart/codes/", {"code": "ten"})
    shopper.get("/cart/")

    with django_assert_max_num_queries(12):
        shopper.get("/cart/")


# --- the office


@pytest.fixture
def office(client):
    client.force_login(make_customer("boss@example.com", is_staff=True, is_superuser=True))
    return client


def form_of(**fields) -> dict:
    inlines = {f"{name}-{part}": "0" for name in ("codes", "amounts") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    plain = {
        "name_en": "Spring",
        "benefit": "percent",
        "percent": "10",
        "lane": "1",
        "priority": "0",
        "is_active": "on",
    }
    return {**inlines, **plain, **fields}


def test_a_merchant_makes_a_promotion_with_a_code_of_her_own(office, scarf):
    code = {"codes-TOTAL_FORMS": "1", "codes-0-code": "Spring 10", "codes-0-is_active": "on"}

    answer = office.post(
        "/admin/orders/promotion/add/",
        form_of(needs_code="on", weekdays=["0", "4"], min_value="20,50", products=[scarf.product_id], **code),
    )

    assert answer.status_code == 302, answer.context["errors"]
    promotion = Promotion.objects.get()
    assert (promotion.weekdays, promotion.min_value, promotion.codes.get().key) == ("04", 2050, "SPRING10")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"percent": ""}, "Say how many percent."),
        ({"benefit": "order_amount"}, "Say the amount or the price."),
        ({"benefit": "bundle", "amount": "10"}, "Say how many pieces."),
        ({"benefit": "gift"}, "Choose the gift."),
        ({"limit_total": "0"}, "Leave it empty, or say at least 1."),
    ],
)
def test_what_is_missing_is_asked_for_in_words(office, fields, sentence):
    answer = office.post("/admin/orders/promotion/add/", form_of(**fields))

    assert answer.status_code == 200 and sentence in answer.content.decode()


def test_the_list_says_the_state_and_a_used_promotion_cannot_be_deleted(office, scarf):
    make_counter()
    used = make_promotion(name="Used once", limit_total=1)
    make_promotion(name="Later", starts_at=timezone.now() + timedelta(days=1))
    make_promotion(name="Draft", is_active=False)
    put_in(office, scarf)
    order_by(office, email=None)

    page = words(office.get("/admin/orders/promotion/"))

    assert all(state in page for state in ("used up", "planned", "draft", "1 / 1"))
    filtered = words(office.get("/admin/orders/promotion/?state=used up"))
    assert "Used once" in filtered and "Later" not in filtered
    assert office.post(f"/admin/orders/promotion/{used.pk}/delete/", {"post": "yes"}).status_code == 403
    told = words(office.get(f"/admin/orders/promotion/{used.pk}/change/"))
    assert "€4.90 given away, €49.00 turnover" in told


def test_a_batch_of_codes_is_made_and_downloaded_without_formulas(office):
    promotion = make_promotion(needs_code=True)
    PromotionCode.objects.create(promotion=promotion, code="=1+1", key="11", batch="@cmd")

    answer = office.post(
        f"/admin/orders/promotion/{promotion.pk}/codes/", {"number": "3", "prefix": "may", "batch": ""}
    )
    file = b"".join(office.get(f"/admin/orders/promotion/{promotion.pk}/codes-file/", follow=True).streaming_content)

    rows = file.decode().splitlines()
    assert answer.status_code == 302 and len(rows) == 5
    assert rows[1].startswith("'=1+1,'@cmd") and rows[2].startswith("MAY-")


def test_a_copy_is_a_draft(office):
    promotion = make_promotion("once")

    office.get(f"/admin/orders/promotion/{promotion.pk}/copy/")
    assert Promotion.objects.count() == 1
    office.post(f"/admin/orders/promotion/{promotion.pk}/copy/")

    assert list(Promotion.objects.order_by("pk").values_list("is_active", flat=True)) == [True, False]


def test_the_test_bench_tries_drafts_and_says_why_others_lose(office, scarf):
    make_counter()
    make_promotion(name="A draft of half", percent=50, is_active=False)
    make_promotion(name="A little less", percent=5)
    make_promotion("secret", name="For who knows")

    basket = {"variant_1": scarf.pk, "quantity_1": "2", "country": "ES", "currency": "EUR", "before": "0", "codes": ""}
    page = words(office.post("/admin/orders/promotion/bench/", basket))

    assert "A draft of half draft" in page and "−€49.00" in page
    assert "“A draft of half” takes more off" in page and "Its code was not typed." in page
