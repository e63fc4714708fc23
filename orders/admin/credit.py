"""Gift cards and store credit: who has what, how it came and went; given, corrected and blocked by staff."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.admin import TabularInline
from unfold.decorators import action, display

from catalog.money import format_minor
from customers.admin.read_only import ReadOnlyAdmin
from customers.models import Customer
from orders.actions import credit
from orders.admin.columns import link_to, written
from orders.admin.credit_forms import CorrectForm, IssueForm
from orders.models import CreditAccount, CreditEntry

Kind = CreditAccount.Kind


class EntryInline(TabularInline):
    model = CreditEntry
    hide_title = True
    fields = readonly_fields = ["created_at", "kind", "moved", "left", "of_order", "note", "actor"]
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("account", "payment__order", "actor").order_by("-id")

    @display(description=gettext_lazy("amount"))
    def moved(self, entry: CreditEntry) -> str:
        return written(entry.amount, entry.account.currency)

    @display(description=gettext_lazy("balance after it"))
    def left(self, entry: CreditEntry) -> str:
        return written(entry.balance_after, entry.account.currency)

    @display(description=gettext_lazy("order"))
    def of_order(self, entry: CreditEntry) -> str:
        return link_to(entry.payment.order if entry.payment else None)

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(CreditAccount)
class CreditAccountAdmin(ReadOnlyAdmin):
    """Every balance with its history. The code of a card is shown to nobody here: its last four signs find it."""

    list_display = ["name", "whose", "on_it", "state", "created_at"]
    list_filter = ["kind", "is_blocked", "currency"]
    list_select_related = ["customer"]
    search_fields = ["tail", "email", "customer__email", "customer__name", "note", "line__order__number"]
    search_help_text = gettext_lazy("Last signs of the code, mail, customer, order number")
    inlines = [EntryInline]
    fields = [
        "kind", "tail", "customer", "on_it", "expires_on", "is_blocked", "of_order", "email", "giver", "greeting",
        "send_on", "sent_at", "note", "created_at",
    ]  # fmt: skip
    readonly_fields = ["on_it", "of_order"]
    actions_list = ["give"]
    actions_detail = ["correct", "block", "send_again"]

    @display(description=gettext_lazy("card"), ordering="id")
    def name(self, account: CreditAccount) -> str:
        return str(account)

    @display(description=gettext_lazy("for"))
    def whose(self, account: CreditAccount) -> str:
        return str(account.customer) if account.customer_id else account.email or "–"

    @display(description=gettext_lazy("balance"), ordering="balance")
    def on_it(self, account: CreditAccount) -> str:
        return written(account.balance, account.currency)

    @display(description=gettext_lazy("order"))
    def of_order(self, account: CreditAccount) -> str:
        return link_to(account.line.order if account.line_id else None)

    @display(description=gettext_lazy("state"), label={"good": "success", "empty": "info", "blocked": "danger"})
    def state(self, account: CreditAccount) -> tuple[str, str]:
        if account.is_blocked:
            return "blocked", _("blocked")
        if account.expires_on and account.expires_on < timezone.localdate():
            return "blocked", _("over")
        return ("good", _("valid")) if account.balance else ("empty", _("empty"))

    @action(description=gettext_lazy("Give a gift card or store credit"), url_path="give", permissions=["move"])
    def give(self, request):
        form = IssueForm(request.POST or None, initial={"seen": credit.moves_of(request.user)})
        if request.method == "POST" and form.is_valid():
            try:
                with credit.once(request.user, form.cleaned_data["seen"]):
                    account, words = _give(request, form.cleaned_data)
            except credit.DoneBefore:
                return _done_before(request, reverse("admin:orders_creditaccount_changelist"))
            messages.success(request, words)
            return redirect(_page(account))
        return self._ask(
            request,
            form,
            title=_("Give a gift card or store credit"),
            sentence=_("Give something to spend in the shop"),
            detail=_("Ticked, it becomes store credit of that customer; else it is a card with a code."),
            button=_("Give it"),
        )

    @action(description=gettext_lazy("Correct the balance…"), url_path="correct", permissions=["move"])
    def correct(self, request, object_id: str):
        account = self._account(request, object_id)
        seen = {"seen": credit.moves_of(account)}
        form = CorrectForm(request.POST or None, currency=account.currency, initial=seen)
        if request.method == "POST" and form.is_valid():
            return _correct(request, account, form.cleaned_data)
        return self._ask(
            request,
            form,
            account,
            title=_("Correct the balance"),
            sentence=_("Add to it, or take from it?"),
            detail=_("%(sum)s is on it. The history keeps what you write.") % {"sum": _sum(account)},
            button=_("Correct it"),
        )

    @action(description=gettext_lazy("Block or unblock…"), url_path="block", permissions=["move"])
    def block(self, request, object_id: str):
        account = self._account(request, object_id)
        if request.method == "POST":
            CreditAccount.objects.filter(pk=account.pk).update(is_blocked=not account.is_blocked)
            messages.success(request, _("It pays again.") if account.is_blocked else _("It no longer pays."))
            return redirect(_page(account))
        return self._ask(
            request,
            None,
            account,
            title=_("Unblock") if account.is_blocked else _("Block"),
            sentence=_("Let it pay again?") if account.is_blocked else _("Let nobody pay with it any more?"),
            detail=_("What is on it stays on it."),
            button=_("Unblock it") if account.is_blocked else _("Block it"),
            danger=not account.is_blocked,
        )

    @action(description=gettext_lazy("Mail the card again…"), url_path="send-again", permissions=["move"])
    def send_again(self, request, object_id: str):
        account = self._account(request, object_id)
        if not account.email or not account.code_hash:
            messages.warning(request, _("It goes to nobody by mail."))
            return redirect(_page(account))
        if request.method == "POST":
            credit.send_once_more(account, timezone.now())
            messages.success(request, _("The letter to %(email)s is on its way.") % {"email": account.email})
            return redirect(_page(account))
        sentence = _("Mail its code to %(email)s again?") % {"email": account.email}
        detail = _("The letter is the same, with what is on the card now.")
        return self._ask(
            request, None, account, title=_("Mail again"), sentence=sentence, detail=detail, button=_("Mail it")
        )

    def has_move_permission(self, request, object_id=None) -> bool:
        return request.user.has_perm("orders.change_creditaccount")

    def _account(self, request, object_id: str) -> CreditAccount:
        if not self.has_move_permission(request):
            raise PermissionDenied
        account = self.get_object(request, object_id)
        if account is None:
            raise Http404
        return account

    def _ask(self, request, form, account: CreditAccount | None = None, **words):
        back = _page(account) if account else reverse("admin:orders_creditaccount_changelist")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form, "back": back, **words}
        context["subtitle"] = str(account) if account else _("Gift cards and store credit")
        return render(request, "office/ask.html", context, status=422 if form is not None and form.errors else 200)


def _give(request, wish: dict) -> tuple[CreditAccount, str]:
    now, email = timezone.now(), wish["email"]
    customer = Customer.objects.filter(email__iexact=email).first() if email and wish["as_credit"] else None
    facts = {"actor": request.user, "note": wish["note"]}
    if customer is not None:
        account = credit.credit_customer(customer, wish["amount"], wish["currency"], now, **facts)
        return account, _("%(email)s has the store credit.") % {"email": email}
    card = credit.issue(
        wish["amount"],
        wish["currency"],
        now,
        email=email,
        greeting=wish["greeting"],
        expires_on=wish["expires_on"],
        send_on=wish["send_on"],
        language=wish["language"],
        **facts,
    )
    if email:
        return card, _("The card is made, and its code goes to %(email)s.") % {"email": email}
    words = _("The card is made. Its code is %(code)s; it is shown only now, so write it down.")
    return card, words % {"code": credit.code_of(card)}


def _correct(request, account: CreditAccount, wish: dict):
    by, facts = wish["by"], {"actor": request.user, "note": wish["note"]}
    move = credit.put if by > 0 else credit.take
    try:
        with credit.once(account, wish["seen"]):
            move(account.pk, abs(by), CreditEntry.Kind.CORRECTED, timezone.now(), **facts)
    except credit.DoneBefore:
        return _done_before(request, _page(account))
    except credit.NotCovered:
        messages.error(request, _("Nothing was changed: there is less on it than you want to take."))
    else:
        messages.success(request, _("The balance is corrected."))
    return redirect(_page(account))


def _done_before(request, address: str):
    messages.warning(request, _("Nothing was done: somebody did it before, or called it off."))
    return redirect(address)


def _page(account: CreditAccount) -> str:
    return reverse("admin:orders_creditaccount_change", args=[account.pk])


def _sum(account: CreditAccount) -> str:
    return format_minor(account.balance, account.currency, get_language() or "en")
