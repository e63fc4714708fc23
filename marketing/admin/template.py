"""Templates: letters put together from blocks, their versions, and how they look to somebody."""

import uuid

from django.contrib import admin, messages
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import display

from customers import mail
from customers.admin.letters import letter_page
from marketing.actions import templates
from marketing.admin import template_editor
from marketing.admin.template_start import StartForm
from marketing.models import Template, TemplateVersion


@admin.register(Template)
class TemplateAdmin(ModelAdmin):
    """The list; a single template opens in the editor."""

    list_display = ["name", "kind", "state", "users", "updated_at"]
    list_filter = ["kind", "is_archived"]
    search_fields = ["name", "note"]
    actions = ["put_away", "take_out"]
    form = StartForm

    def get_queryset(self, request) -> QuerySet[Template]:
        counted = {"published": Max("versions__number"), "used": Count("flow_versions__flow", distinct=True)}
        return super().get_queryset(request).annotate(**counted)

    def has_delete_permission(self, request, obj=None) -> bool:
        """What a flow writes with is put away, never deleted."""
        is_used = obj is not None and obj.flow_versions.exists()
        return not is_used and super().has_delete_permission(request, obj)

    def get_actions(self, request) -> dict:
        return {name: act for name, act in super().get_actions(request).items() if name != "delete_selected"}

    @display(description=gettext_lazy("state"), label={"published": "success", "draft": "info", "away": "warning"})
    def state(self, template: Template) -> tuple[str, str]:
        if template.is_archived:
            return "away", _("put away")
        if template.published:
            return "published", _("version %(number)d") % {"number": template.published}
        return "draft", _("draft")

    @display(description=gettext_lazy("flows that use it"))
    def users(self, template: Template) -> int:
        return template.used

    @admin.action(description=gettext_lazy("Put away"), permissions=["change"])
    def put_away(self, request, queryset) -> None:
        """Only what no flow writes with."""
        used = queryset.filter(flow_versions__isnull=False).distinct().count()
        Template.objects.filter(pk__in=queryset.filter(flow_versions=None).values("pk")).update(is_archived=True)
        if used:
            sentence = ngettext("%(number)d is used by a flow and stays.", "%(number)d are used and stay.", used)
            messages.warning(request, sentence % {"number": used})

    @admin.action(description=gettext_lazy("Take out again"), permissions=["change"])
    def take_out(self, request, queryset) -> None:
        Template.objects.filter(pk__in=queryset.values("pk")).update(is_archived=False)

    def get_urls(self) -> list:
        own = [
            path("<int:pk>/preview/", self.admin_site.admin_view(self.preview), name="marketing_template_preview"),
            path("<int:pk>/test/", self.admin_site.admin_view(self.test), name="marketing_template_test"),
            path("<int:pk>/publish/", self.admin_site.admin_view(self.publish), name="marketing_template_publish"),
            path("<int:pk>/copy/", self.admin_site.admin_view(self.copy), name="marketing_template_copy"),
            path(
                "<int:pk>/back/<int:number>/",
                self.admin_site.admin_view(self.go_back),
                name="marketing_template_back",
            ),
        ]
        return [*own, *super().get_urls()]

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponseRedirect:
        return redirect("admin:marketing_template_change", obj.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        template = self.get_object(request, object_id)
        if template is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        template_editor.allow(self.has_view_permission(request, template))
        if request.method == "POST":
            template_editor.allow(self.has_change_permission(request, template))
            return template_editor.change(request, template)
        return template_editor.show(request, self, template)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The HTML alone, for a frame of the editor."""
        template = self._template(request, pk, self.has_view_permission)
        letter, problem = template_editor.letter_for(template, request)
        return letter_page(letter.html if letter else template_editor.sorry(problem))

    def test(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the working copy to the person at this desk."""
        template = self._template(request, pk, self.has_view_permission)
        back = template_editor.address(template, request)
        if request.method == "POST":
            letter, problem = template_editor.letter_for(template, request)
            if letter is None:
                messages.error(request, problem)
            else:
                mail.queue(f"test:template:{uuid.uuid4()}", request.user.email, letter)
                messages.success(request, _("A test is on its way to %(email)s.") % {"email": request.user.email})
        return redirect(back)

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        template = self._template(request, pk, self.has_change_permission)
        if request.method == "POST":
            try:
                version = templates.publish(template, request.user, timezone.now())
            except templates.NotReady as problem:
                number = len(problem.findings)
                sentence = ngettext(
                    "Not published: %(number)d thing is to be mended first.",
                    "Not published: %(number)d things are to be mended first.",
                    number,
                )
                messages.error(request, sentence % {"number": number})
            else:
                messages.success(request, _("Version %(number)d is published.") % {"number": version.number})
        return redirect(template_editor.address(template, request))

    def copy(self, request: HttpRequest, pk: int) -> HttpResponse:
        template = self._template(request, pk, self.has_add_permission, takes_object=False)
        if request.method != "POST":
            return redirect("admin:marketing_template_change", pk)
        made = templates.copy(template)
        messages.success(request, _("This is the copy."))
        return redirect("admin:marketing_template_change", made.pk)

    def go_back(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Let the working copy be an older version again; what it was can be brought back with Undo."""
        template = self._template(request, pk, self.has_change_permission)
        version = get_object_or_404(TemplateVersion, template=template, number=number)
        if request.method == "POST":
            templates.go_back(template, version, template.edition)
            messages.success(request, _("The working copy is version %(number)d again.") % {"number": number})
        return redirect(template_editor.address(template, request))

    def _template(self, request, pk: int, allowed, takes_object: bool = True) -> Template:
        template = get_object_or_404(Template, pk=pk)
        template_editor.allow(allowed(request, template) if takes_object else allowed(request))
        return template
