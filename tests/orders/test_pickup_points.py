"""Carriers' pick-up points: lists that are taken over again and again, and the nearest to somebody."""

import pytest
from django.utils import timezone

from orders import points
from orders.actions import pickup_lists
from orders.models import PickupList, PickupPoint
from orders.queries.pickup_points import MOST, PER_PAGE, near
from tests.makers import make_points

pytestmark = pytest.mark.django_db

MAYOR = "M1;Locker Mayor;Plaza Mayor 1;28012;Madrid;40.4155;-3.7074;always"
OPERA = "M2;Kiosk Ópera;Plaza Isabel II 3;28 013;Madrid;40.4183;-3.7103;9–20"
SUECA = "V1;Grocer;Calle Sueca 4;46006;València;39.46;-0.37;"


def told(sent: PickupList) -> dict[str, int]:
    return {name: sent.report[name] for name in ("new", "changed", "same", "gone", "left_out")}


def codes(carrier: str, typed: str, **more) -> list[str]:
    return [point.code for point in near(carrier, "ES", typed, **more).points]


def test_a_list_sent_again_changes_what_is_different_and_gives_up_what_is_missing():
    first = make_points(MAYOR, OPERA, SUECA)
    again = make_points(MAYOR, OPERA.replace("9–20", "10–14"))
    third = make_points(SUECA, is_whole=False)

    assert told(first) == {"new": 3, "changed": 0, "same": 0, "gone": 0, "left_out": 0}
    assert told(again) == {"new": 0, "changed": 1, "same": 1, "gone": 1, "left_out": 0}
    # Part of a list gives nothing up, and what comes back is offered again.
    assert told(third) == {"new": 0, "changed": 1, "same": 0, "gone": 0, "left_out": 0}
    assert PickupPoint.objects.filter(is_active=True).count() == 3


def test_another_carrier_and_another_country_keep_theirs():
    (
        make_points(MAYOR),
        make_points(MAYOR, carrier="Other"),
        make_points("P1;Papelaria;Rua 1;1000-001;Lisboa;;;", country="PT"),
    )

    make_points(OPERA)

    kept = PickupPoint.objects.filter(is_active=True).order_by("carrier", "code")
    assert [(point.carrier, point.code) for point in kept] == [("Kiosk", "M2"), ("Kiosk", "P1"), ("Other", "M1")]


def test_rows_that_cannot_be_read_are_told_and_the_rest_is_taken():
    bad = ["M3;;Street;28001;Madrid;;;", MAYOR.replace("Locker Mayor", "Twice"), f"M4;{'x' * 161};S;1;Madrid;;;", "M5"]
    sent = make_points(MAYOR, *bad, "M6;No place;Street;28001;Madrid;north;500;", "M7;Null;S;28001;Madrid;0;0;")

    assert told(sent) == {"new": 3, "changed": 0, "same": 0, "gone": 0, "left_out": 4}
    assert [number for number, _why in sent.report["faults"]] == [2, 3, 4, 5]
    assert set(PickupPoint.objects.filter(code__in=["M6", "M7"]).values_list("latitude", "longitude")) == {(None, None)}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", b"a;b;c\0", b"code;name;address\n", b"x" * 20_000_001])
def test_what_is_no_table_is_refused_in_words(content):
    with pytest.raises(points.Unreadable):
        pickup_lists.keep(content, "list.csv", "Kiosk", "ES")

    assert not PickupList.objects.exists()


def test_a_list_is_taken_over_once():
    sent = make_points(MAYOR)

    with pytest.raises(pickup_lists.AlreadyTaken):
        pickup_lists.take(sent, sent.columns, timezone.now())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("28012", ["M1", "M2"]),
        ("28 013", ["M2", "M1"]),
        ("2801", ["M1", "M2"]),
        ("28", ["M1", "M2"]),
        ("28099", ["M1", "M2"]),
        ("valencia", ["V1"]),
        ("Madr", ["M1", "M2"]),
        ("08001", []),
        ("", []),
        ("%", []),
        ("m" * 500, []),
    ],
)
def test_points_are_found_by_postcode_or_town_the_nearest_first(typed, found):
    make_points(MAYOR, OPERA, SUECA), make_points("M9;Other;S 1;28012;Madrid;;;", carrier="Other")

    assert sorted(codes("Kiosk", typed)) == sorted(found)
    assert codes("Kiosk", typed)[:1] == found[:1] or typed in ("2801", "28", "28099")


def test_where_there_are_thousands_a_bounded_number_is_read_and_paged(django_assert_max_num_queries):
    make_points(*(f"C{n};Kiosk {n};Street {n};28{n % 40:03};Madrid;40.{n:04};-3.7;" for n in range(900)))

    with django_assert_max_num_queries(4):
        first = near("Kiosk", "ES", "28039")

    assert (len(first.points), first.pages) == (PER_PAGE, MOST // PER_PAGE)
    assert {point.postcode for point in first.points} == {"28039"}
    assert not set(first.points) & set(near("Kiosk", "ES", "28039", page=2).points)
    assert near("Kiosk", "ES", "28039", page=99).page == first.pages
