"""An old address leads on for ever; what is no longer sold says so; what is scheduled shows itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from catalog.actions import addresses, listing, publishing
from catalog.models import Brand, OldAddress, Product
from catalog.tasks import publish_due
from tests.catalog.test_admin_product import body
from tests.makers import make_cart, make_category, make_customer, make_product, make_variant

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def owner(client):
    owner = make_customer(is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


@pytest.fixture
def cup():
    variant = make_variant(make_product("Cup", slug="cup"))
    listing.refresh([variant.product_id])
    return variant.product


def move(thing, slug):
    old, thing.slug = thing.slug, slug
    thing.save()
    addresses.left(thing, old)


def change(client, product, **fields):
    data = {**body(product.category, name_en=product.name, slug=product.slug, status=product.status), **fields}
    return client.post(reverse("admin:catalog_product_change", args=[product.pk]), data)


def test_an_old_address_leads_on_for_ever_with_its_query(client, cup):
    move(cup, "mug")
    move(cup, "beaker")

    for old in ("cup", "mug"):
        response = client.get(f"/p/{old}/?sku=A")
        assert (response.status_code, response.url) == (301, "/p/beaker/?sku=A")
    assert client.get("/es/p/cup/").url == "/es/p/beaker/"


def test_pages_below_an_old_address_lead_on_too(client, cup):
    move(cup, "mug")
    client.force_login(make_customer())

    assert client.get("/es/p/cup/reviews/?sort=newest").url == "/es/p/mug/reviews/?sort=newest"
    assert client.get("/p/cup/reviews/new/").url == "/p/mug/reviews/new/"
    assert client.get("/p/cup/questions/").url == "/p/mug/questions/"
    assert client.get("/p/never-was/questions/").status_code == 404


def test_who_takes_his_old_address_back_is_found_there(client, cup):
    move(cup, "mug")
    move(cup, "cup")

    assert client.get("/p/cup/").status_code == 200
    assert client.get("/p/mug/").url == "/p/cup/"
    assert not OldAddress.objects.filter(slug="cup").exists()


def test_a_page_that_is_there_asks_for_no_old_address(client, cup, django_assert_max_num_queries):
    client.get("/p/cup/")
    with django_assert_max_num_queries(8):
        client.get("/p/cup/")


def test_categories_and_brands_keep_their_old_addresses(client):
    category, brand = make_category(slug="cups"), Brand.objects.create(name="Lumbre", slug="lumbre")
    move(category, "mugs")
    move(brand, "lumbre-casa")

    assert client.get("/c/cups/").url == "/c/mugs/"
    assert client.get("/brands/lumbre/").url == "/brands/lumbre-casa/"


def test_nothing_leads_to_what_visitors_may_not_see(client, cup):
    move(cup, "mug")
    Product.objects.update(status="draft")

    assert client.get("/p/cup/").status_code == 404


def test_a_changed_address_in_the_office_goes_on_leading_there(client, owner, cup):
    change(client, cup, slug="mug")

    assert client.get("/p/cup/").url == "/p/mug/"


def test_an_old_address_is_not_stolen_silently(client, owner, cup):
    move(cup, "mug")
    tin = make_product("Tin", slug="tin")

    page = change(client, tin, slug="cup").content.decode()
    client.post(reverse("admin:catalog_product_add"), body(cup.category, name_en="Cup", slug=""))

    assert "This was once the address of “Cup”" in page
    assert Product.objects.latest("pk").slug == "cup-2"


def test_what_is_no_longer_sold_says_so_with_what_resembles_it(client, cup):
    bowl = make_variant(make_product("Bowl", category=cup.category)).product
    publishing.archive([cup.pk])
    listing.refresh([bowl.pk])

    response = client.get("/p/cup/")
    page = response.content.decode()

    assert response.status_code == 410 and "This is no longer sold." in page and "noindex" in page
    assert bowl.get_absolute_url() in page
    sitemap = b"".join(client.get("/sitemap.xml?part=1").streaming_content).decode()
    assert bowl.get_absolute_url() in sitemap and "/p/cup/" not in sitemap


def test_a_scheduled_product_shows_itself_once_and_leaves_again(client, cup):
    Product.objects.update(
        status="scheduled", published_at=None, publish_at=NINE, unpublish_at=NINE + timedelta(days=1)
    )
    listing.refresh([cup.pk])
    assert client.get("/p/cup/").status_code == 404

    assert publishing.publish_due(NINE - timedelta(minutes=1)) == {}
    cup.refresh_from_db()
    assert cup.status == "scheduled"

    for _twice in range(2):
        publishing.publish_due(NINE)
    cup.refresh_from_db()
    assert (cup.status, cup.published_at) == ("published", NINE)
    assert client.get("/p/cup/").status_code == 200

    assert [publishing.take_down_due(NINE + timedelta(days=1)) for _twice in range(2)] == [1, 0]
    assert client.get("/p/cup/").status_code == 410


def test_the_clock_does_both(cup):
    now = timezone.now()
    Product.objects.update(status="scheduled", publish_at=now - timedelta(minutes=1))

    publish_due()

    cup.refresh_from_db()
    assert cup.status == "published"


def test_shown_again_after_its_time_it_stays(cup):
    Product.objects.update(status="archived", unpublish_at=NINE)

    publishing.publish(cup, NINE + timedelta(days=1))

    assert publishing.take_down_due(NINE + timedelta(days=2)) == 0


def test_a_schedule_without_a_date_is_refused_politely_and_by_the_database(client, owner, cup):
    page = change(client, cup, status="scheduled", publish_at_0="", publish_at_1="").content.decode()

    assert "Say when it is to be published." in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.update(status="scheduled", publish_at=None)


@pytest.mark.parametrize("where", ["cart", "order"])
def test_what_somebody_wants_is_archived_and_not_deleted(client, owner, cup, where):
    if where == "cart":
        make_cart(cup.variants.get())
    else:
        _order_of(cup.variants.get())
    address = reverse("admin:catalog_product_delete", args=[cup.pk])

    assert "Archive it instead?" in client.get(address).content.decode()
    response = client.post(address, {"post": "yes"}, follow=True)

    cup.refresh_from_db()
    assert cup.status == "archived"
    assert "so it was archived and not deleted" in response.content.decode()


def _order_of(variant):
    from tests.makers import make_counter
    from tests.orders.conftest import place

    make_counter()
    place(variant)
