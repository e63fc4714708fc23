"""Guessing what the columns of a strange file are: by what they are called, else by what stands in them."""

import re
from collections.abc import Sequence

from catalog.actions.importing.targets import WORDS, canonical
from catalog.words import languages

# Field -> what files call it, in small letters and without signs.
CALLED = {
    "key": "id productid product_id itemid item id number artikelnummer referencia codigo код артикулпроизводителя",
    "sku": "sku modelno modelnumber model partnumber mpn articlenumber variantsku artikelnr partnersku артикул ref",
    "name": "name title productname product_name titulo título nombre название наименование имя bezeichnung "
    "artikelbezeichnung produktname artikelname titel nom",
    "summary": "summary shortdescription resumen excerpt краткоеописание kurzbeschreibung",
    "description": "description body bodyhtml longdescription descripcion descripción beschreibung langbeschreibung "
    "artikelbeschreibung produktbeschreibung описание details",
    "search_title": "metatitle seotitle pagetitle",
    "search_description": "metadescription seodescription",
    "slug": "slug handle urlhandle permalink urlkey",
    "brand": "brand vendor manufacturer maker marca fabricante hersteller marke бренд марка производитель",
    "category": "category categories category1 categorypath productcategory department type categoria categoría "
    "категория kategorie warengruppe produktkategorie taxon taxons",
    "tags": "tags tag keywords labels etiquetas метки теги schlagworte schlagwörter stichworte",
    "type": "producttype productclass",
    "status": "status state estado статус",
    "price": "price unitprice saleprice regularprice variantprice precio preis verkaufspreis bruttopreis цена prix",
    "compare_at": "compareatprice compareat oldprice listprice msrp rrp uvp streichpreis precioanterior стараяцена",
    "cost": "cost costperitem costprice purchaseprice coste einkaufspreis себестоимость",
    "currency": "currency currencycode moneda währung валюта",
    "locale": "locale language lang idioma sprache язык",
    "stock": "stock quantity qty inventory inventorycount inventoryquantity instock numinstock onhand existencias "
    "cantidad bestand lagerbestand menge остаток количество",
    "weight": "weight weightg grams variantgrams shipweight shippingweight peso вес gewicht",
    "weight_unit": "weightunit unidaddepeso",
    "barcode": "barcode ean ean13 gtin upc isbn codigodebarras strichcode штрихкод",
    "picture": "image images picture pictures imageurl imagesrc image1src imagen imagenes foto bild bilder "
    "изображение картинка",
}
_BY_NAME = {word: target for target, words in CALLED.items() for word in words.split()}
_BARCODE, _NUMBER = re.compile(r"\d{8}|\d{12,14}"), re.compile(r"\D{0,3}\d[\d\s.,]*\D{0,4}")
_SIGNS = re.compile(r"[\W_]+")


def guess(titles: Sequence[str], samples: Sequence[Sequence[str]], has_header: bool) -> list[str]:
    """A target for each column, empty where there is no guess; no target twice."""
    found: list[str] = []
    for place, title in enumerate(titles):
        cells = [cell for row in samples if place < len(row) and (cell := row[place])]
        target = _by_title(title) if has_header else _by_cells(cells, found)
        found.append("" if target in found else target)
    return _repaired(found, titles)


def _by_title(title: str) -> str:
    own = canonical(" ".join(title.split()).casefold())
    if own:
        return own
    folded = _SIGNS.sub("", title.casefold())
    first = languages()[0]
    for language in languages():
        stem = folded.removesuffix(language)
        if stem != folded and _BY_NAME.get(stem) in WORDS:
            return _BY_NAME[stem] if language == first else f"{_BY_NAME[stem]}_{language}"
    if match := re.fullmatch(r"option([123])(name|value)", folded):
        return f"option{match[1]}_{match[2]}"
    if match := re.fullmatch(r"customfield(?:custom)?(\w+)", folded):
        return f"attribute:{match[1]}"
    return _BY_NAME.get(folded, "")


def _by_cells(cells: list[str], found: list[str]) -> str:
    """For a file whose first line is goods already."""
    if not cells:
        return ""
    if all(" > " in cell for cell in cells):
        return "category"
    if all(cell.startswith(("http://", "https://")) for cell in cells):
        return "picture"
    if all(_BARCODE.fullmatch(cell) for cell in cells):
        return "sku" if "barcode" in found else "barcode"
    if all(_NUMBER.fullmatch(cell) for cell in cells):
        return "price" if any("." in cell or "," in cell for cell in cells) else "stock"
    length = sum(map(len, cells)) / len(cells)
    differs = len(set(cells)) > len(cells) * 0.8
    if length > 90:
        return "description"
    return "name" if differs and length > 6 and "name" not in found else ""


def _repaired(found: list[str], titles: Sequence[str]) -> list[str]:
    """Something must tell the products apart: a barcode will do, else the address."""
    if "key" not in found and "sku" not in found:
        for stand_in in ("barcode", "slug"):
            if stand_in in found:
                return ["key" if target == stand_in and stand_in == "barcode" else target for target in found]
    return found
