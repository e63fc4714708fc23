"""Staff sees of a person in which stage he is, why, how far he got and what he did; and says who is one person."""

import pytest
from django.urls import reverse

from marketing.actions import episodes, profiles
from marketing.actions.events import record
from marketing.models import Episode, Event, Profile
from tests.makers import make_customer
from tests.marketing.conftest import ADA, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make_customer("boss@example.com", is_staff=True, is_superuser=True))
    return client


def page_of(profile) -> str:
    return reverse("admin:marketing_profile_change", args=[profile.pk])


def test_the_page_of_a_person_tells_all_of_it(office):
    ada = profiles.know(ADA, make_customer(ADA), name="Ada Byron")
    episodes.reach(None, ada.pk, Episode.Step.CART, NOW)
    for number in range(35):
        record(Event.Type.SEARCHED, profile=ada, text=f"cup {number}", occurred_at=NOW)

    page = office.get(page_of(ada)).content.decode()

    for words in ("Ada Byron", "filled a cart", "cup 34", "1 / 2", "fixed numbers of days"):
        assert words in page
    assert "cup 0<" in office.get(page_of(ada), {"page": "2"}).content.decode()
    assert "Ada Byron" in office.get(reverse("admin:marketing_profile_changelist"), {"q": "byron"}).content.decode()
    assert (
        page_of(ada) in office.get(reverse("admin:customers_customer_change", args=[ada.customer_id])).content.decode()
    )


def test_staff_makes_one_person_of_two_and_two_again(office):
    ada, other = profiles.know(ADA, make_customer(ADA)), profiles.know("second@example.com")

    office.post(reverse("admin:marketing_profile_merge", args=[ada.pk]), {"email": "Second@example.com"})
    assert list(Profile.objects.all()) == [ada]
    done = ada.merges.get()
    assert "second@example.com" in office.get(page_of(ada)).content.decode()

    office.post(reverse("admin:marketing_profile_apart", args=[ada.pk]), {"merge": done.pk})
    assert Profile.objects.filter(pk=other.pk).exists()


def test_who_may_only_read_merges_nobody(client):
    ada, other = profiles.know(ADA), profiles.know("second@example.com")
    client.force_login(make_customer("clerk@example.com", is_staff=True))

    assert (
        client.post(reverse("admin:marketing_profile_merge", args=[ada.pk]), {"email": other.email}).status_code == 403
    )
    assert client.get(page_of(ada)).status_code == 403
    assert Profile.objects.filter(pk=other.pk).exists()
