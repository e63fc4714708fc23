"""Tables of any shop or supplier, read by a mapping. One line is a product, or lines with the same key are."""

from collections.abc import Iterator
from itertools import groupby, islice

from django.utils.translation import gettext as _

from catalog.actions.importing import texts
from catalog.actions.importing.digests import Digests
from catalog.actions.importing.faults import Unreadable, Wrong
from catalog.actions.importing.goods import Fault, Finding, Goods, Shot
from catalog.actions.importing.lines import Line, Sheet
from catalog.actions.importing.lists import parted
from catalog.actions.importing.mapping import Mapping
from catalog.actions.importing.plain_pieces import pieces_of
from catalog.actions.importing.rows import Reader, first_of
from catalog.actions.importing.targets import words
from catalog.models import Product
from catalog.words import languages

LONGEST_KEY = 200
# Longer than any address or alternative text that is kept.
MOST_PICTURES = 50
MOST_TAGS = 50
MOST_GATHERED = 50_000
KINDS = frozenset(Product.Kind.values)
STATUSES = {
    **{value: value for value in Product.Status.values},
    "active": Product.Status.PUBLISHED,
    "inactive": Product.Status.DRAFT,
}


def check(columns: list[str], mapping: Mapping) -> None:
    """Raises Unreadable when the mapping names columns that the file does not have."""
    if missing := sorted(mapping.wanted() - set(columns)):
        raise Unreadable(
            _("These columns are missing: %(missing)s. The file has: %(columns)s.")
            % {"missing": ", ".join(missing), "columns": ", ".join(filter(None, columns))[:400]}
        )


def goods_of(sheet: Sheet, mapping: Mapping) -> Iterator[Goods | Fault]:
    """What the lines of each product say, or why they are not taken."""
    reader = Reader(mapping)
    key_target = next(name for name in ("product", "key", "sku", "slug") if name in mapping.columns)
    if key_target == "sku" and "slug" in mapping.columns and mapping.has_variants:
        key_target = "slug"
    seen = Digests()
    broken: list[Unreadable] = []

    def key_of(line: Line) -> str:
        return texts.APOSTROPHE.sub("", texts.plain(reader.cell(line, key_target)))

    if "currency" in mapping.columns:
        groups = _gathered(_until_broken(sheet, broken), key_of)
    elif mapping.has_variants:
        groups = ((key, list(lines)) for key, lines in groupby(_until_broken(sheet, broken), key=key_of))
    else:
        groups = ((key_of(line), [line]) for line in _until_broken(sheet, broken))
    for key, lines in groups:
        try:
            _check_key(key, seen, lines[0], mapping)
            goods = _goods(lines, key, key_target, reader)
        except Wrong as wrong:
            name = texts.plain(reader.first(lines, "name"))[:120]
            yield from (Fault(line.number, str(wrong), key[:80], name) for line in lines)
            continue
        seen[key] = lines[0].number
        if goods.pieces or not goods.faults or ("locale" in mapping.columns and (goods.words or goods.name)):
            yield goods
        else:
            yield from goods.faults
    if broken:
        raise broken[0]


def _gathered(lines: Iterator[Line], key_of) -> Iterator[tuple[str, list[Line]]]:
    """The lines of each key, wherever they stand: prices in another currency often follow at the end of the file.

    Only as far as memory should hold them; what comes after so many lines must stand together.
    """
    groups: dict[str, list[Line]] = {}
    for line in islice(lines, MOST_GATHERED):
        groups.setdefault(key_of(line), []).append(line)
    yield from groups.items()
    yield from ((key, list(rest)) for key, rest in groupby(lines, key=key_of))


def _until_broken(sheet: Sheet, broken: list[Unreadable]) -> Iterator[Line]:
    """The lines that can be read: the product whose last line stands before the breach is whole."""
    try:
        yield from sheet
    except Unreadable as fault:
        broken.append(fault)


def _check_key(key: str, seen: Digests, line: Line, mapping: Mapping) -> None:
    if not key or len(key) > LONGEST_KEY:
        raise Wrong(_("The line has no key.") if not key else _("The key is longer than 200 characters."))
    if first := seen.get(key):
        words = {"key": key[:60], "line": first}
        if mapping.has_variants:
            raise Wrong(_("The lines of “%(key)s” do not stand together; line %(line)d began it.") % words)
        raise Wrong(_("The key “%(key)s” stands in line %(line)d already.") % words)


def _goods(lines: list[Line], key: str, key_target: str, reader: Reader) -> Goods:
    mapping = reader.mapping
    if any(line.has_too_many for line in lines):
        raise Wrong(_("The line has more cells than there are columns."))
    name = texts.plain(reader.first(lines, "name")) if "locale" not in mapping.columns else ""
    if not name and "name" in mapping.columns and "locale" not in mapping.columns and key_target != "product":
        raise Wrong(_("The line has no name."))
    full_key = key if key_target == "product" else f"{mapping.source}:{key}"
    goods = Goods(lines[0].number, full_key, name, slug=texts.plain(reader.first(lines, "slug")))
    goods.is_firm = mapping.overwrite
    goods.others = _others(key_target)
    if "locale" in mapping.columns:
        _tell_languages(goods, lines, reader)
    else:
        _describe(goods, lines, reader)
    goods.pieces = pieces_of(goods, lines, key, reader)
    goods.shots = _shots(lines, reader, goods)
    return goods


