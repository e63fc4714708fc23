"""Comparing what a file says with what the shop has. Nothing is written here."""

from dataclasses import dataclass, field

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from catalog.actions.importing import listed, report, typed, variant_plan
from catalog.actions.importing.brands import Brands
from catalog.actions.importing.claims import Claims
from catalog.actions.importing.faults import Wrong
from catalog.actions.importing.goods import Goods
from catalog.actions.importing.options import Options
from catalog.actions.importing.shelves import Shelves
from catalog.actions.importing.stored import Stored
from catalog.actions.importing.tags import Tags
from catalog.actions.importing.texts import body, cut, plain
from catalog.actions.importing.typed import Told
from catalog.actions.importing.variant_plan import VariantPlan
from catalog.actions.importing.vocabulary import Name, Vocabulary
from catalog.models import Location, Product, ProductType, Tag
from catalog.words import languages

Status = Product.Status
NAME_LENGTH = 255


@dataclass(slots=True)
class Desk:
    """What lies open during an import: the words, brands and claims of the shop."""

    options: Options
    axes: Vocabulary = field(default_factory=Vocabulary.of_options)
    attributes: Vocabulary = field(default_factory=Vocabulary.of_attributes)
    brands: Brands = field(default_factory=Brands)
    tags: Tags = field(default_factory=Tags)
    lists: dict[str, int] = field(default_factory=listed.lists)
    claims: Claims = field(default_factory=Claims)
    shelves: Shelves = field(init=False)
    # Name in small letters -> primary key.
    locations: dict[str, int] = field(init=False)
    types: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.shelves = Shelves(self.options.category)
        self.locations = {name.casefold(): pk for pk, name in Location.objects.values_list("pk", "name")}
        kinds = list(ProductType.objects.all())
        self.types = {kind.name.casefold(): kind.pk for kind in kinds} | {kind.code: kind.pk for kind in kinds}


@dataclass(slots=True)
class Plan:
    """What is to be done for one product; `row` is what the report says of it."""

    goods: Goods
    row: report.Row
    stored: Stored | None = None
    fields: dict[str, object] = field(default_factory=dict)
    variants: list[VariantPlan] = field(default_factory=list)
    facts: set[Name] | None = None
    typed: list[Told] = field(default_factory=list)
    # All its tags afterwards; None when they stay.
    tags: list[Tag] | None = None
    # Picture -> column -> its words before and after.
    alts: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    # Where it is to be put, when that is not where it is.
    place: str = ""
    # The primary key, once it is in the shop.
    product: int | None = None

    @property
    def does_something(self) -> bool:
        return self.row.verdict in (report.NEW, report.CHANGED)


def plan(goods: Goods, stored: Stored | None, desk: Desk) -> Plan:
    """The plan for these goods; `stored` is the product they are, when the shop has it."""
    verdict = report.SAME if stored else report.NEW
    name = goods.name or (stored.product.name if stored else "")
    made = Plan(goods, report.Row(goods.line, verdict, goods.short_key, cut(name, NAME_LENGTH)), stored)
    _plan_words(made, desk)
    made.variants = variant_plan.plan(goods, stored, desk)
    _plan_facts(made, desk)
    _plan_tags(made, desk)
    if stored:
        _judge(made, desk)
    made.row.details += goods.remarks
    return made


def reason_against(goods: Goods, stored: Stored | None) -> str:
    """Why goods that are not here yet cannot be made of what the file says; empty when they can."""
    if stored:
        return ""
    if not goods.name:
        return _("There is no such product, and without a name none can be made.")
    return "" if goods.pieces else _("There is no such product, and without a price none can be made.")


def _plan_words(plan: Plan, desk: Desk) -> None:
    goods, wanted = plan.goods, _wanted(plan, desk)
    if plan.stored is None:
        plan.fields = wanted
        return
    product = plan.stored.product
    plan.fields = {name: value for name, value in wanted.items() if not _is_same(name, getattr(product, name), value)}
    if wanted.get("status") == Status.PUBLISHED and plan.fields.get("status") and not product.published_at:
        plan.fields["published_at"] = None
    if goods.is_firm:
        _plan_place(plan, desk)


def _wanted(plan: Plan, desk: Desk) -> dict[str, object]:
    goods, first = plan.goods, languages()[0]
    wanted: dict[str, object] = {}
    if goods.name:
        wanted[f"name_{first}"] = cut(goods.name, NAME_LENGTH)
    if len(goods.name) > NAME_LENGTH:
        goods.remarks.append(_("The name has %(number)d characters and was cut to 255.") % {"number": len(goods.name)})
        # Nothing is lost: what was cut off can be read below.
        goods.description = goods.description or variant_plan.paragraph(goods.name)
    if goods.description is not None:
        wanted[f"description_{first}"] = goods.description
    for name, text in goods.words.items():
        wanted[name] = cut(text, longest(name))
    brand = goods.brand or (None if plan.stored else goods.first.get("brand"))
    if brand:
        wanted["brand"] = desk.brands.find(brand)
    if goods.status and goods.status != Status.SCHEDULED:  # only a person says when
        wanted["status"] = goods.status
    is_scheduled = plan.stored is not None and plan.stored.product.status == Status.SCHEDULED
    if is_scheduled and goods.knows_no_dates and goods.status == Status.DRAFT:
        del wanted["status"]
    if goods.kind_of_goods and (goods.is_firm or not plan.stored):
        if kind := desk.types.get(goods.kind_of_goods.casefold()):
            wanted["type_id"] = kind
        elif goods.is_firm:
            goods.remarks.append(_("There is no product type “%(name)s”.") % {"name": goods.kind_of_goods[:60]})
    if goods.is_firm and plan.stored:
        columns = {"kind": "kind", "tax_class": "tax_class_id"}
        wanted |= {column: goods.first[name] for name, column in columns.items() if name in goods.first}
    return wanted


