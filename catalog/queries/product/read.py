"""Reading a product page: five queries, whatever the product has."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet, Subquery

from catalog import memo
from catalog.listings.cards import Card
from catalog.models import Product, Revision
from catalog.prepared import Prepared
from catalog.queries import navigation
from catalog.queries.bundles import Part
from catalog.queries.lists import in_category
from catalog.queries.lists.rows import cards_of_page
from catalog.queries.product import rows
from catalog.queries.product.axes import axes_for
from catalog.queries.product.extras import Extras, extras_of
from catalog.queries.product.facts import FactView, facts_of
from catalog.queries.product.parts import Axis, PictureView, VariantView
from catalog.queries.product.places import AtPlace, at_places
from catalog.queries.product.variants import variants
from catalog.words import say, words_of

SIMILAR = 4


@dataclass(frozen=True)
class ProductPage:
    """A product in the words of one reader. `state` is the revision, to be handed to other queries of the page."""

    product: Product
    language: str
    state: str
    name: str
    summary: str
    description: str
    variants: list[VariantView]
    values: list[rows.AxisValue]
    pictures: list[PictureView]
    facts: list[FactView]
    size_guide: str = ""
    search_title: str = ""
    search_description: str = ""
    # What each variant of a bundle consists of.
    parts: dict[int, tuple[Part, ...]] = field(default_factory=dict)

    @cached_property
    def extras(self) -> Extras:
        """Tags, links and films, which few products have."""
        return extras_of(self.product.pk, self.language, self.state)

    @cached_property
    def breadcrumb(self) -> list[navigation.Link]:
        return navigation.breadcrumb(self.product.category, self.language, self.state)

    def chosen(self, sku: str = "") -> VariantView | None:
        """The variant with that SKU; else the first that can be bought, else the first; None when there is none."""
        named = [variant for variant in self.variants if variant.sku == sku]
        buyable = [variant for variant in self.variants if variant.can_be_bought]
        return next(iter(named or buyable or self.variants), None)

    def places(self, chosen: VariantView) -> list[AtPlace]:
        """What the shops that can be walked into have of it; nothing where no pieces are counted."""
        if chosen.availability.left is None:
            return []
        return at_places(chosen.pk, self.parts.get(chosen.pk, ()), self.state, self.language)

    def axes(self, chosen: VariantView) -> list[Axis]:
        """What can be chosen, seen from that variant."""
        return axes_for(self.variants, self.values, chosen)

    def pictures_of(self, chosen: VariantView | None) -> list[PictureView]:
        """Pictures of the chosen variant first, then of its colour, then those of none; all when there are none."""
        codes = set(chosen.values.values()) if chosen else set()
        own = [picture for picture in self.pictures if picture.variant and chosen and picture.variant == chosen.pk]
        shared = [picture for picture in self.pictures if not picture.variant]
        fitting = own + [picture for picture in shared if picture.value in codes]
        fitting += [picture for picture in shared if not picture.value]
        return fitting or self.pictures


def read(slug: str, language: str, among: QuerySet[Product] | None = None) -> ProductPage:
    """The page of a published product, or of one of those `among`. Raises Product.DoesNotExist."""
    product = _PUBLISHED.first(slug=slug) if among is None else _with_state(among).filter(slug=slug).first()
    if product is None:
        raise Product.DoesNotExist(slug)
    _relate(product)
    values = rows.values(product.pk, language)
    views, parts = variants(product, values)
    return ProductPage(
        product=product,
        language=language,
        state=product.state or "",
        name=say(words_of(product, "name"), language),
        summary=say(words_of(product, "summary"), language),
        description=say(words_of(product, "description"), language),
        variants=views,
        values=list(dict.fromkeys(value for _, value in values)),
        pictures=rows.pictures(product.pk, language),
        facts=facts_of([product.pk], language).get(product.pk, []),
        size_guide=say(words_of(product.type, "size_guide"), language) if product.type else "",
        parts=parts,
        search_title=say(words_of(product, "search_title"), language),
        search_description=say(words_of(product, "search_description"), language),
    )


def _with_state(products: QuerySet[Product]) -> QuerySet[Product]:
    return products.annotate(state=Subquery(Revision.objects.filter(pk=1).values("token")[:1]))


_PUBLISHED = Prepared(lambda slug: _with_state(Product.objects.published()).filter(slug=slug))


def _relate(product: Product) -> None:
    """Its category, brand and type: many products share them, so they are kept while the catalogue stays the same."""
    for name in ("category", "brand", "type"):
        field = Product._meta.get_field(name)
        if (key := getattr(product, field.attname)) is not None:
            model = field.related_model
            row = memo.remember(("related", name, product.state, key), lambda m=model, k=key: m.objects.get(pk=k))
            setattr(product, name, row)


def similar(page: ProductPage) -> list[Card]:
    """What resembles it: the most wanted things of the same category."""
    return similar_to(page.product, page.language, page.state)


def similar_to(product: Product, language: str, state: str) -> list[Card]:
    """The same for a product without its page. Kept as long as the catalogue stays the same."""
    category = product.category
    where = in_category(category).condition()
    cards = memo.remember(
        ("similar", state, category.path, language),
        lambda: cards_of_page(where, "recommended", 0, SIMILAR + 1, language),
    )
    return [card for card in cards if card.product_id != product.pk][:SIMILAR]
