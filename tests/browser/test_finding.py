"""A shopper finds the one thing he wants: by filters without scripts, by a misspelt word, by what he typed before."""

import pytest

from catalog.actions import listing
from catalog.models import Brand, Product
from tests.browser.conftest import DESK
from tests.catalog.shelf import attribute_value, option_value
from tests.makers import make_category, make_product, make_variant

COLOURS, MATERIALS = ["oat", "ink", "sage", "brick", "mist"], ["wool", "linen", "cotton", "felt"]
NUMBER, FEW = 240, 6


@pytest.fixture
def blankets(shop) -> Product:
    """A few of them, which is enough to be found."""
    return weave(FEW)


@pytest.fixture
def many_blankets(shop) -> Product:
    """Two hundred and forty blankets of thirty workshops; one alone is of felt, in mist, by the last of them."""
    return weave(NUMBER)


def weave(count: int) -> Product:
    shelf = make_category("Blankets", name_ru="Одеяла", slug="blankets")
    brands = [Brand.objects.create(name=f"Workshop {n:02d}", slug=f"workshop-{n:02d}") for n in range(30)]
    for number in range(count):
        product = make_product(
            f"Blanket {number}", shelf, name_ru=f"Одеяло {number}", slug=f"blanket-{number}", brand=brands[number % 30]
        )
        variant = make_variant(product, stock=number % 7, price=2000 + 100 * (number % 50))
        variant.values.add(option_value("colour", COLOURS[number % 5]))
        product.attributes.add(attribute_value("material", MATERIALS[number % 4]))
    listing.refresh_all()
    return product


def ticks(visitor, label: str) -> None:
    visitor.page.get_by_role("checkbox", name=label).first.check()


def applies(visitor) -> None:
    visitor.page.locator(".filters-foot button").click()


def number_shown(visitor) -> int:
    return int(visitor.page.locator(".list-count").inner_text().split(" ")[0])


def test_a_shopper_narrows_many_to_one_by_phone_without_javascript(visitor, many_blankets):
    shopper = visitor("en", javascript=False)
    page = shopper.page
    shopper.goes_to("/c/blankets/")

    page.locator(".open-filters").click()
    page.locator("#facet-brand summary").click()
    page.get_by_role("link", name="Show all").click()
    page.get_by_label("Look through: Brand").fill("29")
    page.get_by_role("button", name="Find").click()
    ticks(shopper, "Workshop 29")
    applies(shopper)
    assert number_shown(shopper) == NUMBER // 30
    page.locator(".open-filters").click()
    page.locator("#facet-price summary").click()
    page.locator("#f-price-min").fill("58")
    page.locator("#f-price-max").fill("59")
    ticks(shopper, "Linen")
    ticks(shopper, "Felt")
    applies(shopper)

    assert number_shown(shopper) == 2
    page.locator(".open-filters").click()
    page.get_by_role("checkbox", name="Linen").uncheck()
    applies(shopper)

    assert number_shown(shopper) == 1
    address = page.url
    assert "brand=workshop-29" in address
    assert shopper.fits()
    other = visitor("ru", javascript=False)
    other.page.goto(address)
    assert number_shown(other) == 1
    page.get_by_role("link", name="Remove filter: Workshop 29").click()
    assert number_shown(shopper) > 1
    shopper.is_content()


def test_a_misspelt_search_in_russian_finds_it(visitor, blankets):
    shopper = visitor("ru")
    shopper.goes_to("/")

    shopper.page.get_by_role("combobox").first.fill("адеяло")
    shopper.page.keyboard.press("Enter")

    shopper.page.get_by_role("heading", name="Одеяло").first.wait_for()
    shopper.page.get_by_role("link", name="одеяло", exact=True).first.click()
    shopper.at("q=%D0%BE%D0%B4%D0%B5%D1%8F%D0%BB%D0%BE")
    assert number_shown(shopper) == FEW
    shopper.is_content()


def test_a_search_in_vain_is_no_dead_end(visitor, blankets):
    shopper = visitor("ru", javascript=False)
    shopper.goes_to("/search/?q=xyzzy")

    assert "xyzzy" in shopper.page.locator("main").inner_text()
    shopper.page.locator("main").get_by_role("link", name="Одеяла").first.click()

    assert number_shown(shopper) == FEW


def test_suggestions_are_walked_with_the_keyboard_and_begin_with_the_last_search(visitor, blankets):
    shopper = visitor("en", viewport=DESK)
    shopper.goes_to("/search/?q=blanket")
    shopper.goes_to("/")

    shopper.page.get_by_role("combobox").first.focus()
    shopper.page.get_by_role("option", name="your last search").wait_for()
    assert shopper.page.locator("#said").inner_text() == "1 suggestion"
    shopper.page.keyboard.press("ArrowDown")
    shopper.page.keyboard.press("Enter")

    shopper.at("/search/?q=blanket")
    shopper.is_content()


def test_products_are_compared_on_a_narrow_phone_without_javascript(visitor, blankets):
    shopper = visitor("en", javascript=False, viewport={"width": 320, "height": 640})
    for _round in range(2):
        shopper.goes_to("/c/blankets/")
        shopper.page.locator(".card-compare a").nth(_round).click()

    assert shopper.heading() == "Compare"
    assert shopper.fits()
    shopper.page.get_by_role("link", name="Take out").first.click()
    shopper.sees("Add another product from its page or from a list, up to four.")
    shopper.is_content()
