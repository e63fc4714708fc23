"""Invoices and credit notes: the list for the accountant, each as PDF, all of them as a file."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.admin import TabularInline
from unfold.decorators import action, display

from catalog.moments import day
from customers.admin.day_range import by_day
from customers.admin.read_only import ReadOnlyAdmin
from orders.actions import invoicing
from orders.admin.answers import as_pdf, as_xml
from orders.admin.columns import link_to, written
from orders.admin.invoice_file import as_file
from orders.models import Invoice, InvoiceLine, Order
from orders.papers.structured import NotStructured, build, is_structured
from orders.queries.invoices import series


class InvoiceLineInline(TabularInline):
    model = InvoiceLine
    fields = readonly_fields = ["name", "sku", "quantity", "rate", "sum"]
    extra = 0
    can_delete = False

    @display(description=gettext_lazy("tax rate"))
    def rate(self, line: InvoiceLine) -> str:
        return f"{line.rate_bp / 100:g} %"

    @display(description=gettext_lazy("sum"))
    def sum(self, line: InvoiceLine) -> str:
        return written(line.gross, line.invoice.currency)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("invoice")

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    """What was written once is read here; a mistake is put right by another paper."""

    list_display = ["paper", "buyer_name", "of_order", "dated", "amount"]
    list_display_links = ["paper"]
    list_filter = ["kind", by_day("issued_on"), "taxing", "currency", "country"]
    list_select_related = ["order"]
    search_fields = ["number", "order_number", "buyer_name", "order__email"]
    search_help_text = gettext_lazy("Number of the paper or of the order, buyer or mail")
    list_filter_submit = True
    ordering = ["-issued_on", "-id"]
    list_before_template = "office/invoice-series.html"
    actions_list = ["export"]
    inlines = [InvoiceLineInline]
    fields = [
        "number", "kind", "of_order", "belongs_to", "dated", "buyer_name", "country", "taxing", "sum_net", "sum_tax",
        "amount", "language", "printed", "structured",
    ]  # fmt: skip
    readonly_fields = ["of_order", "belongs_to", "dated", "sum_net", "sum_tax", "amount", "printed", "structured"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("seller", "buyer", "delivers_to", "payment", "remarks")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**(extra_context or {}), "series": series()})

    @display(description=gettext_lazy("number"), ordering="id")
    def paper(self, invoice: Invoice) -> str:
        markup = '<span class="office-two"><strong>{}</strong><span>{}</span></span>'
        return format_html(markup, invoice.number, invoice.get_kind_display())

    @display(description=gettext_lazy("order"), ordering="order__id")
    def of_order(self, invoice: Invoice) -> str:
        return link_to(invoice.order)

    @display(description=gettext_lazy("belongs to"))
    def belongs_to(self, invoice: Invoice) -> str:
        return str(invoice.corrects or "–")

    @display(description=gettext_lazy("date"), ordering="issued_on")
    def dated(self, invoice: Invoice) -> str:
        return day(invoice.issued_on)

    @display(description=gettext_lazy("sum"), ordering="gross")
    def amount(self, invoice: Invoice) -> str:
        return written(-invoice.gross if invoice.is_credit else invoice.gross, invoice.currency)

    @display(description=gettext_lazy("net"))
    def sum_net(self, invoice: Invoice) -> str:
        return written(invoice.net, invoice.currency)

    @display(description=gettext_lazy("tax"))
    def sum_tax(self, invoice: Invoice) -> str:
        return written(invoice.tax, invoice.currency)

    @display(description=gettext_lazy("to print"))
    def printed(self, invoice: Invoice) -> str:
        address = reverse("admin:orders_invoice_pdf", args=[invoice.pk])
        return format_html('<a class="office-link" href="{}">{}</a>', address, f"{invoice.number}.pdf")

    @display(description=gettext_lazy("e-invoice (EN 16931)"))
    def structured(self, invoice: Invoice) -> str:
        if not is_structured(invoice):
            return _("Needs the VAT number of the shop, in its details.")
        address = reverse("admin:orders_invoice_xml", args=[invoice.pk])
        return format_html('<a class="office-link" href="{}">{}</a>', address, f"{invoice.number}.xml")

    @action(description=gettext_lazy("As a file (CSV)"), url_path="export", permissions=["view"])
    def export(self, request):
        """What the list shows with the same filters, a row for each rate."""
        return as_file(self.get_changelist_instance(request).get_queryset(request))

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/pdf/", view(self.pdf), name="orders_invoice_pdf"),
            path("<int:pk>/xml/", view(self.xml), name="orders_invoice_xml"),
            path("write/<int:order_id>/", view(require_POST(self.write)), name="orders_invoice_write"),
            *super().get_urls(),
        ]

    def pdf(self, request, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        from orders.papers.invoice import draw  # slow to load, and most pages draw nothing

        invoice = get_object_or_404(Invoice, pk=pk)
        return as_pdf(draw(invoice), invoice.number)

    def xml(self, request, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        invoice = get_object_or_404(Invoice, pk=pk)
        try:
            return as_xml(build(invoice), invoice.number)
        except NotStructured:
            raise Http404 from None

    def write(self, request, order_id: int) -> HttpResponse:
        """The invoice of an order whose money is not here yet, for a buyer who pays by it."""
        if not (self.has_view_permission(request) and request.user.has_perm("orders.change_order")):
            raise PermissionDenied
        order = get_object_or_404(Order, pk=order_id)
        try:
            invoice = invoicing.issue(order)
        except invoicing.NotInvoiced:
            messages.warning(request, _("Only a placed order is invoiced."))
        else:
            messages.success(request, _("Invoice %(number)s is written.") % {"number": invoice})
        return redirect("admin:orders_order_change", order.pk)
