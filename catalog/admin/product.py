"""Products: a list to find them in, and one page on which everything about one is kept."""

from django.contrib import admin, messages
from django.db.models import Prefetch, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog import revision
from catalog.actions import listing, publishing
from catalog.actions.pricing import Cause
from catalog.actions.variants import make_gift_cards, make_to_order
from catalog.admin import generate, variant_table
from catalog.admin.addresses import Movable
from catalog.admin.columns import money_range
from catalog.admin.components import ComponentPages
from catalog.admin.exporting import ExportPages
from catalog.admin.file_inline import FileInline
from catalog.admin.film_inline import FilmInline
from catalog.admin.first_variants import PRICE
from catalog.admin.first_variants import name_of as axis_name
from catalog.admin.goods_list import CHEAPEST, MOST, GoodsList, named, words_of
from catalog.admin.importing import ImportPages
from catalog.admin.languages import in_all
from catalog.admin.large import PagesByKey
from catalog.admin.link_inline import LinkInline
from catalog.admin.panels import kept_goods
from catalog.admin.personalisation_inline import PersonalisationInline
from catalog.admin.picture_inline import PictureInline, thumbnail
from catalog.admin.price_bulk import PriceChangePages
from catalog.admin.price_chart import history_of
from catalog.admin.product_filters import FILTERS
from catalog.admin.product_form import ProductForm
from catalog.admin.snippet import ShowsSnippet, with_snippets
from catalog.admin.typed_product import TypedPages, axes_on
from catalog.admin.variant_inline import VariantInline
from catalog.among import among
from catalog.models import Picture, Product, Variant
from catalog.previews import token_for

Status = Product.Status
# So many products that could not be published are named; the rest is a number.
REFUSALS = 10
# More variants than these are edited in their table.
MOST_ON_THE_PAGE = 30


