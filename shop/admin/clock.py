"""The clock: what runs when, with the switch and the hour in the merchant's hand."""

import logging

from celery import current_app
from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from unfold.admin import ModelAdmin
from unfold.decorators import display

logger = logging.getLogger(__name__)

admin.site.unregister([ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule])


@admin.register(PeriodicTask)
class JobAdmin(ModelAdmin):
    """One job. Which jobs there are is decided by the program; whether and when they run, here."""

    list_display = ["name", "when", "is_on", "last_run_at", "total_run_count"]
    list_filter = ["enabled"]
    search_fields = ["name", "task"]
    list_select_related = ["interval", "crontab", "solar", "clocked"]
    ordering = ["name"]
    fields = ["name", "enabled", "interval", "crontab", "last_run_at", "total_run_count"]
    readonly_fields = ["name", "last_run_at", "total_run_count"]
    actions = ["run_now"]
    list_before_template = "office/clock.html"

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        # Beat would write it again at its next start.
        return False

    @display(description=gettext_lazy("when"))
    def when(self, job: PeriodicTask) -> str:
        return _daily(job.crontab) if job.crontab else _each(job.interval) if job.interval else str(job.schedule)

    @display(description=gettext_lazy("state"), ordering="enabled", label={"on": "success", "off": "warning"})
    def is_on(self, job: PeriodicTask) -> tuple[str, str]:
        return ("on", _("on")) if job.enabled else ("off", _("off"))

    @admin.action(description=gettext_lazy("Run now"), permissions=["change"])
    def run_now(self, request, queryset) -> None:
        """Once more, now; each job finds its own due rows, so that nothing happens twice."""
        for job in queryset:
            try:
                current_app.send_task(job.task, retry=False)
            except Exception as error:
                logger.warning("The broker is away: %s", type(error).__name__)
                messages.error(request, _("No worker can be reached. Is the broker running?"))
                return
        messages.success(request, _("The jobs were handed to a worker."))


def _each(interval: IntervalSchedule) -> str:
    """Every five minutes, in the language of the reader: the largest unit that comes out even."""
    seconds = int(interval.schedule.run_every.total_seconds())
    if seconds % 3600 == 0:
        number, words = seconds // 3600, ngettext("every %(number)d hour", "every %(number)d hours", seconds // 3600)
    elif seconds % 60 == 0:
        number, words = seconds // 60, ngettext("every %(number)d minute", "every %(number)d minutes", seconds // 60)
    else:
        number, words = seconds, ngettext("every %(number)d second", "every %(number)d seconds", seconds)
    return words % {"number": number}


def _daily(crontab: CrontabSchedule) -> str:
    """Every day at four; whatever is more special, in the words of its library."""
    is_daily = {crontab.day_of_week, crontab.day_of_month, crontab.month_of_year} == {"*"}
    if not (is_daily and crontab.hour.isdigit() and crontab.minute.isdigit()):
        return crontab.human_readable
    at = f"{int(crontab.hour):02}:{int(crontab.minute):02} {crontab.timezone}"
    return _("every day at %(time)s") % {"time": at}


@admin.register(IntervalSchedule)
class IntervalAdmin(ModelAdmin):
    """Every so many seconds, minutes, hours."""

    list_display = ["__str__", "every", "period"]


@admin.register(CrontabSchedule)
class HourAdmin(ModelAdmin):
    """At an hour of the day, a day of the week."""

    list_display = ["human_readable", "hour", "minute", "day_of_week"]
    fields = ["hour", "minute", "day_of_week", "day_of_month", "month_of_year", "timezone"]
