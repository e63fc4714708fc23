"""The front page of the back office: what happened, what waits, what is worth a thought. A morning paper.

Each part is read only for those who may open the lists behind it, and each number leads to its list.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from catalog.models import Consignment
from catalog.queries.shelves import shelves
from customers import texts
from customers.models import Mail, Text
from marketing.models import Message
from orders.models import MoneyCheck, ProviderEvent, ShelfCheck
from orders.queries.office import waiting
from orders.queries.sales import by_month, sales_in
from shop import untranslated
from shop.admin import figures, trail
from shop.admin.menu import voices


def front_page(request, context: dict) -> dict:
    """unfold's callback: adds to the context of the index."""
    may = request.user.has_perm
    now, today = timezone.now(), localdate()
    context |= {"title": "", "content_title": _("Today"), "today": today, "first_name": request.user.get_short_name()}
    if may("orders.view_order"):
        context |= _sales(now, today)
    context["needs"] = [line for line in [*_needs(may, now, today), *_voices(request), *_machines(may)] if line]
    if may("marketing.view_event"):
        context["funnel"] = trail.funnel_of(now)
    if may("orders.view_cart"):
        context["carts"] = trail.carts_of(now)
    return context


def _sales(now: datetime, today) -> dict:
    midnight = make_aware(datetime.combine(today, time()))
    week, before = midnight - timedelta(days=6), midnight - timedelta(days=13)
    day, last, earlier = sales_in((midnight, now), (week, now), (before, week))
    months = by_month(today)
    return {
        "figures": figures.rows(day, last, earlier, {"midnight": midnight, "week": week, "before": before}),
        "bars": figures.bars(months),
        "months": figures.months(months),
    }


def _needs(may, now: datetime, today):
    """What wants a person, in the order of the morning."""
    if may("orders.view_order"):
        counts = waiting(today)
        yield trail.need("pack", counts.pack, "admin:orders_order_changelist", "view=pack")
        yield trail.need("late", counts.late, "admin:orders_order_changelist", "view=late", grave=True)
        yield trail.alarm("overdue", counts.overdue, "admin:orders_order_changelist", "view=overdue")
        yield trail.alarm("lapsing", counts.lapsing, "admin:orders_order_changelist", "view=lapsing")
        yield trail.need("trouble", counts.trouble, "admin:orders_order_changelist", "view=trouble", grave=True)
        yield trail.need("money", counts.money, "admin:orders_order_changelist", "view=money")
    if may("catalog.view_stocklevel"):
        stock = shelves()
        yield trail.need("sold_out", stock.sold_out, "admin:catalog_stocklevel_low", "left=none")
        yield trail.need("low", stock.low, "admin:catalog_stocklevel_low", "")
    if may("catalog.change_product") and (lacking := untranslated.total()):
        yield trail.need("words", lacking, "admin:shop_untranslated", "")


def _voices(request):
    """What people wrote and nobody has read; what visitors find wrong."""
    counts = voices(request)
    if request.user.has_perm("marketing.view_review"):
        yield trail.need("reviews", counts.reviews, "admin:marketing_review_changelist", "state__exact=pending")
        yield trail.alarm("reported", counts.reported, "admin:marketing_review_changelist", "reported=yes")
    if request.user.has_perm("marketing.view_question"):
        yield trail.need("questions", counts.questions, "admin:marketing_question_changelist", "state__exact=pending")


def _machines(may):
    """What the shop could not do by itself; said only when there is any."""
    if may("catalog.view_consignment"):
        overdue = Consignment.objects.filter(status=Consignment.Status.UNDER_WAY, expected_on__lt=localdate()).count()
        yield trail.alarm("incoming", overdue, "admin:catalog_consignment_changelist", "day=late")
    if may("orders.view_shelfcheck"):
        last = ShelfCheck.objects.first()
        wrong = len(last.drifts) if last and not last.mended else 0
        yield trail.alarm("drift", wrong, "admin:orders_shelfcheck_changelist", "")
    if may("orders.view_moneycheck"):
        check = MoneyCheck.objects.first()
        yield trail.alarm("sums", len(check.drifts) if check else 0, "admin:orders_moneycheck_changelist", "")
    if may("customers.view_mail"):
        failed = Mail.objects.filter(status=Mail.Status.FAILED).count()
        yield trail.alarm("mails", failed, "admin:customers_mail_changelist", "status__exact=failed")
    if texts.is_offered() and may("customers.view_text"):
        failed = Text.objects.filter(status=Text.Status.FAILED).count()
        yield trail.alarm("texts", failed, "admin:customers_text_changelist", "status__exact=failed")
    if may("orders.view_providerevent"):
        aside = ProviderEvent.objects.filter(status=ProviderEvent.Status.SET_ASIDE).count()
        yield trail.alarm("events", aside, "admin:orders_providerevent_changelist", "status__exact=set_aside")
    if may("marketing.view_message"):
        doubtful = Message.objects.filter(status=Message.Status.IN_DOUBT).count()
        yield trail.alarm("doubt", doubtful, "admin:marketing_message_changelist", "status__exact=in_doubt")
