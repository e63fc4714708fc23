"""What the part `browse/results.html` needs beside the list itself."""

from typing import NamedTuple
from urllib.parse import parse_qsl

from catalog.queries.lists import ListPage, Selection


class PageLink(NamedTuple):
    """A page of the list, or a gap when `number` is 0."""

    number: int
    query: str


def result_context(listing: ListPage, path: str) -> dict:
    """For templates: where forms lead to, what they carry along, and the pages to turn to."""
    asked = listing.selection
    without_sort = parse_qsl(asked.query(sort=asked.default_sort))
    words_and_sort = parse_qsl(asked.query(facets=(), ranges=(), price_min=None, price_max=None, within=""))
    typed = dict(without_sort)
    return {
        "listing": listing,
        "path": path,
        "kept": without_sort,
        "search_pairs": words_and_sort,
        "price_min": typed.get("price_min", ""),
        "price_max": typed.get("price_max", ""),
        "page_links": page_links(asked, listing.pages),
    }


def page_links(asked: Selection, pages: int) -> list[PageLink]:
    """The first, the last, and the neighbours of this page; a gap of one page is that page."""
    near = {1, pages, *range(asked.page - 1, asked.page + 2)}
    wanted = sorted(number for number in near if 1 <= number <= pages)
    links: list[PageLink] = []
    for number in wanted:
        missing = number - (links[-1].number if links else 0) - 1
        if missing == 1:
            links.append(PageLink(number - 1, asked.query(page=number - 1)))
        elif missing > 1:
            links.append(PageLink(0, ""))
        links.append(PageLink(number, asked.query(page=number)))
    return links
