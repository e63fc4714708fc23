"""Questions and answers. The answer of the shop goes out at once; those of buyers are read first."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from catalog.moments import stamp
from customers.admin.by_language import ByLanguage
from customers.admin.day_range import by_day
from marketing.actions import questions
from marketing.admin.moderation import STATES, ask_grounds, told
from marketing.models import Answer, Question


class Queue(ModelAdmin):
    """What people wrote: read, published or rejected, never typed over."""

    list_per_page = 50
    show_full_result_count = False
    list_filter_submit = True
    actions = ["publish_chosen", "reject_chosen"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @display(description=gettext_lazy("state"), ordering="state", label=STATES)
    def status(self, row) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @display(description=gettext_lazy("written"), ordering="created_at")
    def written(self, row) -> str:
        return stamp(row.created_at)

    @admin.action(description=gettext_lazy("Publish the chosen ones"), permissions=["change"])
    def publish_chosen(self, request, queryset):
        told(request, sum(self.publish(row) for row in queryset))

    @admin.action(description=gettext_lazy("Reject the chosen ones…"), permissions=["change"])
    def reject_chosen(self, request, queryset):
        return ask_grounds(self, request, queryset, self.reject)


class QuestionForm(forms.ModelForm):
    """The shop's answer, which is a row of its own."""

    reply = forms.CharField(
        label=gettext_lazy("Your answer"),
        required=False,
        max_length=4000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text=gettext_lazy("Shown at once with the question; whoever asked gets it by mail. In their language."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ours = self.instance.answers.filter(by_staff=True).first() if self.instance.pk else None
        if "reply" in self.fields:
            self.fields["reply"].initial = ours.text if ours else ""


class AnswerInline(TabularInline):
    model = Answer
    fields = readonly_fields = ["text", "name", "by_staff", "state"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Question)
class QuestionAdmin(Queue):
    """Newest first."""

    form = QuestionForm
    list_display = ["said", "product", "status", "language", "written"]
    list_display_links = ["said"]
    list_filter = ["state", ByLanguage, ("product", AutocompleteSelectFilter), by_day("created_at")]
    list_select_related = ["product"]
    search_fields = ["words", "name", "email", "product__name"]
    inlines = [AnswerInline]
    fields = ["product", "text", "name", "email", "language", "state", "written", "reply"]
    readonly_fields = ["product", "text", "name", "email", "language", "state", "written"]

    @display(description=gettext_lazy("question"))
    def said(self, row: Question) -> str:
        return row.text[:90] + ("…" if len(row.text) > 90 else "")

    def save_model(self, request, obj, form, change) -> None:
        reply = form.cleaned_data.get("reply", "").strip()
        if reply and "reply" in form.changed_data:
            questions.answer_as_shop(obj, reply, timezone.now(), request.user)

    @staticmethod
    def publish(row: Question) -> bool:
        return questions.publish(row, timezone.now())

    @staticmethod
    def reject(row: Question, grounds: str) -> bool:
        return questions.reject(row, grounds)


@admin.register(Answer)
class AnswerAdmin(Queue):
    """Answers by buyers wait here; those of the shop are for looking up."""

    list_display = ["text", "question", "name", "by_staff", "status", "written"]
    list_filter = ["state", "by_staff", ByLanguage, by_day("created_at")]
    list_select_related = ["question"]
    search_fields = ["text", "name", "question__text"]
    fields = readonly_fields = ["question", "text", "name", "by_staff", "language", "state", "written"]

    @staticmethod
    def publish(row: Answer) -> bool:
        return questions.publish_answer(row, timezone.now())

    @staticmethod
    def reject(row: Answer, grounds: str) -> bool:
        return questions.reject_answer(row, grounds)
