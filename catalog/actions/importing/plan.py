"""Comparing what a file says with what the shop has. Nothing is written here."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalog.actions.importing import report, variant_plan
from catalog.actions.importing.brands import Brands
from catalog.actions.importing.claims import Claims
from catalog.actions.importing.goods import Goods
from catalog.actions.importing.options import Options
from catalog.actions.importing.stored import Stored
from catalog.actions.importing.texts import cut
from catalog.actions.importing.variant_plan import VariantPlan
from catalog.actions.importing.vocabulary import Name, Vocabulary
from catalog.models import Product
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
    claims: Claims = field(default_factory=Claims)


@dataclass(slots=True)
class Plan:
    """What is to be done for one product; `row` is what the report says of it."""

    goods: Goods
    row: report.Row
    stored: Stored | None = None
    fields: dict[str, object] = field(default_factory=dict)
    variants: list[VariantPlan] = field(default_factory=list)
    facts: set[Name] | None = None

    @property
    def does_something(self) -> bool:
        return self.row.verdict in (report.NEW, report.CHANGED)


def plan(goods: Goods, stored: Stored | None, desk: Desk) -> Plan:
    """The plan for these goods; `stored` is the product they are, when the shop has it."""
    verdict = report.SAME if stored else report.NEW
    made = Plan(
        goods, report.Row(goods.line, verdict, goods.key.partition(":")[2], cut(goods.name, NAME_LENGTH)), stored
    )
    _plan_words(made, desk)
    made.variants = variant_plan.plan(goods, stored, desk)
    _plan_facts(made, desk)
    if stored:
        _judge(made, desk)
    made.row.details += goods.remarks
    return made


def _plan_words(plan: Plan, desk: Desk) -> None:
    goods, first = plan.goods, languages()[0]
    wanted: dict[str, object] = {f"name_{first}": cut(goods.name, NAME_LENGTH)}
    if len(goods.name) > NAME_LENGTH:
        goods.remarks.append(_("The name has %(number)d characters and was cut to 255.") % {"number": len(goods.name)})
        # Nothing is lost: what was cut off can be read below.
        goods.description = goods.description or variant_plan.paragraph(goods.name)
    if goods.description is not None:
        wanted[f"description_{first}"] = goods.description
    brand = goods.brand or (None if plan.stored else goods.first.get("brand"))
    if brand:
        wanted["brand"] = desk.brands.find(brand)
    if goods.status:
        wanted["status"] = goods.status
    if plan.stored is None:
        plan.fields = wanted
        return
    product = plan.stored.product
    plan.fields = {name: value for name, value in wanted.items() if (getattr(product, name) or "") != value}
    if wanted.get("status") == Status.PUBLISHED and plan.fields.get("status") and not product.published_at:
        plan.fields["published_at"] = None


def _plan_facts(plan: Plan, desk: Desk) -> None:
    """The attribute values afterwards; None when they stay. Attributes that the file does not name are kept."""
    if not plan.goods.facts:
        return
    wanted = {desk.attributes.value(name, text) for name, texts in plan.goods.facts.items() for text in texts}
    named = {code for code, _value in wanted}
    now = plan.stored.facts if plan.stored else set()
    after = wanted | {name for name in now if name[0] not in named}
    if after != now:
        plan.facts = after


def _judge(plan: Plan, desk: Desk) -> None:
    changes = [_said(name, plan.stored.product, value) for name, value in plan.fields.items() if name != "published_at"]
    changes += [line for variant in plan.variants for line in variant.details]
    if plan.facts is not None:
        changes.append(_("attributes"))
    if not changes:
        return
    if desk.options.only_new:
        plan.row.details.append(_("Left as it is: you may not change products."))
        return
    plan.row.verdict = report.CHANGED
    plan.row.details += changes


def _said(name: str, product: Product, value: object) -> str:
    label = product._meta.get_field(name).verbose_name
    if name.startswith("description"):
        return str(label)
    return f"{label}: {cut(str(getattr(product, name) or '–'), 80)} → {cut(str(value), 80)}"
