"""The checkout with scripts: reckoned anew in place, nothing lost."""


def reaches_the_checkout(guest) -> None:
    guest.goes_to("/p/wool-blanket/")
    guest.presses("Put in the cart")
    guest.sees("“%(name)s” is in your cart.", name="Wool blanket")
    guest.goes_to("/checkout/")


def test_what_is_typed_while_the_page_reckons_is_kept(visitor, blanket):
    guest = visitor()
    reaches_the_checkout(guest)
    held = []
    guest.page.route("**/checkout/", lambda route: held.append(route))
    with guest.page.expect_request("**/checkout/"):
        guest.page.get_by_label("Country").first.select_option("PT")

    guest.fills(Full_name="Ada Byron", **{"E-mail": "ada@example.com"})
    guest.page.get_by_role("radio", name="bank transfer").check()
    with guest.page.expect_response("**/checkout/"):
        held[0].continue_()
    # Portugal's postcodes: the answer has arrived.
    guest.page.locator("checkout-form:not([aria-busy])").wait_for()

    assert guest.page.get_by_label("Country").first.input_value() == "PT"
    assert guest.page.get_by_label("Full name").first.input_value() == "Ada Byron"
    assert guest.page.get_by_label("E-mail").first.input_value() == "ada@example.com"
    assert guest.page.get_by_role("radio", name="bank transfer").is_checked()
    guest.is_content()
