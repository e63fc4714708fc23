"""Categories move, lists follow, and the tree stays a tree."""

import pytest
from django.urls import reverse

from catalog.actions import categories
from catalog.models import Category, Listing
from catalog.queries import lists
from tests.catalog.shelf import listed
from tests.makers import make_category, make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, int]:
    """Table (Cups, Plates), Bath, Garden."""
    table = make_category("Table", slug="table")
    rows = [make_category("Cups", parent=table, slug="cups")]
    rows.append(make_category("Plates", parent=Category.objects.get(pk=table.pk), slug="plates"))
    rows += [make_category("Bath", slug="bath"), make_category("Garden", slug="garden")]
    return {row.slug: row.pk for row in (table, *rows)}


@pytest.fixture
def owner(client):
    client.force_login(make_customer(is_staff=True, is_superuser=True))
    return client


def drawn() -> list[str]:
    return ["-" * (row.depth - 1) + row.slug for row in Category.objects.order_by("path")]


def is_sound() -> bool:
    return not any(Category.find_problems())


def in_step() -> bool:
    return all(row.category_path == row.product.category.path for row in Listing.objects.select_related("product"))


def test_a_category_hangs_below_another_and_its_goods_follow(tree):
    cup = listed("Cup", category=Category.objects.get(pk=tree["cups"]))
    soap = listed("Soap", category=Category.objects.get(pk=tree["garden"]))

    moved = categories.move(tree["cups"], tree["bath"], categories.INSIDE)

    assert drawn() == ["table", "-plates", "bath", "-cups", "garden"]
    assert (moved.products, in_step(), is_sound()) == (1, True, True)
    page = lists.page_of(lists.in_category(Category.objects.get(pk=tree["bath"])), {}, "en")
    assert [card.product_id for card in page.cards] == [cup.pk]
    assert soap.pk not in [card.product_id for card in page.cards]


def test_neighbours_that_make_room_keep_their_goods(tree):
    listed("Soap", category=Category.objects.get(pk=tree["bath"]))
    listed("Spade", category=Category.objects.get(pk=tree["garden"]))

    categories.move(tree["garden"], tree["table"], categories.BEFORE)

    assert drawn() == ["garden", "table", "-cups", "-plates", "bath"]
    assert in_step()


@pytest.mark.parametrize("place", list(categories.PLACES))
@pytest.mark.parametrize("target", ["table", "cups"])
def test_a_category_never_hangs_below_itself(tree, target, place):
    before = drawn()

    with pytest.raises(categories.Cycle):
        categories.move(tree["table"], tree[target], place)

    assert drawn() == before


def test_one_that_is_gone_is_not_moved(tree):
    with pytest.raises(categories.NoSuchCategory):
        categories.move(tree["table"], 999_999, categories.INSIDE)


@pytest.mark.parametrize("node", ["table", "cups", "plates", "bath", "garden"])
def test_every_move_can_be_taken_back(tree, node):
    before = drawn()
    target = "bath" if node != "bath" else "garden"

    moved = categories.move(tree[node], tree[target], categories.INSIDE)
    categories.move(moved.node, moved.back_to, moved.back_place)

    assert drawn() == before
    assert is_sound()


@pytest.mark.parametrize(
    ("node", "do", "expected"),
    [
        ("plates", "up", ["table", "-plates", "-cups", "bath", "garden"]),
        ("cups", "down", ["table", "-plates", "-cups", "bath", "garden"]),
        ("plates", "in", ["table", "-cups", "--plates", "bath", "garden"]),
        ("plates", "out", ["table", "-cups", "plates", "bath", "garden"]),
        ("table", "up", ["table", "-cups", "-plates", "bath", "garden"]),
        ("table", "nonsense", ["table", "-cups", "-plates", "bath", "garden"]),
    ],
)
def test_buttons_move_without_a_mouse_and_without_scripts(owner, tree, node, do, expected):
    response = owner.post(reverse("admin:catalog_category_tree"), {"node": tree[node], "do": do})

    assert response.status_code == 302
    assert drawn() == expected


def test_a_move_is_undone_with_one_button(owner, tree):
    page = reverse("admin:catalog_category_tree")
    before = drawn()
    owner.post(page, {"node": tree["cups"], "do": "to", "target": tree["garden"], "place": "inside"})
    assert drawn() != before

    owner.post(page, {"do": "undo"})

    assert drawn() == before


def test_a_cycle_is_refused_with_a_sentence(owner, tree):
    form = {"node": tree["table"], "do": "to", "target": tree["cups"], "place": "inside"}

    page = owner.post(reverse("admin:catalog_category_tree"), form, follow=True).content.decode()

    assert "A category cannot hang below itself" in page


def test_five_thousand_categories_cost_few_queries(owner, tree, django_assert_max_num_queries):
    page = reverse("admin:catalog_category_tree")
    owner.get(page)
    _grow(5000)

    with django_assert_max_num_queries(16):
        response = owner.get(page)

    assert response.content.decode().count('class="office-node"') == 5005


def _grow(number: int) -> None:
    """Roots enough, written at once: treebeard would take a minute."""
    first = Category.objects.filter(depth=1).count()
    Category.objects.bulk_create(
        Category(name=f"C {n}", slug=f"c-{n}", depth=1, path=Category._get_path("", 1, first + n + 1), numchild=0)
        for n in range(number)
    )


def test_names_of_categories_are_drawn_as_text(owner):
    make_category("<script>alert(1)</script>")

    assert "<script>alert(1)" not in owner.get(reverse("admin:catalog_category_tree")).content.decode()


def test_who_may_not_change_categories_moves_none(client, tree):
    client.force_login(make_customer(is_staff=True))

    assert client.post(reverse("admin:catalog_category_tree"), {"node": tree["cups"], "do": "up"}).status_code == 403