def longest(name: str) -> int:
    """How many characters fit into that field of a product."""
    return Product._meta.get_field(name).max_length or 1_000_000


def _is_same(name: str, now: object, wanted: object) -> bool:
    """Whether the field says that already; words that were kept before they were cleaned are the same as cleaned."""
    now = now or ""
    if now == wanted or not isinstance(now, str) or not isinstance(wanted, str):
        return now == wanted
    return (body(now, is_html=True) if name.startswith("description") else plain(now)) == wanted


def _plan_place(plan: Plan, desk: Desk) -> None:
    """Category and address, when the file leads."""
    goods, product = plan.goods, plan.stored.product
    told = goods.first.get("category", "")
    if told and desk.shelves.names(product.category_id) != told:
        place = desk.shelves.find(told, goods.first["category_separator"])
        if place != product.category_id:
            plan.place = told
    if goods.slug and goods.slug != product.slug:
        slug = desk.claims.free_slug(goods)
        if slug:
            plan.fields["slug"] = slug
        else:
            goods.remarks.append(_("The address %(slug)s is taken, or is none.") % {"slug": goods.slug[:80]})


def _plan_facts(plan: Plan, desk: Desk) -> None:
    """The attribute values afterwards; None when they stay. Attributes that the file does not name are kept."""
    wanted: set[Name] = set()
    told = plan.goods.facts | {name: [] for name in plan.goods.fact_words if name not in plan.goods.facts}
    for name, said in told.items():
        if not said and not desk.attributes.knows(name):
            continue
        if kind := desk.attributes.kind(name):
            _plan_typed(plan, desk, name, kind, said)
        else:
            wanted |= {desk.attributes.value(name, text) for text in said}
    if not wanted:
        return
    named = {code for code, _value in wanted}
    now = plan.stored.facts if plan.stored else set()
    after = wanted | {name for name in now if name[0] not in named}
    if after != now:
        plan.facts = after


def _plan_tags(plan: Plan, desk: Desk) -> None:
    if plan.goods.tags is None:
        return
    wanted = list({id(tag): tag for name in plan.goods.tags if (tag := desk.tags.find(name))}.values())
    if plan.stored is None or {tag.pk for tag in wanted} != plan.stored.tags:
        plan.tags = wanted


def _plan_typed(plan: Plan, desk: Desk, name: str, kind: str, said: list[str]) -> None:
    decimal = desk.options.mapping.decimal if desk.options.mapping else "."
    pk = desk.attributes.axis_pk(desk.attributes.code(name))
    now = plan.stored.typed.get(pk) if plan.stored else None
    try:
        fact = typed.told(pk, kind, " | ".join(said), decimal, plan.goods.fact_words.get(name, {}))
    except Wrong as wrong:
        plan.goods.remarks.append(f"{name}: {wrong}")
        return
    if fact and not fact.is_said_by(now) and (now or said):
        plan.typed.append(fact)


def _judge(plan: Plan, desk: Desk) -> None:
    changes = [_said(name, plan.stored.product, value) for name, value in plan.fields.items() if name != "published_at"]
    changes += [change for variant in plan.variants for change in variant.details]
    if plan.place:
        changes.append((_("category"), desk.shelves.names(plan.stored.product.category_id), cut(plan.place, 120)))
    if plan.facts is not None:
        changes += _facts_said(plan, desk)
    if plan.tags is not None:
        changes.append((_("tags"), "", ", ".join(tag.name for tag in plan.tags)))
    changes += [(desk.attributes.label_of(fact.attribute_id), *_typed_said(plan, fact)) for fact in plan.typed]
    if not changes:
        return
    if desk.options.only_new:
        plan.row.details.append(_("Left as it is: you may not change products."))
        plan.row.verdict = report.SAME
        return
    plan.row.verdict = report.CHANGED
    plan.row.changes = changes


def _facts_said(plan: Plan, desk: Desk) -> list[tuple[str, str, str]]:
    before, after = plan.stored.facts, plan.facts
    codes = sorted({code for code, _value in before ^ after})

    def words(names, code: str) -> str:
        return ", ".join(sorted(desk.attributes.text(name) for name in names if name[0] == code)) or "–"

    return [(desk.attributes.label(code), cut(words(before, code), 80), cut(words(after, code), 80)) for code in codes]


def _typed_said(plan: Plan, fact: Told) -> tuple[str, str]:
    now = plan.stored.typed.get(fact.attribute_id)
    name, value = next((name, said) for name, said in fact.columns.items() if not now or getattr(now, name) != said)
    return cut(_shown(getattr(now, name) if now else None), 80), cut(_shown(value), 80)


def _said(name: str, product: Product, value: object) -> tuple[str, str, str]:
    label = str(product._meta.get_field(name).verbose_name)
    return label, cut(_shown(getattr(product, name)), 120), cut(_shown(value), 120)


def _shown(value: object) -> str:
    return " ".join(strip_tags(str(value or "–")).split())
