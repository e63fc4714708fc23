"""A merchant adds a product with 2 × 4 options, pictures and three languages, with nothing but the back office."""

from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from catalog.models import Option, OptionValue, Product, ProductType
from tests.browser.conftest import DESK
from tests.catalog.shelf import attribute_value, option_value
from tests.catalog.test_publishing import make_attribute
from tests.makers import make_category, make_counter, make_customer

COLOURS, SIZES = ("oat", "ink"), ("s", "m", "l", "xl")


def picture(tone: str) -> dict:
    out = BytesIO()
    Image.new("RGB", (800, 1000), tone).save(out, "JPEG")
    return {"name": f"{tone}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture
def clothes(shop) -> ProductType:
    """A type with two options, a required material, a number, and a size guide."""
    make_counter()
    make_category("Robes", slug="robes")
    for colour in (*COLOURS, "sage"):
        option_value("colour", colour)
    for place, size in enumerate((*SIZES, "xxl")):
        OptionValue.objects.filter(pk=option_value("size", size).pk).update(position=place)
    linen = attribute_value("material", "linen")
    length = make_attribute("number", "length", name="Length", unit="length-centimeter", name_es="Largo")
    table = "<table><tr><th>Size</th><td>Chest</td></tr></table>"
    type_ = ProductType.objects.create(code="clothes", name="Clothes", size_guide_en=table)
    type_.options.set(Option.objects.all())
    type_.rows.create(attribute=linen.attribute, is_required=True)
    type_.rows.create(attribute=length, position=1)
    return type_


@pytest.mark.parametrize(("javascript", "viewport"), [(True, DESK), (False, None)])
def test_from_an_empty_page_to_the_shelf(visitor, shop, clothes, tmp_path, javascript, viewport):
    merchant = visitor(javascript=javascript, **({"viewport": viewport} if viewport else {}))
    page = merchant.page
    signs_in(merchant, shop)

    merchant.goes_to("/admin/catalog/product/add/")
    merchant.follows("Clothes")
    page.locator("#id_name_en").fill("Linen robe")
    page.locator("#id_name_es").fill("Bata de lino")
    page.locator("#id_name_ru").fill("Льняной халат")
    page.locator("#id_category").select_option(label="Robes")
    page.locator("#id_status").select_option("published")
    for label in ("Oat", "Ink", "S", "M", "L", "Xl"):
        page.get_by_label(label, exact=True).check()
    page.get_by_label("Price of each variant").fill("86,00")
    page.locator("input[type=file][name=new_pictures]").set_input_files([picture("tan"), picture("navy")])
    page.get_by_label("Length").fill("112,5")
    describes(page, javascript)
    page.get_by_role("button", name="Save", exact=True).click()

    # What is required is said by its field, and what was typed is still there.
    merchant.sees("Fill this in to publish it, or keep it as a draft.")
    assert page.locator("#id_name_ru").input_value() == "Льняной халат"
    page.get_by_label("Linen", exact=True).check()
    page.locator("input[type=file][name=new_pictures]").set_input_files([picture("tan"), picture("navy")])
    page.screenshot(path=tmp_path / "asked-again.png", full_page=True)
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_url("**/change/**")

    product = Product.objects.get()
    assert product.status == Product.Status.PUBLISHED
    assert product.variants.count() == len(COLOURS) * len(SIZES)
    assert product.pictures.count() == 2
    assert product.description_en == "<p>Washed <b>linen</b></p>"
    # The theme's own scripts grumble in the console; the shop's answers may not, nor may the choosers of files.
    assert not [fault for fault in merchant.faults if fault.startswith("http") or "setAttribute" in fault]
    shopper = visitor(language="es", javascript=javascript)
    shopper.goes_to(f"/p/{product.slug}/")
    assert shopper.heading() == "Bata de lino"
    shopper.page.get_by_text("112,5 cm").wait_for()
    assert shopper.fits()
    shopper.is_content()


def describes(page, javascript: bool) -> None:
    """With a script as it will look, by the keyboard; without one as HTML."""
    if not javascript:
        page.locator("#id_description_en").fill("<p>Washed <b>linen</b></p><script>1</script>")
        return
    page.get_by_role("textbox", name="Description").first.focus()
    page.keyboard.type("Washed ")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator("button:focus").get_attribute("aria-label") == "Without format"
    page.get_by_role("textbox", name="Description").first.focus()
    page.keyboard.press("Control+End")
    page.locator("[data-tool=bold]").first.press("Enter")
    page.keyboard.type("linen")


def signs_in(merchant, shop: str) -> None:
    client = Client()
    client.force_login(make_customer("irene@example.com", is_staff=True, is_superuser=True))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    merchant.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": shop}])
