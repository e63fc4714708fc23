"""Writing the feeds into the storage, from where they are handed out."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime

from catalog import revision
from catalog.markets import Market
from catalog.models import Product
from catalog.queries.markets import currencies
from customers.models import ShopDetails
from orders import delivery
from orders.delivery import Offer, Parcel
from orders.tax.places import Place
from shop.feeds.columns import COMMON, columns_of
from shop.feeds.items import Item, Omitted, items
from shop.languages import NAMES, absolute, path_in

ENDINGS = {"google": "xml", "meta": "csv"}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
)
# Examples of what was left out, for the staff page.
SHOWN = 50
_NAME = re.compile(r"(google|meta)-([a-z]{2}(?:-[a-z]{2,4})?)-([A-Z]{3})\.(xml|csv)")
# What XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """One list: for a channel, in a language, with prices in a currency."""

    channel: str
    language: str
    currency: str

    @property
    def name(self) -> str:
        """As it stands in the address."""
        return f"{self.channel}-{self.language}-{self.currency}.{ENDINGS[self.channel]}"

    @property
    def path(self) -> Path:
        return settings.VAR_DIR / "feeds" / self.name

    def state(self) -> dict:
        """When it was written, how much stands in it, what was left out and why; empty when it was never written."""
        try:
            told = json.loads(self.path.with_suffix(".json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return told | {"written": parse_datetime(told["written"])}


def feeds() -> list[Feed]:
    """Every feed that there is."""
    known = currencies(revision.current())
    return [Feed(channel, language, currency) for channel in ENDINGS for language in NAMES for currency in known]


def find(name: str) -> Feed | None:
    """The feed of that address."""
    match = _NAME.fullmatch(name)
    feed = Feed(*match.groups()[:3]) if match else None
    return feed if feed and feed.name == name and feed in feeds() else None


def build_all(now: datetime | None = None) -> int:
    """Write those feeds whose goods or prices have changed since; returns how many."""
    now = now or timezone.now()
    return sum(build(feed, now) for feed in feeds() if _is_old(feed, now))


def _is_old(feed: Feed, now: datetime) -> bool:
    """Changed since, or an hour old: dates of arrival and sales move without anybody changing anything."""
    state = feed.state()
    return not state or state["revision"] != revision.current() or (now - state["written"]).total_seconds() > 3600


def build(feed: Feed, now: datetime) -> bool:
    """Write one feed; readers see the old one or the new one, never half of it."""
    feed.path.parent.mkdir(parents=True, exist_ok=True)
    draft, state = feed.path.with_name(f"{feed.name}.{token_hex(4)}"), revision.current()
    count, left_out, examples = 0, Counter(), []
    with translation.override(feed.language), draft.open("w", encoding="utf-8", newline="") as file:
        write = _Xml(file, feed) if feed.channel == "google" else _Csv(file)
        for one in _rows(feed, now):
            if isinstance(one, Omitted):
                left_out[one.reason] += 1
                examples += [[one.sku, one.name, one.reason]] if len(examples) < SHOWN else []
            else:
                write.add(one)
                count += 1
        write.end()
    draft.replace(feed.path)
    told = {"written": now.isoformat(), "count": count, "left_out": left_out, "examples": examples, "revision": state}
    draft.write_text(json.dumps(told), encoding="utf-8")
    draft.replace(feed.path.with_suffix(".json"))
    return True


def _rows(feed: Feed, now: datetime) -> Iterator[dict | Omitted]:
    seller = ShopDetails.current().name
    terms, known = delivery.terms(), {}

    def offer_for(item: Item) -> Offer | None:
        if item.kind not in (Product.Kind.PHYSICAL, Product.Kind.BUNDLE):
            return None
        key = item.price, item.weight_g, item.pieces
        if key not in known:
            parcel = Parcel(item.price, item.weight_g, pieces=item.pieces)
            found = delivery.survey(terms, parcel, Place(settings.SHOP_COUNTRY), now)
            known[key] = next((offer for offer in found.offers if not offer.is_pickup), None)
        return known[key]

    for one in items(feed.language, Market(feed.currency), now):
        if isinstance(one, Omitted):
            yield one
        else:
            yield columns_of(one, feed.channel, feed.currency, seller, offer_for(one), now)


class _Xml:
    """RSS 2.0 with Google's name space."""

    def __init__(self, file, feed: Feed) -> None:
        self._file = file
        title, link = escape(ShopDetails.current().name), escape(absolute(path_in(feed.language, "/")))
        file.write(f"{HEAD}<title>{title}</title>\n<link>{link}</link>\n<description>{title}</description>\n")

    def add(self, columns: dict) -> None:
        lines = [line for name, value in columns.items() for line in self._lines(name, value)]
        self._file.write("<item>\n" + "".join(lines) + "</item>\n")

    def _lines(self, name: str, value) -> Iterator[str]:
        if name == "shipping":
            country, _region, service, price = value.split(":")
            inner = {"country": country, "service": service, "price": price}
            yield "<g:shipping>" + "".join(self._tag(key, text) for key, text in inner.items()) + "</g:shipping>\n"
            return
        for text in value if isinstance(value, list) else [value]:
            yield f"{self._tag(name, text)}\n"

    def _tag(self, name: str, text: str) -> str:
        return f"<g:{name}>{escape(_ILLEGAL.sub('', text))}</g:{name}>"

    def end(self) -> None:
        self._file.write("</channel>\n</rss>\n")


class _Csv:
    """One line for each item under the names of all columns."""

    def __init__(self, file) -> None:
        self._table = csv.DictWriter(file, COMMON, restval="")
        self._table.writeheader()

    def add(self, columns: dict) -> None:
        pictures = ",".join(columns.get("additional_image_link", []))
        self._table.writerow({**columns, "additional_image_link": pictures})

    def end(self) -> None:
        pass
