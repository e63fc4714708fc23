"""Collections hold what their rules say, whatever happens to the goods, and nobody works on more than changed."""

import random
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from catalog import rules
from catalog.actions import collections, listing, stock
from catalog.actions.collections import picks
from catalog.models import Brand, Collection, CollectionMember, Listing, Product, Tag, Variant
from catalog.queries import lists
from catalog.queries.collections import at_the_head
from tests.catalog.shelf import attribute_value, listed, option_value, unlisted
from tests.makers import make_category

pytestmark = pytest.mark.django_db


def condition(field: str, operator: str, value) -> dict:
    return {"field": field, "operator": operator, "value": value}


def rule_of(*parts, match: str = "all") -> rules.Group:
    return rules.read({"match": match, "parts": list(parts)})


def make_collection(*parts, match: str = "all", slug: str = "theme", **fields) -> Collection:
    """A collection, by these conditions if there are any, filled."""
    collection = Collection.objects.create(name=fields.pop("name", "Theme"), slug=slug, **fields)
    if parts:
        collections.save_rule(collection, rule_of(*parts, match=match))
        collections.rebuild(collection)
    return collection


def names_in(collection: Collection) -> list[str]:
    rows = collection.members.exclude(kind="out").order_by("product__name")
    return list(rows.values_list("product__name", flat=True))


def shown(collection: Collection, query: str = "") -> list[str]:
    scope = lists.in_collection(collection, at_the_head(collection, str(random.random())))  # noqa: S311
    return [card.name for card in lists.page_of(scope, QueryDict(query), "en").cards]


def test_a_new_rule_finds_what_is_there():
    listed("Cup", price=900)
    listed("Lamp", price=9000)

    assert names_in(make_collection(condition("price", "at-most", 3000))) == ["Cup"]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (lambda w: condition("category", "is", w["table"]), ["Cup", "Plate"]),
        (lambda w: condition("category", "is-not", w["table"]), ["Lamp"]),
        (lambda w: condition("category", "is", 999_999), []),
        (lambda w: condition("brand", "is", w["horno"]), ["Plate"]),
        (lambda w: condition("brand", "is-not", w["horno"]), ["Cup", "Lamp"]),
        (lambda w: condition("attribute", "is", w["linen"]), ["Lamp"]),
        (lambda w: condition("attribute", "is-not", w["linen"]), ["Cup", "Plate"]),
        (lambda w: condition("option", "is", w["oat"]), ["Cup"]),
        (lambda w: condition("tag", "is", w["gift"]), ["Lamp"]),
        (lambda w: condition("tag", "is-not", w["gift"]), ["Cup", "Plate"]),
        (lambda w: condition("price", "at-least", 5000), ["Lamp"]),
        (lambda w: condition("sale", "is", True), ["Plate"]),
        (lambda w: condition("sale", "is", False), ["Cup", "Lamp"]),
        (lambda w: condition("stock", "is", True), ["Cup", "Plate"]),
        (lambda w: condition("age", "newer", 30), ["Cup", "Lamp"]),
        (lambda w: condition("age", "older", 30), ["Plate"]),
        (lambda w: condition("sold", "at-least", 3), ["Lamp"]),
        (lambda w: condition("wanted", "top", 2), ["Lamp", "Plate"]),
        (lambda w: condition("kind", "is", "physical"), ["Cup", "Lamp", "Plate"]),
    ],
)
def test_each_kind_of_condition_means_what_it_says(part, expected):
    table = make_category("Table")
    cups = make_category("Cups", parent=table)
    horno = Brand.objects.create(name="Horno", slug="horno")
    linen, oat = attribute_value("material", "linen"), option_value("colour", "oat")
    old = timezone.now() - timedelta(days=60)
    listed("Cup", price=900, category=cups, options=[oat])
    listed("Plate", price=2000, compare_at=2500, category=table, brand=horno, published_at=old, popularity=5)
    lamp = listed("Lamp", price=9000, attributes=[linen], stock=0, sold_lately=3, popularity=9)
    gift = Tag.objects.create(code="gift", name="Gift")
    lamp.tags.add(gift)
    listing.refresh([lamp.pk])
    words = {"gift": gift.pk, "table": table.pk, "horno": horno.pk, "linen": linen.pk, "oat": oat.pk}

    assert names_in(make_collection(part(words))) == expected


