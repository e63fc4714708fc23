"""With SEARCH_URL another server searches, and the shop does not depend on it. Tried against a stand-in of our own."""

import pytest

from catalog import memo
from catalog.actions import listing, search_index
from catalog.models import Product, SearchChange
from catalog.search import engines, find, outside, suggest
from catalog.search.engines import Query, Term
from tests.catalog.shelf import listed
from tests.catalog.test_search import HOSTILE, found, shop
from tests.stand_ins.search_server import SearchStandIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with SearchStandIn() as running:
        settings.SEARCH_URL = running.url
        outside.listen_again()
        yield running
        outside.listen_again()


SEARCHES = [
    ("en", "blankets"),
    ("en", "lemon"),
    ("en", "quedo mug"),
    ("en", "blan"),
    ("en", "tea pot"),
    ("en", "soap xylophone"),
    ("en", "MUG-01/A"),
    ("es", "jabones"),
    ("ru", "одеяла"),
    ("ru", "адеяло"),
]


def test_it_finds_what_the_main_database_finds(server, settings):
    settings.SEARCH_URL = ""
    shop()
    alone = [sorted(found(words, language)) for language, words in SEARCHES]
    settings.SEARCH_URL = server.url
    search_index.reindex()
    memo.forget()

    assert [sorted(found(words, language)) for language, words in SEARCHES] == alone
    assert server.asked > len(SEARCHES)


def test_a_change_is_told_after_it_was_made(server, django_capture_on_commit_callbacks):
    search_index.reindex()
    with django_capture_on_commit_callbacks(execute=True):
        cup = listed("Cup")
    assert found("cup") == ["Cup"]

    with django_capture_on_commit_callbacks(execute=True):
        Product.objects.filter(pk=cup.pk).update(name_en="Plate")
        listing.refresh([cup.pk])

    assert (found("cup"), found("plate")) == ([], ["Plate"])
    assert not SearchChange.objects.exists()


def test_what_leaves_the_lists_leaves_the_server(server):
    search_index.reindex()
    cup = listed("Cup")
    search_index.send()
    Product.objects.update(status="archived")
    listing.refresh([cup.pk])
    search_index.send()

    assert not any(server._documents("vitrina"))


def test_when_the_server_is_silent_the_main_database_answers_and_changes_wait(server):
    search_index.reindex()
    server.is_broken = True
    listed("Cup")

    assert found("cup") == ["Cup"]
    assert suggest("cu", "en").products
    with pytest.raises(search_index.Unreachable):
        search_index.send()
    waiting = SearchChange.objects.count()
    server.is_broken = False
    outside.listen_again()
    search_index.send()

    assert (waiting, SearchChange.objects.count()) == (1, 0)
    assert found("cup") == ["Cup"]


def test_a_silent_server_is_not_asked_again_at_once(server):
    server.is_broken = True
    query = Query((((Term("encup"),),),))

    assert engines.ranked(query) == []
    asked = server.asked
    server.is_broken = False
    engines.ranked(query)

    assert server.asked == asked


def test_an_answer_from_before_a_change_is_not_kept(server):
    search_index.reindex()
    listed("Cup")
    before = found("cup")
    search_index.send()

    assert (before, found("cup")) == ([], ["Cup"])


def test_without_an_index_nothing_is_made_by_accident(server):
    listed("Cup")

    with pytest.raises(search_index.Unreachable):
        search_index.send()
    assert server.indices == {}
    assert found("cup") == ["Cup"]


def test_a_new_index_takes_the_place_of_the_old_one(server):
    listed("Cup")
    search_index.reindex()
    first = dict(server.aliases)
    search_index.reindex()

    assert server.aliases != first
    assert list(server.indices) == list(server.aliases.values())


def test_changes_wait_while_the_index_is_built(server):
    search_index.reindex()
    SearchChange.objects.create(product_id=search_index.REINDEXING)
    listed("Cup")

    assert search_index.send() == 0
    assert SearchChange.objects.exclude(product_id=0).count() == 1


def test_long_answers_come_in_parts(server, monkeypatch):
    for number in range(7):
        listed(f"Cup {number}")
    search_index.reindex()
    monkeypatch.setattr(outside, "PART", 3)

    assert len(find("cup", "en").ids) == 7


def test_nothing_that_is_typed_makes_it_fail(server):
    shop()
    search_index.reindex()

    for words in HOSTILE:
        assert find(words, "en") is not None
    assert outside._silent_until == 0.0
