"""A parcel to a pick-up point of a carrier: found by postcode, chosen, and told from then on."""

import re

import pytest
from django.core import mail as sent_mail
from django.utils import timezone

from customers import mail
from orders.models import DeliveryMethod, Order, PickupPoint
from tests.makers import make_counter, make_customer, make_delivery, make_points, make_variant
from tests.shop.shopper import put_in, typed

pytestmark = pytest.mark.django_db
ADDRESS = {"line1": None, "postcode": None, "city": None}


@pytest.fixture
def shopper(client):
    """Somebody with one thing in the cart of a shop that also sends to kiosks in Madrid."""
    make_counter()
    make_delivery("point", 300, name="To a kiosk", kind=DeliveryMethod.Kind.POINT, carrier="Kiosk")
    rows = [f"K{n};Kiosk {n};Calle {n};28013;Madrid;;;9–20 h" for n in range(8)]
    make_points(*rows, "T1;Kiosk Tenerife;Calle T;38001;Santa Cruz;;;")
    make_points("O1;Other carrier;Calle O;28013;Madrid;;;", carrier="Other")
    put_in(client, make_variant(price=1000))
    return client


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def look(shopper, **fields):
    """Press “Show pick-up points”."""
    return shopper.post("/checkout/", typed(shopper, delivery="point", update="points", **ADDRESS, **fields))


def key(code: str) -> int:
    return PickupPoint.objects.get(code=code).pk


def order_to(shopper, point, **fields):
    page = look(shopper, point_search="28013", point=point)
    total = re.search(r'name="total-point" value="(\d+)"', words(page))[1]
    rest = re.search(r'name="rest-point" value="(\d+)"', words(page))[1]
    sums = {"total-point": total, "rest-point": rest}
    wanted = {"delivery": "point", "point_search": "28013", "point": point, **sums, **ADDRESS, **fields}
    return shopper.post("/checkout/", typed(shopper, **wanted))


def test_points_are_shown_for_a_postcode_page_by_page(shopper):
    first = words(look(shopper, point_search="28013"))
    second = words(
        shopper.post("/checkout/", typed(shopper, delivery="point", point_search="28013", update="points-2"))
    )

    assert [f"Kiosk {n}<" in first for n in range(8)] == [True] * 6 + [False] * 2
    assert [f"Kiosk {n}<" in second for n in range(8)] == [False] * 6 + [True] * 2
    assert "Other carrier" not in first
    # Who has it kept at a kiosk cannot pay at the door.
    assert 'value="on_delivery"' not in first


def test_a_parcel_goes_to_the_point_that_was_chosen_and_everybody_says_so(shopper):
    answer = order_to(shopper, key("K2"))

    order = Order.objects.get()
    assert (order.point_code, order.point_name, order.pickup_point_id) == ("K2", "Kiosk 2", key("K2"))
    goes_to = order.addresses.get(kind="delivery")
    assert (goes_to.name, goes_to.line1, goes_to.line2, goes_to.postcode) == (
        "Ada Byron",
        "Calle 2",
        "Kiosk 2",
        "28013",
    )
    # The invoice names its buyer, not a kiosk.
    invoice = order.addresses.get(kind="billing")
    assert (invoice.name, invoice.line1, invoice.city) == ("Ada Byron", "", "")
    page = words(shopper.get(answer.url))
    assert all(said in page for said in ("Waits for you at", "Kiosk 2", "Pick-up point K2", "9–20 h"))
    mail.dispatch(timezone.now())
    assert "Kiosk 2, Calle 2, 28013 Madrid (K2)" in sent_mail.outbox[0].body


@pytest.mark.parametrize("point", ["", "0", "x", "9" * 30, "Other"])
def test_without_a_point_of_this_carrier_nothing_is_ordered(shopper, point):
    answer = order_to(shopper, key("O1") if point == "Other" else point)

    assert (answer.status_code, Order.objects.count()) == (422, 0)
    assert "Choose the pick-up point" in words(answer)


def test_a_point_that_was_given_up_meanwhile_is_not_ordered_to(shopper):
    point = key("K1")
    PickupPoint.objects.filter(code="K1").update(is_active=False)

    assert (order_to(shopper, point).status_code, Order.objects.count()) == (422, 0)


def test_a_country_without_points_is_not_offered_any(shopper):
    page = words(shopper.post("/checkout/", typed(shopper, country="PT", update="country")))

    assert 'value="point"' not in page
    assert 'value="standard"' in page


def test_who_sends_to_no_points_is_asked_nothing_about_them(client, django_assert_max_num_queries):
    make_counter()
    put_in(client, make_variant())

    page = words(client.get("/checkout/"))

    assert "point_search" not in page


def test_the_clerk_sends_a_list_says_what_is_what_and_reads_what_came_of_it(admin_client, tmp_path):
    make_delivery("point", 300, kind=DeliveryMethod.Kind.POINT, carrier="Kiosk")
    file = tmp_path / "list.csv"
    file.write_text("ref;shop;where;zip;place\nA1;Kiosk;Calle 1;28001;Madrid\nA2;;Calle 2;28001;Madrid\n", "utf-8")
    with file.open("rb") as content:
        form = {"carrier": "Kiosk", "country": "ES", "is_whole": "on", "file": content}
        asked = admin_client.post("/admin/orders/pickuppoint/list/", form)
    assert "Kiosk" in words(admin_client.get(asked.url))

    columns = {"code": 0, "name": 1, "line1": 2, "postcode": 3, "city": 4}
    report = words(admin_client.post(asked.url, columns, follow=True))

    assert "1 new" in report and "Name is empty." in report
    assert PickupPoint.objects.get().postcode_key == "28001"
    assert "Kiosk" in words(admin_client.get("/admin/orders/pickuppoint/?q=280"))
    assert "Kiosk" in words(admin_client.get("/admin/orders/pickuppoint/list/"))


def test_lists_are_sent_by_who_may_write_points(client):
    client.force_login(make_customer(is_staff=True))

    assert client.get("/admin/orders/pickuppoint/list/").status_code == 403