@admin.register(Product)
class ProductAdmin(
    PriceChangePages, TypedPages, ComponentPages, ImportPages, ExportPages, ShowsSnippet, Movable, ModelAdmin
):
    """What is sold: words in three languages, variants, pictures, files; lists and search follow each save."""

    form = ProductForm
    snippet_words = ("search_description", "summary")
    inlines = [VariantInline, PictureInline, FilmInline, LinkInline, PersonalisationInline, FileInline]
    list_display = ["goods", "category", "price", "stock", "state"]
    list_filter = FILTERS
    list_filter_submit = True
    list_select_related = ["category", "brand"]
    search_fields = ["name_en"]
    search_help_text = gettext_lazy("Name, SKU, barcode or brand")
    autocomplete_fields = ["brand", "options", "tags"]
    prepopulated_fields = {"slug": ["name_en"]}
    list_per_page = 50
    paginator = PagesByKey
    show_full_result_count = False
    warn_unsaved_form = True
    save_on_top = False
    actions = ["publish", "archive", "change_prices"]
    actions_list = ["import_products", "export_products"]
    # Short, so that the name of the product has room beside them.
    actions_detail = ["preview", {"title": gettext_lazy("Variants"), "items": ["variant_table", "make_variants"]}]
    readonly_fields = ["past_prices"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "catalog_product_changelist":
            rows = rows.prefetch_related(Prefetch("pictures", Picture.objects.filter(is_ready=True)))
        return rows

    def get_changelist(self, request, **kwargs):
        return GoodsList

    def get_search_results(self, request, queryset, search_term):
        found = [named(word) for word in words_of(search_term)]
        if any(len(keys) >= MOST for keys in found):
            messages.info(request, _("So many have that word that only the newest were looked through."))
        return queryset.filter(*(Q(pk__in=among(keys)) for keys in found)), False

    def get_fieldsets(self, request, obj=None):
        place = ("category", "brand")
        main = [
            *in_all("name"),
            "type",
            "status",
            "published_at",
            "publish_at",
            "unpublish_at",
            place,
            ("kind", "tax_class"),
            "slug",
            "options",
            "tags",
            "lead_days",
            ("min_quantity", "max_quantity"),
            "quantity_step",
        ]
        words = self.language_tabs(request, obj, "summary", "description", "search_title", "search_description")
        past = [(_("What they have cost"), {"fields": ["past_prices"]})] if obj else []
        facts = self.fact_fieldsets(request, obj)
        words = with_snippets(words)
        return [(None, {"fields": main}), *words, *facts, *self._first(request, obj), *past]

    def _first(self, request, obj) -> list[tuple]:
        """What a new product can begin with."""
        axes = [axis_name(option) for option in axes_on(request, obj)]
        said = _("Tick what you sell: saving makes a variant for each combination.")
        variants = [(_("Variants"), {"fields": [*axes, PRICE], "description": said})] if axes else []
        return [*variants, (_("New pictures"), {"fields": ["new_pictures"]})]

    def get_inlines(self, request, obj):
        digital = obj is not None and obj.kind == Product.Kind.DIGITAL
        if obj is None:
            return [] if axes_on(request, obj) else [VariantInline]
        # Hundreds of forms on one page could neither be read nor sent: they stand in a table of their own.
        many = obj.variants.count() > MOST_ON_THE_PAGE
        first = [] if many else [VariantInline]
        return [
            *first,
            PictureInline,
            FilmInline,
            LinkInline,
            PersonalisationInline,
            *([FileInline] if digital else []),
        ]

    @display(description=gettext_lazy("product"), ordering="name_en")
    def goods(self, product: Product) -> str:
        picture = next(iter(product.pictures.all()), None)
        words = format_html("<strong>{}</strong><span>{}</span>", product.name, product.brand or "")
        markup = '<span class="office-goods">{}<span class="office-two">{}</span></span>'
        return format_html(markup, thumbnail(picture), words)

    @display(description=gettext_lazy("price history"))
    def past_prices(self, product: Product) -> str:
        return history_of(product, get_language() or "en")

    @display(description=gettext_lazy("price"), ordering=CHEAPEST)
    def price(self, product: Product) -> str:
        return money_range(product.offered.price_min, product.offered.price_max, get_language() or "en")

    @display(description=gettext_lazy("stock"), label={"in": "success", "out": "danger", "none": "warning"})
    def stock(self, product: Product) -> tuple[str, str]:
        if not product.offered.number:
            return "none", _("no variant")
        return ("in", _("in stock")) if product.offered.at_hand else ("out", _("sold out"))

    @display(
        description=gettext_lazy("status"),
        ordering="status",
        label={"published": "success", "draft": "info", "scheduled": "info", "archived": "warning"},
    )
    def state(self, product: Product) -> tuple[str, str]:
        return product.status, product.get_status_display()

    @admin.action(description=gettext_lazy("Publish"), permissions=["change"])
    def publish(self, request, queryset) -> None:
        ids = list(queryset.values_list("pk", flat=True))
        gaps = publishing.publish_all(ids, timezone.now())
        if len(gaps) < len(ids):
            self._say_state(request, len(ids) - len(gaps), Status.PUBLISHED)
        names = {product.pk: product.name for product in Product.objects.filter(pk__in=list(gaps)[:REFUSALS])}
        for pk, name in names.items():
            sentences = " ".join(map(str, gaps[pk]))
            messages.error(
                request, _("“%(name)s” was not published: %(missing)s") % {"name": name, "missing": sentences}
            )
        if len(gaps) > REFUSALS:
            more = len(gaps) - REFUSALS
            words = ngettext("%(number)d more was not published.", "%(number)d more were not published.", more)
            messages.error(request, words % {"number": more})

    @admin.action(description=gettext_lazy("Archive: no longer shown or sold"), permissions=["change"])
    def archive(self, request, queryset) -> None:
        changed = publishing.archive(list(queryset.values_list("pk", flat=True)))
        self._say_state(request, changed, Status.ARCHIVED)

    def _say_state(self, request, number: int, status: str) -> None:
        words = ngettext("%(number)d product: %(state)s.", "%(number)d products: %(state)s.", number)
        messages.success(request, words % {"number": number, "state": Status(status).label})

    @action(description=gettext_lazy("Make missing variants…"), url_path="variants", permissions=["change"])
    def make_variants(self, request, object_id: str):
        return generate.variants(request, self, object_id)

    @action(description=gettext_lazy("Preview"), url_path="preview", permissions=["change"])
    def preview(self, request, object_id: str):
        product = self.get_object(request, object_id)
        if product is None:
            raise Http404
        if product.status == Status.PUBLISHED:
            return redirect(product.get_absolute_url())
        return redirect("preview", token_for(product))

    @action(description=gettext_lazy("Variants as a table"), url_path="variant-table", permissions=["change"])
    def variant_table(self, request, object_id: str):
        return variant_table.page(request, self, object_id)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        product = form.instance
        if not change:
            form.make_variants(product)
        form.take_pictures(product)
        if form.is_to_publish:
            self._publish(request, product)
        if product.lead_days:
            make_to_order(product)
        if product.kind == Product.Kind.GIFT_CARD:
            make_gift_cards(product)
        listing.refresh([product.pk], cause=Cause("set", str(request.user)))
        if any(formset.has_changed() for formset in formsets):
            # What a page keeps beside the listing: what the product asks, what goes with it.
            revision.renew()
        for_sale = Variant.objects.filter(product=product, is_active=True).exists()
        if product.status == Status.PUBLISHED and not for_sale:
            messages.warning(request, _("No variant of it is for sale, so shoppers do not find it yet."))

    def save_model(self, request, obj, form, change) -> None:
        """Published is what `publishing.publish` has looked at; until everything is saved it is a draft."""
        was = form.initial.get("status", Status.DRAFT) if change else Status.DRAFT
        form.is_to_publish = obj.status == Status.PUBLISHED != was
        obj.status = was if form.is_to_publish else obj.status
        super().save_model(request, obj, form, change)

    def _publish(self, request, product: Product) -> None:
        try:
            publishing.publish(product, timezone.now())
        except publishing.Incomplete as refusal:
            messages.error(request, " ".join([_("It is kept as a draft."), *refusal.missing]))

    def get_actions(self, request) -> dict:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(self, request, object_id, extra_context=None):
        product = self.get_object(request, object_id)
        if product is None or not self.has_delete_permission(request, product) or not kept_goods.among([product.pk]):
            return super().delete_view(request, object_id, extra_context)
        if request.method == "POST":
            publishing.archive([product.pk])
            words = _("“%(name)s” was ordered or lies in a cart, so it was archived and not deleted.")
            messages.warning(request, words % {"name": product})
            return redirect(reverse("admin:catalog_product_change", args=[product.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Delete"),
            "subtitle": str(product),
            "opts": self.opts,
            "back": reverse("admin:catalog_product_change", args=[product.pk]),
            "sentence": _("This was ordered or lies in a cart, so it cannot be deleted. Archive it instead?"),
            "detail": _("It is then no longer shown or sold; orders keep what was bought."),
            "button": _("Archive it"),
        }
        return render(request, "office/ask.html", context)

    def delete_model(self, request, obj) -> None:
        pk = obj.pk
        super().delete_model(request, obj)
        listing.refresh([pk])
