"""The editor in the back office: nothing typed is lost, every press says what it did."""

import pytest

from marketing.actions import templates
from marketing.actions.profiles import know
from marketing.blocks import Content
from marketing.blocks.starts import STARTS
from marketing.models import Template
from tests.makers import make_customer, make_product, make_variant
from tests.marketing.conftest import ADA, make_cart

pytestmark = pytest.mark.django_db


@pytest.fixture
def template():
    return Template.objects.create(name="Left carts", draft=STARTS["cart"].content().as_json())


@pytest.fixture
def desk(client):
    client.force_login(make_customer("owner@example.com", is_staff=True, is_superuser=True))
    return client


def press(client, template: Template, do: str, language: str = "en", **typed):
    template.refresh_from_db()
    address = f"/admin/marketing/template/{template.pk}/change/?language={language}"
    return client.post(address, {"edition": template.edition, "do": do, **typed}, follow=True)


def content_of(template: Template) -> Content:
    template.refresh_from_db()
    return Content.read(template.draft)


def test_a_template_begins_with_a_letter_to_change(desk):
    answer = desk.post("/admin/marketing/template/add/", {"name": "Mine", "start": "cart"}, follow=True)

    assert "What is in the cart" in answer.text
    assert [block.kind.code for block in content_of(Template.objects.get()).blocks][:3] == ["heading", "text", "cart"]


def test_every_press_keeps_what_was_typed_also_what_is_wrong(desk, template):
    block = content_of(template).blocks[1]

    answer = press(desk, template, "add:button", "es", **{f"{block.id}-text": "Hola {{ nombre }}"})

    assert "There is no “nombre” to fill in" in answer.text
    content = content_of(template)
    assert content.blocks[1].values["text"]["es"] == "Hola {{ nombre }}"
    assert content.blocks[-1].kind.code == "button"


def test_a_removed_block_comes_back_with_undo(desk, template):
    before = content_of(template)

    press(desk, template, f"remove:{before.blocks[0].id}")
    assert len(content_of(template).blocks) == len(before.blocks) - 1
    press(desk, template, "undo")

    assert content_of(template) == before


def test_an_old_page_does_not_write_over_a_newer_letter(desk, template):
    templates.keep(template, Content({}), template.edition)

    address = f"/admin/marketing/template/{template.pk}/change/"
    answer = desk.post(address, {"edition": 0, "do": "save", "head-subject": "Old"}, follow=True)

    assert "Somebody else changed this letter meanwhile" in answer.text
    assert content_of(template).head == {}


def test_a_letter_with_faults_is_not_published(desk, template):
    press(desk, template, "save", **{"head-subject": ""})

    answer = desk.post(f"/admin/marketing/template/{template.pk}/publish/", follow=True)

    assert "Not published: 1 thing is to be mended first." in answer.text
    assert not template.versions.exists()


def test_it_is_seen_as_a_customer_would_get_it(desk, template):
    make_cart(ADA, variant=make_variant(make_product("Copper kettle")), name="Ada")
    know(ADA, name="Ada Lovelace")
    address = f"/admin/marketing/template/{template.pk}/preview/?as={ADA}"

    assert "Copper kettle" in desk.get(address).text
    assert "Nobody with the address" in desk.get(address.replace(ADA, "x@example.com")).text


def test_who_may_not_change_templates_cannot(client, template):
    client.force_login(make_customer("worker@example.com", is_staff=True))
    pages = ["change", "preview", "test", "publish", "copy", "back/1"]

    answers = [client.post(f"/admin/marketing/template/{template.pk}/{page}/") for page in pages]

    assert {answer.status_code for answer in answers} == {403}
    template.refresh_from_db()
    assert template.edition == 0


@pytest.mark.parametrize("do", ["add:nonsense", "up:", "remove:nobody", "nonsense", "double:<script>", "add:"])
def test_presses_that_mean_nothing_change_nothing(desk, template, do):
    before = content_of(template)

    assert press(desk, template, do).status_code == 200

    assert content_of(template) == before