def test_groups_are_alternatives_within_what_must_hold():
    listed("Cheap cup", price=900)
    listed("Dear cup", price=9000)
    listed("Old lamp", price=9000, published_at=timezone.now() - timedelta(days=90))
    either = {"match": "any", "parts": [condition("price", "at-most", 1000), condition("age", "older", 60)]}

    assert names_in(make_collection(condition("stock", "is", True), either)) == ["Cheap cup", "Old lamp"]


def test_a_product_joins_and_leaves_as_it_is_saved():
    cup = listed("Cup", price=9000)
    collection = make_collection(condition("price", "at-most", 3000))
    cup.variants.update(price=2000)
    listing.refresh([cup.pk])
    assert names_in(collection) == ["Cup"]

    cup.variants.update(price=4000)
    listing.refresh([cup.pk])

    assert names_in(collection) == []


def test_what_is_sold_out_leaves_at_once(django_capture_on_commit_callbacks):
    cup = listed("Cup", stock=1)
    collection = make_collection(condition("stock", "is", True))
    variant = cup.variants.get()

    with django_capture_on_commit_callbacks(execute=True):
        stock.adjust(variant, by=-1)
    gone = names_in(collection)
    with django_capture_on_commit_callbacks(execute=True):
        stock.adjust(variant, by=3)

    assert (gone, names_in(collection)) == ([], ["Cup"])


def test_a_product_that_is_archived_leaves():
    cup = listed("Cup")
    collection = make_collection(condition("stock", "is", True))
    Product.objects.filter(pk=cup.pk).update(status="archived")
    listing.refresh([cup.pk])

    assert names_in(collection) == []


def test_saving_one_product_costs_the_same_however_many_collections_and_goods_there_are(
    django_assert_max_num_queries, django_assert_num_queries
):
    cup = listed("Cup")
    for number in range(30):
        unlisted(f"Plate {number}")
    listing.refresh_all()
    make_collection(condition("price", "at-most", 3000), condition("category", "is", cup.category_id))
    with django_assert_max_num_queries(60) as few:
        listing.refresh([cup.pk])
    for number in range(20):
        make_collection(condition("price", "at-most", number + 1), slug=f"theme-{number}")

    with django_assert_num_queries(len(few)):
        listing.refresh([cup.pk])


def test_time_moves_only_what_crosses_the_border(django_assert_max_num_queries):
    now = timezone.now()
    for days in range(1, 20):
        unlisted(f"{days:02} days old", published_at=now - timedelta(days=days))
    listing.refresh_all()
    collection = make_collection(condition("age", "newer", 10))
    assert len(names_in(collection)) == 9

    with django_assert_max_num_queries(30):
        changed = collections.keep(now + timedelta(days=1, hours=1))

    assert (changed, len(names_in(collection))) == (1, 8)
    assert collections.mend(now + timedelta(days=1, hours=1)) == 0


def test_the_most_wanted_are_ranked_again_by_the_clock():
    goods = [listed(f"Cup {rank}", popularity=rank) for rank in range(5)]
    collection = make_collection(condition("wanted", "top", 2))
    assert names_in(collection) == ["Cup 3", "Cup 4"]
    Product.objects.filter(pk=goods[0].pk).update(popularity=100)
    listing.refresh([goods[0].pk])

    collections.keep(timezone.now())

    assert names_in(collection) == ["Cup 0", "Cup 4"]


