"""From a letter of blocks to what a person gets. A block that has nothing to say to this reader is left out."""

from collections.abc import Callable
from datetime import datetime

from babel.dates import format_date
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from catalog import markets
from catalog.listings.cards import Card
from catalog.queries.lists.rows import cards_of
from customers.letters import Letter, absolute, one_line, render
from marketing.blocks.content import HEAD, Block, Content, fallen_back
from marketing.blocks.fields import Words, address_of, moment_of, skus_of
from marketing.blocks.pictures import HALF, WHOLE, first_pictures, jpeg_of
from marketing.blocks.reader import Reader
from marketing.queries.recommended import recommended
from marketing.words import fill

Piece = dict


def letter_of(content: Content, reader: Reader, leave: str, now: datetime, link: Callable[[str], str] = str) -> Letter:
    """The letter in the reader's language. Raises `marketing.words.CannotBeWritten`.

    `leave` is the address that ends such letters; `link` may rewrite where presses lead. Of a short message the text
    is what goes out; where it has a title and a link, they are the subject and the only link of the HTML.
    """
    if content.short:
        return _short(content, reader, link)
    with translation.override(reader.language), markets.using(reader.market):
        head = {field.name: one_line(_filled(content.head, field, reader)) for field in HEAD}
        pieces = [piece for block in content.blocks if (piece := _piece(block, reader, now, link))]
    context = {"head": head, "pieces": pieces, "leave": leave, "cart_link": link(reader.cart_link)}
    return render("marketing/blocks", reader.language, context)


def _short(content: Content, reader: Reader, link: Callable[[str], str]) -> Letter:
    with translation.override(reader.language):
        said = {
            field.name: _filled(content.head, field, reader).strip()
            if isinstance(field, Words)
            else fallen_back(content.head.get(field.name), field, reader.language)
            for field in content.fields
        }
        if said.get("link"):
            said["link"] = link(_address(said["link"], reader))
        html = get_template("on-site/message.html").render(said)
    return Letter(one_line(said.get("title", "")), said["text"], html, reader.language)


def _piece(block: Block, reader: Reader, now: datetime, link: Callable[[str], str]) -> Piece | None:
    texts = {
        field.name: _filled(block.values, field, reader)
        if isinstance(field, Words)
        else fallen_back(block.values.get(field.name), field, reader.language)
        for field in block.kind.fields
    }
    if "link" in texts:
        texts["link"] = link(_address(texts["link"], reader))
    more = MAKERS[block.kind.code](texts, reader, now) if block.kind.code in MAKERS else {}
    return None if more is None else {"kind": block.kind.code, **texts, **more}


def _filled(values: dict, field: Words, reader: Reader) -> str:
    return fill(fallen_back(values.get(field.name), field, reader.language), reader.values)


def _address(typed: str, reader: Reader) -> str:
    if typed == "cart":
        return reader.cart_link
    if typed == "home":
        return absolute(reverse("home"))
    found = address_of(typed, reader.language)
    return absolute(found) if found else ""


def _cart(texts: Piece, reader: Reader, now: datetime) -> Piece | None:
    if not reader.values["items"]:
        return None
    return {"items": reader.values["items"], "label": texts["label"] or _("Back to your cart")}


def _chosen(texts: Piece, reader: Reader, now: datetime) -> Piece | None:
    from marketing.blocks.kinds import KINDS

    skus = skus_of(texts["skus"])
    products = next(field for field in KINDS["products"].fields if field.name == "skus").find(skus)
    return _goods([products[sku] for sku in skus if sku in products], reader)


def _recommended(texts: Piece, reader: Reader, now: datetime) -> Piece | None:
    number = int(texts["number"]) if texts["number"].isdigit() else 4
    return _goods(recommended(number, reader.liked, reader.owned), reader)


def _goods(products: list[int], reader: Reader) -> Piece | None:
    """What of these can be bought now."""
    cards = [card for card in cards_of(list(dict.fromkeys(products)), reader.language) if card.in_stock]
    pictures = first_pictures(card.product_id for card in cards)
    goods = [_shown(card, pictures.get(card.product_id), reader) for card in cards]
    return {"rows": [goods[n : n + 2] for n in range(0, len(goods), 2)]} if goods else None


def _shown(card: Card, picture, reader: Reader) -> dict:
    price = reader.price(card.price_min)
    return {
        "name": card.name,
        "price": _("from %(price)s") % {"price": price} if card.has_price_range else price,
        "before": reader.price(card.compare_at) if card.compare_at else "",
        "picture": jpeg_of(picture.image.name, HALF) if picture and picture.image else "",
        "link": absolute(reverse("product", args=[card.slug])),
    }


def _picture(texts: Piece, reader: Reader, now: datetime) -> Piece | None:
    source = jpeg_of(texts["picture"], WHOLE) if texts["picture"] else ""
    return {"source": source} if source else None


def _coupon(texts: Piece, reader: Reader, now: datetime) -> Piece | None:
    return {"code": reader.code_of(int(texts["promotion"]))} if texts["promotion"].isdigit() else None


def _countdown(texts: Piece, reader: Reader, now: datetime) -> Piece | None:
    until = moment_of(texts["until"])
    if until is None or until <= now:
        return None
    local = timezone.localtime(until)
    return {"ends": f"{format_date(local, 'EEEE d MMMM', locale=reader.language)}, {local:%H:%M}"}


MAKERS: dict[str, Callable[[Piece, Reader, datetime], Piece | None]] = {
    "cart": _cart,
    "products": _chosen,
    "recommended": _recommended,
    "picture": _picture,
    "coupon": _coupon,
    "countdown": _countdown,
}
