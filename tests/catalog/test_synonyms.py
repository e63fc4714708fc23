"""Words that mean the same find each other's goods, as soon as the merchant says so."""

import pytest
from django.urls import reverse

from catalog import revision
from catalog.models import Synonym
from catalog.search import find, suggest
from tests.catalog.shelf import listed
from tests.catalog.test_search import found
from tests.makers import make_customer

pytestmark = pytest.mark.django_db


def say(words: str, also: str = "", language: str = "en") -> None:
    kind = Synonym.Kind.ONE_WAY if also else Synonym.Kind.EQUAL
    Synonym.objects.create(language=language, words=words, also=also, kind=kind)
    revision.renew()


def test_equal_words_find_each_other():
    listed("Oak settee")
    listed("Red couch")
    say("sofa, couch, settee")

    assert set(found("sofas")) == set(found("Couch")) == {"Oak settee", "Red couch"}
    assert found("red sofa") == ["Red couch"]


def test_one_way_words_are_not_found_by_the_others():
    listed("Hamper")
    listed("Laundry basket")
    say("hamper", also="laundry basket")

    assert set(found("hamper")) == {"Hamper", "Laundry basket"}
    assert found("laundry basket") == ["Laundry basket"]


def test_words_that_belong_together_are_one_entry():
    listed("Bathrobe")
    listed("Evening gown")
    say("dressing gown, bathrobe")

    assert found("dressing gowns") == ["Bathrobe"]
    assert found("gown") == ["Evening gown"]


def test_a_synonym_belongs_to_its_language():
    listed("Couch", name_ru="Диван")
    say("софа, диван", language="ru")

    assert found("софа", "ru") == ["Couch"]
    assert found("софа", "en") == []


def test_a_slip_in_a_synonym_is_mended():
    listed("Duvet")
    say("duvet, comforter")

    answer = find("comfortr", "en")

    assert (answer.match, answer.did_you_mean, len(answer.ids)) == ("mended", "comforter", 1)


def test_suggestions_know_them_too():
    listed("Couch")
    say("sofa, couch")

    assert [card.name for card in suggest("sofa", "en").products] == ["Couch"]


@pytest.fixture
def owner(client):
    client.force_login(make_customer("owner@example.com", is_staff=True, is_superuser=True))
    return client


def test_the_merchant_adds_one_and_it_holds_at_once(owner):
    listed("Couch")
    assert found("sofa") == []

    owner.post(reverse("admin:catalog_synonym_add"), {"language": "en", "kind": "equal", "words": "sofa ,couch,, sofa"})

    assert Synonym.objects.get().words == "sofa, couch"
    assert found("sofa") == ["Couch"]


def test_removing_one_holds_at_once(owner):
    listed("Couch")
    say("sofa, couch")
    assert found("sofa") == ["Couch"]

    owner.post(reverse("admin:catalog_synonym_delete", args=[Synonym.objects.get().pk]), {"post": "yes"})

    assert found("sofa") == []


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "equal", "words": "sofa"},
        {"kind": "equal", "words": "***, !!!"},
        {"kind": "one-way", "words": "sofa"},
        {"kind": "equal", "words": ", ".join(f"w{number}" for number in range(30))},
        {"kind": "equal", "words": "a" * 100 + ", b"},
        {"kind": "nonsense", "words": "a, b"},
    ],
)
def test_what_makes_no_sense_is_refused_politely(owner, told):
    answer = owner.post(reverse("admin:catalog_synonym_add"), {"language": "en", **told})

    assert answer.status_code == 200
    assert not Synonym.objects.exists()


def test_a_search_can_be_tried_from_the_list(owner):
    listed("Couch")

    assert b"try-words" in owner.get(reverse("admin:catalog_synonym_changelist")).content
    page = owner.get(reverse("admin:catalog_searchcount_changelist"), {"words": "couch", "language": "en"})

    assert "“couch” finds 1 product." in page.content.decode()


def test_the_report_leads_to_a_synonym_with_the_words_filled_in(owner):
    page = owner.get(reverse("admin:catalog_synonym_add"), {"words": "софа", "language": "ru", "kind": "one-way"})

    assert 'value="софа"' in page.content.decode()