def test_another_rule_takes_the_place_of_the_first_and_picks_stay():
    cup, lamp = listed("Cup", price=900), listed("Lamp", price=9000)
    vase = listed("Vase", price=9000)
    collection = make_collection(condition("price", "at-most", 1000))
    picks.pick(collection, [lamp.pk])
    picks.leave_out(collection, [vase.pk])

    differing = collections.save_rule(collection, rule_of(condition("price", "at-least", 5000)))
    changed = collections.rebuild(collection)

    assert (differing, changed, names_in(collection)) == (1, 1, ["Lamp"])
    assert cup.name not in names_in(collection)


def test_a_collection_without_a_rule_keeps_only_what_was_picked():
    listed("Cup", price=900)
    lamp = listed("Lamp", price=9000)
    collection = make_collection(condition("price", "at-most", 1000))
    picks.pick(collection, [lamp.pk])

    collections.save_rule(collection, None)
    collections.rebuild(collection)

    assert names_in(collection) == ["Lamp"]


def test_picked_goods_stand_first_in_the_merchants_order_and_sold_out_ones_last():
    cups = [listed(f"Cup {number}", popularity=number) for number in range(4)]
    out = listed("Gone", stock=0, popularity=50)
    collection = make_collection(condition("price", "at-least", 0))
    picks.pick(collection, [out.pk, cups[1].pk, cups[0].pk])
    picks.move(collection, cups[0].pk, 0)

    assert shown(collection) == ["Cup 0", "Cup 1", "Cup 3", "Cup 2", "Gone"]
    assert shown(collection, "sort=recommended") == ["Cup 3", "Cup 2", "Cup 1", "Cup 0", "Gone"]


def test_what_is_left_out_stays_out_until_it_is_let_go():
    cup = listed("Cup")
    collection = make_collection(condition("stock", "is", True))
    picks.leave_out(collection, [cup.pk])
    listing.refresh([cup.pk])
    collections.mend(timezone.now())
    assert names_in(collection) == []

    picks.let_go(collection, [cup.pk])

    assert names_in(collection) == ["Cup"]


def test_more_than_can_be_arranged_is_refused_and_changes_nothing(monkeypatch):
    monkeypatch.setattr(picks, "AT_MOST", 2)
    goods = [listed(f"Cup {number}").pk for number in range(3)]
    collection = make_collection()

    with pytest.raises(picks.TooManyPicked):
        picks.pick(collection, goods)

    assert not collection.members.exists()


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "all",
        {"match": "all"},
        {"match": "all", "parts": []},
        {"match": "all", "parts": [{"match": "any", "parts": []}]},
        {"match": "some", "parts": [condition("stock", "is", True)]},
        {"match": "all", "parts": [condition("price", "at-most", "3000; DROP TABLE")]},
        {"match": "all", "parts": [condition("price", "at-most", -1)]},
        {"match": "all", "parts": [condition("price", "at-most", 10**30)]},
        {"match": "all", "parts": [condition("price", "at-most", True)]},
        {"match": "all", "parts": [condition("stock", "is", 1)]},
        {"match": "all", "parts": [condition("stock", "was", True)]},
        {"match": "all", "parts": [condition("age", "newer", 10**9)]},
        {"match": "all", "parts": [condition("kind", "is", "<script>")]},
        {"match": "all", "parts": [condition(["price"], "is", 1)]},
        {"match": "all", "parts": [condition("price", ["at-most"], 1)]},
        {"match": "all", "parts": [condition("stock", "is", True)] * 41},
        {"match": "all", "parts": [{"match": "all", "parts": [{"match": "all", "parts": [
            {"match": "all", "parts": [condition("stock", "is", True)]}]}]}]},
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_with_a_sentence(data):
    with pytest.raises(rules.Unfit) as refused:
        rules.read(data)

    assert str(refused.value)


def test_a_damaged_rule_in_the_database_does_not_stop_the_saving_of_goods():
    collection = make_collection(condition("stock", "is", True))
    Collection.objects.filter(pk=collection.pk).update(rule={"match": "x"})

    cup = listed("Cup")

    assert Listing.objects.filter(product_id=cup.pk).exists()


# --- the same by two roads


