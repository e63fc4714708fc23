"""A flow that writes with a template: what the reader gets, his code, his links, and what stays unchanged for ever."""

import re

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from catalog.actions import listing
from marketing.actions import reminders, templates
from marketing.blocks import Content
from marketing.blocks.content import HEAD
from marketing.blocks.kinds import KINDS
from marketing.blocks.starts import STARTS
from marketing.models import Coupon, Message, Template, TemplateVersion
from tests.makers import make_product, make_promotion, make_variant
from tests.marketing.conftest import NOW, make_flow

pytestmark = pytest.mark.django_db


def block_of(kind: str, **texts: str) -> Content:
    content = Content({}).add(KINDS[kind])
    block = content.blocks[0]
    for field in block.kind.fields:
        block = block.put(field, "en", texts.get(field.name, ""))
    return content.put(block)


def published(*parts: Content, subject: str = "For {{ name }}") -> TemplateVersion:
    content = Content({}, tuple(block for part in parts for block in part.blocks)).put_head(HEAD[0], "en", subject)
    template = Template.objects.create(name="Left", draft=content.as_json())
    return templates.publish(template, None, NOW)


def send(version: TemplateVersion) -> Message:
    make_flow(version.template)
    reminders.plan(NOW)
    reminders.dispatch(NOW)
    return Message.objects.get()


def html_of(letter) -> str:
    return letter.alternatives[0][0]


def test_the_reader_gets_his_cart_in_the_blocks_of_the_template(cart):
    version = published(block_of("heading", text="Still here, {{ name }}?"), block_of("cart", label="Take me back"))

    message = send(version)

    [letter] = mail.outbox
    assert (letter.subject, message.version) == ("For Ada", version)
    for words in (letter.body, html_of(letter)):
        assert "Still here, Ada?" in words and "Wool blanket" in words and "/go/" in words
    assert "List-Unsubscribe" in letter.extra_headers


def test_words_of_customers_are_never_read_as_a_template_or_as_html(cart, blanket):
    blanket.product.name = "<script>{{ shop }}</script>"
    blanket.product.save()

    send(published(block_of("cart"), block_of("text", text="{{ items[0].name }}")))

    html = html_of(mail.outbox[0])
    assert "<script>" not in html
    assert html.count("&lt;script&gt;{{ shop }}") == 2


def test_each_message_has_a_code_of_its_own_for_one_use(cart):
    promotion = make_promotion("ANY")

    message = send(published(block_of("coupon", promotion=str(promotion.pk))))

    coupon = Coupon.objects.get(message=message)
    assert coupon.code.code in mail.outbox[0].body
    assert (coupon.code.limit, coupon.code.promotion) == (1, promotion)


def test_a_code_of_a_letter_that_was_refused_opens_nothing(cart, settings):
    settings.EMAIL_BACKEND = "tests.marketing.templates.refusing.Refusing"
    promotion = make_promotion("ANY")

    message = send(published(block_of("coupon", promotion=str(promotion.pk))))

    assert message.status == Message.Status.FAILED
    assert not Coupon.objects.get(message=message).code.is_active


def test_links_lead_by_way_of_us_and_only_where_we_signed(cart, client):
    message = send(published(block_of("button", label="More", link="/c/blankets/")))
    [link] = set(re.findall(r"http://[^/]+(/follow/[^\"\s]+)", html_of(mail.outbox[0])))

    answer = client.get(link)
    forged = client.get(link[:-3] + "x/")

    assert answer["Location"].endswith("/c/blankets/")
    assert forged.status_code == 404
    message.refresh_from_db()
    assert message.clicked_at


def test_what_is_sold_out_is_not_shown(cart):
    there, gone = make_variant(make_product("Cup")), make_variant(make_product("Bowl"), stock=0)
    listing.refresh([there.product_id, gone.product_id])

    send(published(block_of("products", skus=f"{gone.sku}, {there.sku}"), block_of("line")))

    assert "Cup" in mail.outbox[0].body
    assert "Bowl" not in mail.outbox[0].body


def test_a_published_version_is_never_changed():
    version = published(block_of("line"))

    with pytest.raises(DatabaseError), transaction.atomic():
        TemplateVersion.objects.filter(pk=version.pk).update(content={})

    version.refresh_from_db()
    assert version.content["blocks"]


def test_publishing_twice_makes_one_version_and_a_change_the_next():
    version = published(block_of("line"))
    template = version.template

    assert templates.publish(template, None, NOW) == version
    content = Content.read(template.draft)
    templates.keep(template, content.add(KINDS["line"]), template.edition, undoable=True)
    assert templates.publish(template, None, NOW).number == 2
    templates.undo(template, template.edition)
    assert Content.read(template.draft) == content


def test_two_people_who_edit_at_once_do_not_undo_each_other():
    template = published(block_of("line")).template
    seen = template.edition
    templates.keep(template, Content({}), seen)

    with pytest.raises(templates.ChangedMeanwhile):
        templates.keep(Template.objects.get(), Content({}), seen)


@pytest.mark.parametrize("start", [code for code in STARTS if code != "empty"])
def test_every_start_can_be_published_once_its_code_is_chosen(start):
    content = STARTS[start].content()
    for block in content.blocks:
        if block.kind.code == "coupon":
            content = content.put(block.put(block.kind.fields[0], "en", str(make_promotion("ANY").pk)))
    template = Template.objects.create(name="x", draft=content.as_json())

    assert templates.publish(template, None, NOW).number == 1
    assert template.draft["head"]["subject"].keys() == {"en", "es", "ru"}
