"""A marketer makes a flow for left carts from nothing, on a phone and without a script; a shopper gets its letter."""

from django.core import mail

from marketing.models import Coupon, Enrolment, Flow, Template
from tests.browser.test_describing import signs_in
from tests.browser.test_reminding import clock_runs, leaves_a_cart
from tests.makers import make_promotion

ADA = "ada@example.com"


def test_from_nothing_to_a_live_flow_with_a_split_and_a_code(visitor, shop, blanket, tmp_path):
    promotion = make_promotion("BACK10")
    marketer = visitor(javascript=False, viewport={"width": 360, "height": 800})
    page = marketer.page
    signs_in(marketer, shop)

    writes_a_letter(marketer, promotion)
    marketer.goes_to("/admin/marketing/flow/add/")
    page.get_by_label("Name", exact=True).fill("Carts")
    marketer.presses("Go on to the flow")
    marketer.sees("Choose what sets the flow off.")
    page.get_by_role("radio", name="A cart was left behind").check()
    page.locator("[name=holdout]").fill("0")
    marketer.presses("Keep")
    adds(page, "", "wait")
    adds(page, "", "split")
    split = Flow.objects.get().draft["steps"][1]["id"]
    adds(page, f"{split}/yes", "message")
    message = Flow.objects.get().draft["steps"][1]["branches"]["yes"][0]["id"]
    page.locator(f"[name={message}-template]").select_option(label="With a code")
    page.locator(f"button[value='rule:{split}']").click()
    page.locator("#new-").select_option("name")
    page.locator("button[value='add:']").click()
    page.locator("[name='0-words']").fill("ada")
    marketer.presses("Keep this rule")
    assert marketer.fits()
    page.screenshot(path=tmp_path / "flow.png", full_page=True)
    marketer.presses("Switch on…")
    marketer.presses("Switch it on")
    marketer.sees("The flow is live.")

    for name in ("Ada Lovelace", "Ben"):
        leaves_a_cart(visitor(javascript=False), email=f"{name[:3].lower()}@example.com", name=name)
    for hours in (4.5, 5.5, 6):
        clock_runs(hours)

    # Who fits the rule of the split got the letter, with a code of his own; the other one is through without.
    (letter,) = mail.outbox
    assert letter.to == [ADA]
    assert Coupon.objects.get().code.code in letter.body
    assert set(Enrolment.objects.values_list("status", flat=True)) == {"completed"}
    marketer.goes_to(f"/admin/marketing/flow/{Flow.objects.get().pk}/why/?email={ADA}")
    page.get_by_text("through").first.wait_for()
    assert marketer.fits()


def adds(page, way: str, kind: str) -> None:
    page.locator(f"[id='new-{way}']").select_option(kind)
    page.locator(f"button[value='add:{way}']").click()


def writes_a_letter(marketer, promotion) -> None:
    page = marketer.page
    marketer.goes_to("/admin/marketing/template/add/")
    page.locator("#id_name").fill("With a code")
    page.get_by_role("radio", name="A cart that was left behind").check()
    page.get_by_role("button", name="Save", exact=True).click()
    marketer.presses("Code of a promotion")
    page.get_by_label("Promotion").select_option(str(promotion.pk))
    marketer.presses("Keep and look")
    marketer.presses("Publish")
    marketer.sees("Version 1 is published.")
    assert Template.objects.get().newest
