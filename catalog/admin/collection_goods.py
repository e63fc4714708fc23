"""The page on which goods are picked by hand, put in order, or left out of a collection."""

from typing import NamedTuple

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from catalog.actions.collections import picks
from catalog.admin.goods_list import named, words_of
from catalog.admin.picture_inline import thumbnail
from catalog.among import among
from catalog.models import Collection, CollectionMember, Picture, Product

FOUND, BY_RULE = 20, 24
# Seconds after which the page of a collection that is being put together asks again.
REFRESH = 2
Kind = CollectionMember.Kind


class Row(NamedTuple):
    """A product with its small picture; `kind` is how it stands in the collection, empty when it does not."""

    product: Product
    picture: str
    kind: str


def show(request, model_admin, collection: Collection):
    """The page; a POST is one of its buttons: `pick:7`, `up:7`, `arrange` with `order`, and so on."""
    if request.method == "POST":
        return _press(request, collection)
    query = request.GET.get("q", "").strip()[:80]
    members = _members(collection)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Goods"),
        "subtitle": str(collection),
        "opts": model_admin.opts,
        "collection": collection,
        "picked": _rows(members.filter(kind=Kind.HAND)[: picks.AT_MOST]),
        "out": _rows(members.filter(kind=Kind.OUT)[: picks.AT_MOST]),
        "by_rule": _rows(members.filter(kind=Kind.RULE).order_by("-product__popularity", "-product")[:BY_RULE]),
        "by_rule_number": collection.members.filter(kind=Kind.RULE).count(),
        "query": query,
        "found": _found(collection, query) if query else [],
    }
    response = render(request, "office/collection/goods.html", context)
    if collection.to_do:
        response.headers["Refresh"] = str(REFRESH)
    return response


def _rows(members) -> list[Row]:
    return [Row(member.product, _picture_of(member.product), member.kind) for member in members]


def _picture_of(product: Product) -> str:
    return thumbnail(next(iter(product.pictures.all()), None))


def _members(collection: Collection):
    pictures = Prefetch("product__pictures", Picture.objects.filter(is_ready=True))
    return collection.members.select_related("product").prefetch_related(pictures).order_by("position", "pk")


def _found(collection: Collection, query: str) -> list[Row]:
    """Goods whose name or SKU has the words."""
    words = [set(named(word)) for word in words_of(query)]
    found = set.intersection(*words) if words else set()
    rows = Product.objects.exclude(status=Product.Status.ARCHIVED).filter(pk__in=among(found))
    rows = rows.order_by("-popularity", "pk")
    goods = list(rows.prefetch_related(Prefetch("pictures", Picture.objects.filter(is_ready=True)))[:FOUND])
    standing = dict(collection.members.filter(product__in=goods).values_list("product_id", "kind"))
    return [Row(product, _picture_of(product), standing.get(product.pk, "")) for product in goods]


def _press(request, collection: Collection):
    verb, _colon, key = request.POST.get("do", "").partition(":")
    ids = [int(key)] if key.isascii() and key.isdigit() and len(key) < 15 else []
    try:
        _act(collection, verb, ids, request)
    except picks.TooManyPicked:
        messages.error(request, _("No more than %(number)d goods can be picked by hand.") % {"number": picks.AT_MOST})
    back = reverse("admin:catalog_collection_goods", args=[collection.pk])
    query = urlencode({"q": request.POST.get("q", "")[:80]}) if request.POST.get("q") else ""
    mark = f"#row-{ids[0]}" if ids and verb in ("up", "down", "first") else ""
    return redirect(f"{back}?{query}{mark}" if query else back + mark)


def _act(collection: Collection, verb: str, ids: list[int], request) -> None:
    simple = {"pick": picks.pick, "out": picks.leave_out, "free": picks.let_go}
    if verb == "arrange":
        picks.arrange(collection, [int(pk) for pk in request.POST.getlist("order") if pk.isdecimal() and len(pk) < 15])
    elif ids and verb in simple:
        simple[verb](collection, ids)
    elif ids and verb in ("up", "down", "first"):
        picks.shift(collection, ids[0], {"up": -1, "down": 1, "first": -picks.AT_MOST}[verb])
