"""For staff: every letter that went out or waits, readable as its reader sees it.

A shop without a mail server is thus still a whole shop: the order confirmation can be read here.
"""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from customers.admin.letters import letter_page
from customers.models import Mail
from marketing.models import Message

PER_PAGE = 50


@require_safe
@login_required
def outgoing_mail(request: HttpRequest) -> HttpResponse:
    """Newest first: the post of the shop's business, and reminders that were written."""
    _refuse_strangers(request)
    rows = _rows(_mails(request), "mail", "sent_at").union(_rows(_messages(), "message", "handed_over_at"))
    page = Paginator(rows.order_by("-at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "staff/mails.html", {"page": page, "statuses": _statuses()})


@require_safe
@login_required
def letter(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One letter with its address, subject, text and a frame that shows the HTML."""
    found = _find(request, kind, pk)
    to = found.to if kind == "mail" else found.address
    return render(request, "staff/letter.html", {"letter": found, "to": to, "kind": kind})


@require_safe
@login_required
def letter_html(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    return letter_page(_find(request, kind, pk).html)


def _refuse_strangers(request: HttpRequest) -> None:
    if not (request.user.is_staff and request.user.has_perm("customers.view_mail")):
        raise PermissionDenied


def _find(request: HttpRequest, kind: str, pk: int) -> Mail | Message:
    _refuse_strangers(request)
    found = {"mail": _mails(request), "message": _messages()}.get(kind, Mail.objects.none()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _mails(request: HttpRequest) -> QuerySet[Mail]:
    """Links for signing in are keys to somebody's account, perhaps a higher one than the reader's own."""
    mails = Mail.objects.all()
    return mails if request.user.is_superuser else mails.exclude(key__startswith="account:")


def _messages() -> QuerySet[Message]:
    return Message.objects.exclude(html="")


def _rows(letters: QuerySet, kind: str, sent: str) -> QuerySet:
    to = "to" if kind == "mail" else "address"
    return (
        letters.order_by()
        .annotate(kind=Value(kind, CharField()), at=Coalesce(sent, "created_at"))
        .values_list("kind", "pk", to, "subject", "status", "at", named=False)
    )


def _statuses() -> dict[str, str]:
    return {**dict(Message.Status.choices), **dict(Mail.Status.choices)}
