"""The back office as a whole: its front page, its menu, and that every list and form opens."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.sites import site
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from catalog.admin.money import MoneyField
from catalog.models import Brand, PriceChange, Product
from customers.models import Customer, Mail, ShopDetails
from marketing.models import Event
from orders.actions.payments import mark_paid
from orders.models import Order
from shop.admin.clock import JobAdmin
from shop.demo import merchant
from shop.models import HomePage, Page
from tests.makers import make_cart, make_counter, make_customer, make_product, make_variant
from tests.orders.conftest import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = make_customer("irene@example.com", name="Irene L", is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


@pytest.fixture
def shop(db):
    """One of the most important things."""
    make_counter()
    blanket = make_variant(make_product("Wool blanket"), stock=10)
    paid = place((blanket, 2), now=timezone.now())
    mark_paid(paid)
    make_cart(blanket)
    ShopDetails.objects.create(name="Lumbre")
    HomePage.objects.create(hero_title="Hello")
    Page.objects.create(slug="returns", title="Returns", body="<p>Send it back.</p>")
    return blanket


def names() -> list[str]:
    return [f"{model._meta.app_label}_{model._meta.model_name}" for model in site._registry]


def test_every_list_opens_and_can_be_searched(client, owner, shop):
    for name in names():
        for query in ({}, {"q": "a"}):
            response = client.get(reverse(f"admin:{name}_changelist"), query)
            assert response.status_code in (200, 302), name


def test_every_page_of_a_row_opens(client, owner, shop):
    for model in site._registry:
        row = model._default_manager.first()
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        address = reverse(f"{name}_change", args=[row.pk]) if row else reverse(f"{name}_add")

        assert client.get(address).status_code in ((200,) if row else (200, 302, 403)), name


def front(client) -> str:
    response = client.get(reverse("admin:index"))
    assert response.status_code == 200
    return response.content.decode()


def test_the_front_page_says_what_happened_and_what_waits(client, owner, shop):
    Event.objects.create(type="product_viewed")
    text = front(client)

    assert "Good day, Irene" in text
    assert "€102.90" in text
    assert "order to pack" in text
    assert "view=pack" in text
    assert "letter could not be sent" not in text
    Mail.objects.update(status="failed")
    assert "letter could not be sent" in front(client)


def test_numbers_lead_to_lists_that_hold_as_many(client, owner, shop):
    later = place(shop, now=timezone.now() - timedelta(days=9))
    Order.objects.filter(pk=later.pk).update(status="cancelled")
    figures = client.get(reverse("admin:index")).context["figures"]

    week = client.get(figures[1]["url"]).context["cl"].result_list
    before = client.get(figures[1]["before"]).context["cl"].result_list
    assert sum(order.total for order in week) == 10290
    assert list(before) == []


def test_an_empty_shop_has_a_front_page_too(client, owner):
    assert "Good day" in front(client)


def test_the_front_page_asks_little_and_not_more_with_more_orders(client, owner, shop):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            front(client)
        return len(asked)

    queries()
    few = queries()
    for _ in range(3):
        mark_paid(place(shop, now=timezone.now()))

    assert queries() == few <= 28


def clerk_of(client, role: str) -> None:
    person = make_customer(is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    client.force_login(person)


def test_each_role_sees_its_own_lists_only(client, shop):
    Customer.objects.filter(is_staff=True).delete()
    merchant.hire_staff()
    clerk_of(client, "Order desk")
    desk = front(client)
    assert reverse("admin:orders_order_changelist") in desk
    assert reverse("admin:marketing_flow_changelist") not in desk
    assert reverse("admin:auth_group_changelist") not in desk
    assert client.get(reverse("admin:marketing_flow_changelist")).status_code == 403

    clerk_of(client, "Marketing")
    assert reverse("admin:marketing_flow_changelist") in front(client)
    assert client.get(reverse("admin:catalog_stocklevel_changelist")).status_code == 403
    order = Order.objects.get()
    for step in ("pay", "ship", "refund", "cancel", "remark"):
        assert client.post(reverse(f"admin:orders_order_{step}", args=[order.pk])).status_code == 403


def test_the_office_speaks_the_language_one_chooses(client, owner, shop):
    response = client.post(reverse("office-language"), {"language": "es", "next": "/admin/"})

    assert response.url == "/admin/"
    assert client.cookies["django_language"].value == "es"
    assert 'lang="es"' in front(client)


def test_pages_are_cleaned_when_they_are_saved(client, owner, shop):
    page = Page.objects.get()
    words = {f"{name}_{code}": "" for name in ("title", "body") for code in ("en", "es", "ru")}
    fields = {"title_en": "Returns", "body_en": "<h2 onclick=x>How</h2><script>1</script>", "position": 0}
    client.post(reverse("admin:shop_page_change", args=[page.pk]), {**words, **fields})

    page.refresh_from_db()
    assert (page.body_en, page.slug) == ("<h2>How</h2>", "returns")


def test_facts_of_the_home_page_are_lines_of_text(client, owner, shop):
    parts = ("hero_title", "hero_text", "hero_action", "story_title", "story_text", "facts", "voices")
    words = {f"{name}_{code}": "" for name in parts for code in ("en", "es", "ru")}
    address = reverse("admin:shop_homepage_change", args=[1])
    good = {"hero_title_en": "Hello", "facts_en": "Linen | From Valencia\n\nOak | From Asturias"}
    client.post(address, {**words, **good})
    assert HomePage.objects.get().facts_en[1] == {"title": "Oak", "text": "From Asturias"}

    assert b"has 1 parts" in client.post(address, {**words, **good, "facts_en": "Linen"}).content
    voice = "Ana | Vigo | Good | no-such-thing"
    assert b"no-such-thing" in client.post(address, {**words, **good, "voices_en": voice}).content


def test_lists_are_searched_in_small_and_capital_letters_of_every_alphabet(client, owner, shop):
    Brand.objects.create(name="Льняной Дом [*]", slug="linen")
    make_customer("olga@example.com", name="Ольга Ёлкина")

    def found(name: str, words: str) -> int:
        return client.get(reverse(f"admin:{name}_changelist"), {"q": words}).context["cl"].result_count

    assert [found("catalog_brand", words) for words in ("льняной", "ДОМ [*]", "дом ?", "дом[*]")] == [1, 1, 0, 0]
    assert [found("customers_customer", words) for words in ("ольга ЁЛК", "елкин")] == [1, 0]


def test_no_list_reads_all_its_rows_to_say_which_days_it_has():
    assert not [admin for admin in site._registry.values() if admin.date_hierarchy]


def test_a_list_is_narrowed_to_days_of_the_shop_by_an_index(client, owner):
    moments = ("2026-11-01T22:59Z", "2026-11-01T23:01Z", "2026-11-03T22:59Z", "2026-11-03T23:01Z")
    for key, moment in enumerate(moments):
        Mail.objects.create(key=key, to="a@example.com", subject=key, created_at=datetime.fromisoformat(moment))

    def shown(**days: str) -> set[str]:
        asked = {f"created_at_{side}": day for side, day in days.items()}
        page = client.get(reverse("admin:customers_mail_changelist"), asked)
        return {row.subject for row in page.context["cl"].result_list}

    assert shown(**{"from": "2026-11-02", "to": "03/11/2026"}) == {"1", "2"}
    assert shown(**{"from": "2026-11-04"}) == {"3"}
    assert shown(**{"from": "soon", "to": "9999-12-31"}) == {"0", "1", "2", "3"}
    rows = Mail.objects.filter(created_at__gte=timezone.now(), created_at__lt=timezone.now()).order_by("-id")
    assert connection.vendor == "postgresql" or "mail_by_day" in rows.explain()


def test_days_are_written_as_europe_writes_them(client, owner, shop):
    assert f"{timezone.localdate():%-d %B %Y}" in client.get(reverse("admin:index")).content.decode()
    assert date_format(date(2026, 11, 22)) == "22 Nov 2026"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"brand": "one"}, 400),
        ({"category": "9" * 40}, 200),
        ({"tags": ["x"]}, 400),
        ({"variants-TOTAL_FORMS": "2000"}, 400),
    ],
    ids=["brand", "category", "tags", "rows"],
)
def test_what_no_form_of_ours_sends_is_refused_and_not_an_accident(client, owner, shop, sent, status):
    fields = {"variants-TOTAL_FORMS": "0", "variants-INITIAL_FORMS": "0", "name_en": "Mug", "slug": "mug"}

    answer = client.post(reverse("admin:catalog_product_add"), {**fields, **sent})

    assert answer.status_code == status
    assert not Product.objects.filter(slug="mug").exists()


def test_the_button_that_deletes_has_no_noun_that_would_have_to_be_declined(client, owner, shop):
    client.cookies["django_language"] = "ru"

    product = client.get(reverse("admin:catalog_product_change", args=[Product.objects.first().pk])).content.decode()

    assert re.search(r">\s*Удалить\s*<", product)
    assert "Удалить товар" not in product


def test_money_is_typed_and_named_as_the_language_writes_it():
    with translation.override("es"):
        assert MoneyField(currency="EUR").prepare_value(6930) == "69,30"
        assert str(PriceChange(sku="LU-1", price=6930, currency="EUR")) == "LU-1 · 69,30\xa0€"
    with translation.override("en"):
        assert MoneyField(currency="EUR").prepare_value(6930) == "69.30"


def test_the_clock_says_in_words_how_often_a_job_runs():
    jobs = JobAdmin(PeriodicTask, admin.site)
    often = PeriodicTask(interval=IntervalSchedule(every=120, period=IntervalSchedule.SECONDS))
    nightly = PeriodicTask(crontab=CrontabSchedule(hour="4", minute="5", timezone="Europe/Madrid"))

    assert jobs.when(often) == "every 2 minutes"
    assert jobs.when(nightly) == "every day at 04:05 Europe/Madrid"
