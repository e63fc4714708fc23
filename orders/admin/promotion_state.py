"""In which state a promotion is: in the list, and as a filter of it."""

from datetime import datetime

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.models import Promotion, PromotionUse

COLOURS = {"runs": "success", "later": "info", "used up": "warning", "over": "warning", "draft": "danger"}
WORDS = {
    "runs": _("running"),
    "later": _("planned"),
    "used up": _("used up"),
    "over": _("over"),
    "draft": _("draft"),
}


def with_uses(promotions: QuerySet[Promotion]) -> QuerySet[Promotion]:
    """With `used`, how often it stands in orders that were not called off, and `turnover`, what those in the shop's
    currency come to."""
    uses = PromotionUse.objects.filter(promotion=OuterRef("pk"), released_at__isnull=True).order_by()
    number = uses.values("promotion").annotate(number=Count("pk")).values("number")
    ours = uses.filter(currency=settings.SHOP_CURRENCY).values("promotion")
    turnover = ours.annotate(sum=Sum("order__total")).values("sum")
    return promotions.annotate(used=Coalesce(Subquery(number), 0), turnover=Coalesce(Subquery(turnover), 0))


def state_of(promotion: Promotion, now: datetime) -> str:
    """Of one that came `with_uses`."""
    if not promotion.is_active:
        return "draft"
    if promotion.ends_at and promotion.ends_at <= now:
        return "over"
    if promotion.limit_total is not None and promotion.used >= promotion.limit_total:
        return "used up"
    return "later" if promotion.starts_at and promotion.starts_at > now else "runs"


class StateFilter(SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return list(WORDS.items())

    def queryset(self, request, queryset):
        now = timezone.now()
        over = Q(ends_at__isnull=False, ends_at__lte=now)
        used_up = Q(limit_total__isnull=False, used__gte=F("limit_total"))
        later = Q(starts_at__isnull=False, starts_at__gt=now)
        alive = queryset.filter(is_active=True)
        found = {
            "draft": lambda: queryset.filter(is_active=False),
            "over": lambda: alive.filter(over),
            "used up": lambda: alive.exclude(over).filter(used_up),
            "later": lambda: alive.exclude(over).exclude(used_up).filter(later),
            "runs": lambda: alive.exclude(over).exclude(used_up).exclude(later),
        }.get(self.value())
        return found() if found else queryset
