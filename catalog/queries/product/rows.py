"""What hangs on a product, in one reader's words. Below the ORM: building its queries took longer than the page."""

from dataclasses import dataclass

from django.db import connection

from catalog.listings.pictures import avif_of, shown
from catalog.models.attribute import Option
from catalog.queries.product.parts import PictureView
from catalog.words import languages

# ruff: noqa: S608 - only fixed text and names of columns are put together here.


@dataclass(frozen=True, slots=True)
class AxisValue:
    """A value on an axis, such as oat on colour."""

    axis: str
    axis_name: str
    is_swatch: bool
    code: str
    label: str
    swatch: str


def said_in(column: str, language: str) -> str:
    """The column in that language, or in the shop's first one, or in any there is: as `catalog.words.say` does."""
    order = dict.fromkeys([*(code for code in languages() if code == language), *languages()])
    columns = (f"NULLIF({column}_{code.replace('-', '_')}, '')" for code in order)
    return f"COALESCE({', '.join(columns)}, '')"


def _rows(sql: str, product_id: int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [product_id])
        return cursor.fetchall()


def values(product_id: int, language: str) -> list[tuple[int, AxisValue]]:
    """(variant, value) of what is for sale, in the order of axes and values."""
    sql = f"""
    SELECT link.variant_id, axis.code, {said_in("axis.name", language)}, axis.kind, place.code,
      {said_in("place.value", language)}, place.swatch
    FROM catalog_variant_values link JOIN catalog_variant variant ON variant.id = link.variant_id
    JOIN catalog_optionvalue place ON place.id = link.optionvalue_id
    JOIN catalog_option axis ON axis.id = place.option_id
    WHERE variant.product_id = %s AND variant.is_active
    ORDER BY axis.position, axis.id, place.position, place.id
    """
    return [
        (variant, AxisValue(axis, name, kind == Option.Kind.SWATCH, code, label, swatch))
        for variant, axis, name, kind, code, label, swatch in _rows(sql, product_id)
    ]


def pictures(product_id: int, language: str) -> list[PictureView]:
    """Every picture that is ready, in order."""
    sql = f"""
    SELECT picture.id, picture.image, picture.width, picture.height, {said_in("picture.alt", language)}, place.code,
      picture.variant_id, picture.has_avif
    FROM catalog_picture picture LEFT JOIN catalog_optionvalue place ON place.id = picture.value_id
    WHERE picture.product_id = %s AND picture.is_ready ORDER BY picture.position, picture.id
    """
    return [
        _picture(shown(name, width, height), has_avif, pk=pk, alt=alt, value=code or "", variant=variant)
        for pk, name, width, height, alt, code, variant, has_avif in _rows(sql, product_id)
    ]


def _picture(sizes: dict, has_avif: bool | None, **rest) -> PictureView:
    avif = ""
    if has_avif:
        places = (place.rpartition(" ") for place in sizes["srcset"].split(", "))
        avif = ", ".join(f"{avif_of(address)} {wide}" for address, _space, wide in places)
    return PictureView(**sizes, avif=avif, **rest)
