"""Segments in the back office: put together without a script, looked at, explained, taken away."""

import pytest
from django.urls import reverse

from marketing.models import Segment
from tests.customers.office import clerk_with
from tests.makers import make_customer, make_promotion
from tests.marketing.crowd import NOW, buy, make_profile
from tests.marketing.test_segments import inside, make_segment, orders

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = make_customer("owner@example.com", is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


def page(segment: Segment, name: str) -> str:
    return reverse(f"admin:marketing_segment_{name}", args=[segment.pk])


def test_a_marketer_puts_a_nested_segment_together_button_by_button(client, owner):
    buy(make_profile("ada@example.com", name="Ada"))
    make_profile("ben@example.com", name="Ben")
    client.post(reverse("admin:marketing_segment_add"), {"name": "Friends", "start": ""})
    segment = Segment.objects.get()
    rule = page(segment, "rule")

    added = client.post(rule, {"match-": "all", "new-": "name", "do": "add:"}).content.decode()
    assert 'name="kind-0" value="name"' in added
    form = {"match-": "all", "node": ["0", "1"], "kind-0": "name", "0-words": "", "match-1": "any", "new-1": "orders"}
    grouped = client.post(rule, {**form, "do": "add:1"}).content.decode()
    assert 'name="kind-1.0" value="orders"' in grouped
    form |= {"node": ["0", "1", "1.0"], "kind-1.0": "orders", "1.0-count": "at-least", "1.0-count-number": "1"}
    form |= {"1.0-when": "within", "1.0-when-days": "9999"}
    refused = client.post(rule, {**form, "do": "save"}).content.decode()
    assert "type a word" in refused
    assert "a number of days" in refused
    assert Segment.objects.get().rule == {}
    saved = client.post(rule, {**form, "0-words": "ada", "1.0-when": "ever", "do": "save"}, follow=True)

    assert inside(segment) == {"ada@example.com"}
    assert "1 person joined or left" in saved.content.decode()


def test_conditions_are_moved_and_removed_and_nonsense_is_passed_over(client, owner):
    segment = make_segment(orders())
    form = {
        "match-": "none",
        "node": ["0", "1", "7.7.7", "x"],
        "kind-0": "name",
        "0-words": "<ada>",
        "kind-1": "birthday",
    }
    form["1-days"] = "7"

    moved = client.post(page(segment, "rule"), {**form, "do": "up:1"}).content.decode()
    dropped = client.post(page(segment, "rule"), {**form, "do": "drop:1"}).content.decode()

    assert moved.index('value="birthday">') < moved.index('value="name">')
    assert "&lt;ada&gt;" in dropped
    assert 'name="kind-1"' not in dropped


def test_every_ready_made_segment_is_a_rule_that_can_be_shown_and_kept(client, owner):
    from marketing.segments.starters import starters

    make_profile("ada@example.com")
    for one in starters():
        response = client.post(reverse("admin:marketing_segment_add"), {"name": "", "start": one.code}, follow=True)
        assert "Whom it finds" in response.content.decode()

    assert [segment.is_settled for segment in Segment.objects.all()] == [True] * len(starters())


def test_it_says_when_an_effect_could_not_be_told_from_chance(client, owner):
    buy(make_profile("ada@example.com"))
    for _each in range(9):
        make_profile()
    segment = make_segment(orders())

    body = client.get(page(segment, "rule")).content.decode()

    assert "cannot be measured here" in body


def test_why_somebody_is_in_it_is_told_with_what_was_seen(client, owner):
    buy(make_profile("ada@example.com"))
    segment = make_segment(orders(), now=NOW)

    body = client.get(page(segment, "why"), {"email": " Ada@Example.com"}).content.decode()

    assert "ada@example.com is in it" in body
    assert "seen: 1 time" in body
    assert "Nobody is known" in client.get(page(segment, "why"), {"email": "eve@example.com"}).content.decode()


def test_the_list_as_a_file_holds_no_formula(client, owner):
    buy(make_profile("ada@example.com", name='=HYPERLINK("http://evil")'))
    segment = make_segment(orders())

    lines = b"".join(client.get(page(segment, "file")).streaming_content).decode().splitlines()

    assert len(lines) == 2
    assert lines[1].startswith("ada@example.com,\"'=HYPERLINK")


def test_the_people_are_found_and_the_list_is_frozen(client, owner):
    buy(make_profile("ada@example.com", name="Ada Lovelace"))
    buy(make_profile("ben@example.com"))
    segment = make_segment(orders())

    body = client.get(page(segment, "people"), {"q": "lovelace"}).content.decode()
    client.post(page(segment, "freeze"), {"name": "November"})

    assert "ada@example.com" in body
    assert "ben@example.com" not in body
    assert inside(Segment.objects.get(kind="snapshot")) == {"ada@example.com", "ben@example.com"}


def test_deleting_is_asked_for_first_and_refused_in_words_while_something_names_it(client, owner):
    segment = make_segment(orders())
    promotion = make_promotion(segment="buyers", name="Thanks")

    refused = client.post(page(segment, "delete"), {"post": "yes"}, follow=True).content.decode()
    assert "the promotion “Thanks”" in refused
    promotion.segment = ""
    promotion.save()
    assert "Buyers" in client.get(page(segment, "delete")).content.decode()
    client.post(page(segment, "delete"), {"post": "yes"})

    assert not Segment.objects.exists()


def test_the_promotion_form_offers_the_segments_there_are(client, owner):
    make_segment(orders())
    promotion = make_promotion(segment="gone", name="Thanks")

    body = client.get(reverse("admin:orders_promotion_change", args=[promotion.pk])).content.decode()

    assert '<option value="buyers">Buyers</option>' in body
    assert "gone (not there any more)" in body


def test_who_may_only_look_changes_nothing(client):
    segment = make_segment(orders())
    client.force_login(clerk_with("view_segment"))

    assert client.get(page(segment, "people")).status_code == 200
    refused = [client.get(page(segment, name)).status_code for name in ("rule", "file")]
    assert [*refused, client.post(page(segment, "freeze"), {"name": "x"}).status_code] == [403, 403, 403]
