"""What stands beside a list or a search: the first of everything, categories, and pages that answer a question."""

import unicodedata
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from catalog import memo
from catalog.queries import lists
from catalog.queries.lists.rows import cards_of
from catalog.search import Found
from catalog.search.analysis import query_words
from catalog.search.suggest import categories_named
from shop import frame

LONGEST = 100
AT_THE_FRONT = 8
# Words that ask for a page of text and not for goods, in the three languages, folded, as beginnings.
QUESTIONS = {
    "returns": ("return", "refund", "exchange", "devol", "cambio", "reembols", "возврат", "верну", "обмен", "деньги"),
    "delivery": (
        "deliver",
        "shipping",
        "shipment",
        "track",
        "envio",
        "enviar",
        "entrega",
        "достав",
        "пересыл",
        "отправ",
    ),
    "payment": ("payment", "paying", "pago", "pagar", "оплат", "заплат"),
    "contact": ("contact", "phone", "opening", "telefon", "horario", "контакт", "телефон", "адрес"),
}


def words_of(request: HttpRequest) -> str:
    """What was typed, without what no one can type."""
    typed = unicodedata.normalize("NFC", request.GET.get("q", "")[: LONGEST * 2])
    return " ".join("".join(char if char.isprintable() else " " for char in typed).split())[:LONGEST]


def address_of(found: Found, language: str) -> str:
    """The page of the one product that has this article number, with that variant chosen; empty when it is gone."""
    cards = cards_of(found.ids, language)
    return f"{reverse('product', args=[cards[0].slug])}?{urlencode({'sku': found.sku})}" if cards else ""


def pages_for(words: str) -> list[dict]:
    """Delivery for "delivery", returns for "devoluciones": links with a title."""
    typed = query_words(words)
    wanted = [slug for slug, beginnings in QUESTIONS.items() if any(word.startswith(beginnings) for word in typed)]
    if not wanted:
        return []
    links = {link["slug"]: link for link in frame.footer_pages()}
    return [links[slug] for slug in wanted if slug in links]


def categories_for(words: str, request: HttpRequest) -> list:
    """Categories with that name."""
    typed = query_words(words)
    return categories_named(typed, get_language(), frame.state_of(request))[:4] if typed else []


def first_cards(request: HttpRequest, sort: str) -> list:
    """What is in stock at the head of everything; it stays the same until the goods change."""
    state, language = frame.state_of(request), get_language()

    def look() -> list:
        page = lists.page_of(lists.everything(), {"sort": [sort]}, language, state)
        return [card for card in page.cards if card.in_stock][:AT_THE_FRONT]

    return memo.remember(("first", sort, state, language), look)