def _random_rule(chance: random.Random, world: dict, depth: int = 1) -> dict:
    def leaf() -> dict:
        field = chance.choice(list(rules.FIELDS.values()))
        known = {
            "category": world["categories"],
            "brand": world["brands"],
            "attribute": world["attributes"],
            "option": world["options"],
            "kind": ["physical", "service"],
            "tag": world["tags"],
            "money": [0, 900, 1500, 2500],
            "days": [1, 10, 30],
            "number": [1, 2, 5],
            "yes": [True, False],
        }[field.kind]
        return condition(field.code, chance.choice(list(field.operators)), chance.choice(known))

    parts = [leaf() for _ in range(chance.randint(1, 3))]
    if depth < 3 and chance.random() < 0.5:
        parts.append(_random_rule(chance, world, depth + 1))
    return {"match": chance.choice(["all", "any"]), "parts": parts}


def _world(chance: random.Random) -> dict:
    table, bath = make_category("Table"), make_category("Bath")
    places = [table, make_category("Cups", parent=table), bath, make_category("Soap", parent=bath)]
    brands = [Brand.objects.create(name=f"Brand {n}", slug=f"brand-{n}") for n in range(2)]
    attributes = [attribute_value("material", code) for code in ("linen", "wool", "oak")]
    options = [option_value("colour", code) for code in ("oat", "ink")]
    tags = [Tag.objects.create(code=code, name=code) for code in ("gift", "slow")]
    goods = []
    for number in range(14):
        goods.append(
            unlisted(
                f"Thing {number}",
                category=chance.choice(places),
                brand=chance.choice([None, *brands]),
                price=chance.choice([900, 1500, 2500]),
                compare_at=chance.choice([None, 3000]),
                stock=chance.choice([0, 2]),
                options=chance.sample(options, chance.randint(0, 2)),
                attributes=chance.sample(attributes, chance.randint(0, 2)),
                published_at=timezone.now() - timedelta(days=chance.randint(0, 40), minutes=5),
                popularity=chance.randint(0, 6),
                sold_lately=chance.randint(0, 3),
                kind=chance.choice(["physical", "service"]),
            )
        )
    listing.refresh_all()
    return {
        "goods": goods,
        "places": places,
        "categories": [place.pk for place in places] + [999_999],
        "brands": [brand.pk for brand in brands],
        "attributes": [value.pk for value in attributes],
        "options": [value.pk for value in options],
        "values": attributes,
        "tags": [tag.pk for tag in tags],
    }


def _change_something(chance: random.Random, world: dict) -> None:
    product = chance.choice(world["goods"])
    variant = product.variants.first()
    rows = Product.objects.filter(pk=product.pk)
    changes = [
        lambda: Variant.objects.filter(pk=variant.pk).update(price=chance.choice([800, 2600]), compare_at_price=None),
        lambda: rows.update(category=chance.choice(world["places"])),
        lambda: rows.update(status=chance.choice(["draft", "published"])),
        lambda: rows.update(popularity=chance.randint(0, 9), sold_lately=chance.randint(0, 4)),
        lambda: product.tags.set(chance.sample(world["tags"], chance.randint(0, 2))),
        lambda: product.attributes.set(chance.sample(world["values"], 1)),
        lambda: Variant.objects.filter(pk=variant.pk).update(is_active=not variant.is_active),
        lambda: stock.adjust(variant, by=1),
    ]
    chance.choice(changes)()
    listing.refresh([product.pk])


@pytest.mark.parametrize("seed", range(3))
def test_following_single_products_ends_where_judging_all_of_them_does(seed):
    chance = random.Random(seed)  # noqa: S311
    world = _world(chance)
    groups = [
        make_collection(*(rule := _random_rule(chance, world))["parts"], match=rule["match"], slug=f"theme-{number}")
        for number in range(8)
    ]

    for _ in range(25):
        _change_something(chance, world)
    now = timezone.now()
    collections.keep(now)

    drift = {group.pk: collections.difference(Collection.objects.get(pk=group.pk), now) for group in groups}
    assert drift == {group.pk: [] for group in groups}
    assert CollectionMember.objects.exists()