def _others(key_target: str) -> tuple[Finding, ...]:
    if key_target in ("product", "slug"):
        return (Finding.ADDRESS,)
    return (Finding.SKU,) if key_target == "sku" else ()


def _describe(goods: Goods, lines: list[Line], reader: Reader) -> None:
    mapping = reader.mapping
    for target, word, language in reader.words:
        if text := reader.first(lines, target):
            _say(goods, word, language, text, mapping.description_is_html)
    goods.brand = texts.plain(reader.first(lines, "brand")) or None
    goods.status = _status(reader.first(lines, "status"))
    goods.first = {name: str(value) for name, value in mapping.defaults.items() if name not in ("stock", "price")}
    for target in ("category", "kind", "tax_class"):
        if text := texts.plain(reader.first(lines, target)):
            goods.first[target] = text
    _check_choices(goods, reader)
    goods.first["category_separator"] = mapping.category_separator
    goods.kind_of_goods = texts.plain(reader.first(lines, "type")) or None
    if tags := reader.first(lines, "tags"):
        goods.tags = [tag for part in tags.split(",")[:MOST_TAGS] if (tag := texts.plain(part))]
    for about, language, column in reader.facts:
        if not (cell := first_of(lines, column)):
            continue
        if language:
            goods.fact_words.setdefault(about, {})[language] = texts.plain(cell)
        elif values := [value for part in parted(cell, mapping.list_separator) if (value := texts.plain(part))]:
            goods.facts[about] = values


def _check_choices(goods: Goods, reader: Reader) -> None:
    for target in ("kind", "tax_class"):
        value = goods.first.get(target)
        if value and value not in (KINDS if target == "kind" else reader.tax_classes):
            del goods.first[target]
            goods.remarks.append(_("“%(value)s” is not known here and was left out.") % {"value": value[:40]})


def _say(goods: Goods, word: str, language: str, text: str, is_html: bool) -> None:
    if word == "description" and language == languages()[0]:
        goods.description = texts.body(text, is_html)
    else:
        said = texts.body(text, is_html) if word == "description" else texts.plain(text)
        goods.words[f"{word}_{language.replace('-', '_')}"] = said


def _tell_languages(goods: Goods, lines: list[Line], reader: Reader) -> None:
    """Each line says the words of the product in one language. Lines of strange languages are faults of their own."""
    for line in lines:
        told = texts.plain(reader.cell(line, "locale")).casefold().replace("_", "-")
        language = next((code for code in languages() if told in (code, code.partition("-")[0])), None)
        language = language or next((code for code in languages() if told.partition("-")[0] == code), None)
        if language is None:
            reason = _("The shop has no language “%(language)s”.") % {"language": told[:20]}
            goods.faults.append(Fault(line.number, reason, goods.short_key, reader.cell(line, "name")[:120]))
            continue
        if language == languages()[0]:
            goods.name = texts.plain(reader.cell(line, "name"))
        for word in words():
            text = reader.cell(line, word)
            if text and (word, language) != ("name", languages()[0]):
                _say(goods, word, language, text, reader.mapping.description_is_html)
    if len(goods.faults) == len(lines):
        goods.pieces = []


def _status(text: str) -> str | None:
    if not text:
        return None
    if text.lower() not in STATUSES:
        raise Wrong(_("“%(text)s” is no status; use draft, published or archived.") % {"text": text[:40]})
    return STATUSES[text.lower()]


def _shots(lines: list[Line], reader: Reader, goods: Goods) -> list[Shot]:
    """Each picture once. A picture of a line with options shows the first of them."""
    shots: dict[str, Shot] = {}
    by_line = {piece.line: piece for piece in goods.pieces}
    for line in lines:
        sources = [part.strip() for part in reader.cell(line, "picture").split("|") if part.strip()]
        alts = reader.cell(line, "picture_alt").split("|")
        others = {code: reader.cell(line, f"picture_alt_{code}").split("|") for code in languages()[1:]}
        shown = reader.cell(line, "picture_option").split("|")
        for place, source in enumerate(sources[:MOST_PICTURES]):
            shot = shots.setdefault(source, Shot(line.number, source, position=len(shots)))
            shot.alt = shot.alt or texts.plain(alts[place] if place < len(alts) else "")
            for language, told in others.items():
                if words := texts.plain(told[place] if place < len(told) else ""):
                    shot.alts.setdefault(language, words)
            axes = by_line[line.number].axes if line.number in by_line else ()
            if "picture_option" in reader.mapping.columns:
                axes = [("", texts.plain(shown[place]))] if place < len(shown) and shown[place].strip() else ()
            if axes and len(lines) > 1:
                shot.axis = shot.axis or axes[0]
    return list(shots.values())
