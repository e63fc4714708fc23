"""The tree of categories, with how much each has to show."""

import pytest

from catalog import revision
from catalog.models import Category
from catalog.queries import navigation
from tests.catalog.shelf import listed
from tests.makers import make_category

pytestmark = pytest.mark.django_db


def test_the_menu_counts_what_is_in_a_category_and_below_it():
    table = make_category("Table", name_ru="Стол")
    cups = make_category("Cups", parent=table)
    make_category("Empty", parent=Category.objects.get(pk=table.pk))
    listed(category=cups)
    listed(category=cups)
    listed(category=table)

    [root] = navigation.tree("ru")

    assert (root.name, root.count) == ("Стол", 3)
    assert [(child.name, child.count) for child in root.children] == [("Cups", 2), ("Empty", 0)]
    assert [child.name for child in navigation.children(table, "en")] == ["Cups"]


def test_hidden_categories_and_what_is_below_them_are_not_in_the_menu():
    make_category("Cups", parent=make_category("Hidden", is_public=False))

    assert navigation.tree("en") == ()


def test_the_breadcrumb_leads_from_the_root_to_the_category():
    table = make_category("Table")
    cups = make_category("Cups", parent=table)

    assert [link.name for link in navigation.breadcrumb(cups, "en")] == ["Table", "Cups"]


def test_the_tree_is_read_once_for_each_state_of_the_catalogue(django_assert_num_queries):
    listed()
    navigation.tree("en")
    state = revision.current()

    with django_assert_num_queries(1):
        navigation.tree("en")
    with django_assert_num_queries(0):
        navigation.tree("en", state)
