"""SKUs and addresses that nobody else has, for a whole import."""

from collections.abc import Iterable

from catalog.actions import addresses
from catalog.actions.importing.digests import Digests
from catalog.actions.importing.goods import Goods, Piece
from catalog.actions.importing.texts import code_of
from catalog.among import among
from catalog.models import Product, Variant
from catalog.naming import first_free


class Claims:
    """Who has which SKU and which address: from the database, and from the lines read so far."""

    def __init__(self) -> None:
        self._skus = Digests()
        self._slugs = Digests()

    def learn(self, batch: Iterable[Goods]) -> None:
        """Look up what these goods may want."""
        slugs = {slug for goods in batch for slug in _slugs_of(goods)}
        skus = {piece.sku or piece.spare_sku for goods in batch for piece in goods.pieces}
        self._learn_skus(skus)
        known = Product.objects.filter(slug__in=among(slugs)).order_by().values_list("slug", flat=True)
        for slug in (*known, *addresses.taken(Product, slugs)):
            self._slugs[slug] = 0

    def _learn_skus(self, skus: Iterable[str]) -> None:
        rows = Variant.objects.filter(sku__in=among(skus)).order_by()
        for sku, key, combination, pk in rows.values_list("sku", "product__import_key", "combination", "pk"):
            self._skus[sku] = hash((key or f"#{pk}", combination))

    def sku(self, goods: Goods, piece: Piece, combination: str) -> str:
        """An SKU for a variant: the one it wants, or else one made of it."""
        owner = (goods.key, combination)
        sku = piece.sku or piece.spare_sku
        if self._skus.claim(sku, owner):
            return sku
        others = _other_skus(goods, piece, sku)
        self._learn_skus(others)
        for sku in others:
            if self._skus.claim(sku, owner):
                return sku
        sku = first_free(sku[:70], self._skus)
        while Variant.objects.filter(sku=sku).exists():
            self._skus[sku] = 0
            sku = first_free(sku[:70], self._skus)
        self._skus[sku] = hash(owner)
        return sku

    def slug(self, goods: Goods) -> str:
        """A free address for new goods; the same again when what was made of them was rolled back."""
        for slug in _slugs_of(goods):
            if self._slugs.claim(slug, goods.key):
                return slug
        slug = first_free(slug, self._slugs)
        while _is_taken(slug):
            self._slugs[slug] = 0
            slug = first_free(slug, self._slugs)
        self._slugs[slug] = 0
        return slug

    def free_slug(self, goods: Goods) -> str:
        """The address that known goods want to have; empty when it is taken or is none."""
        slug = goods.slug
        if slug != code_of(slug, 200) or slug in self._slugs or _is_taken(slug):
            return ""
        self._slugs[slug] = 0
        return slug


def _other_skus(goods: Goods, piece: Piece, wanted: str) -> list[str]:
    return [f"{wanted[:50]}-{_tail(goods)}", f"{wanted[:40]}-{_tail(goods)}-{code_of(str(piece.axes), 8)}"]


def _is_taken(slug: str) -> bool:
    return Product.objects.filter(slug=slug).exists() or bool(addresses.taken(Product, [slug]))


def _slugs_of(goods: Goods) -> list[str]:
    base = code_of(goods.slug, 200) if goods.slug else code_of(goods.name, 80)
    return [base, f"{base}-{_tail(goods).lower()}"]


def _tail(goods: Goods) -> str:
    return code_of(goods.short_key, 24).upper()
