"""Other systems that get messages, and a try whether they take them."""

import uuid

from django import forms
from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action

from catalog.actions.importing.fetch import NotFetched, place_of
from customers.outcomes import NotNow, Refused
from marketing.channels import webhook
from marketing.channels.addresses import is_public_host
from marketing.models import Message, WebhookTarget


class TargetForm(forms.ModelForm):
    class Meta:
        model = WebhookTarget
        fields = ["name", "url", "secret", "is_active"]

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        try:
            place = place_of(url)
        except NotFetched as problem:
            raise forms.ValidationError(str(problem)) from None
        if place.scheme != "https" or not is_public_host(place.host):
            raise forms.ValidationError(_("Write an address that begins with https:// and leads to a public server."))
        return url


@admin.register(WebhookTarget)
class WebhookTargetAdmin(ModelAdmin):
    """Where messages go that another system is to send or to keep."""

    form = TargetForm
    list_display = ["name", "url", "is_active", "failures"]
    list_filter = ["is_active"]
    search_fields = ["name", "url"]
    fields = ["name", "url", "secret", "is_active", "failures"]
    readonly_fields = ["failures"]
    actions_detail = ["try_it"]

    @admin.display(description=gettext_lazy("failed or waiting again"))
    def failures(self, target: WebhookTarget) -> int:
        if target.pk is None:
            return 0
        mine = Message.objects.filter(channel=Message.Channel.WEBHOOK, address=webhook.address_of(target))
        waiting = mine.filter(status=Message.Status.PLANNED, decision__has_key="postponed")
        return mine.filter(status=Message.Status.FAILED).count() + waiting.count()

    @action(description=gettext_lazy("Post a try…"), url_path="try", permissions=["change"])
    def try_it(self, request, object_id: str):
        """Posts a message that says of itself that it is a try."""
        target = get_object_or_404(WebhookTarget, pk=object_id)
        back = redirect("admin:marketing_webhooktarget_change", target.pk)
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": _("Post a try?"),
                "opts": self.opts,
                "sentence": _("A message that says of itself that it is a try goes to %(url)s.") % {"url": target.url},
                "button": _("Post it"),
                "back": back.url,
            }
            return render(request, "staff/confirm.html", context)
        key = f"try:{uuid.uuid4()}"
        told = {
            "key": key,
            "occasion": "try",
            "person": None,
            "language": "en",
            "subject": "",
            "text": "This is a try.",
        }
        try:
            webhook.hand_over(webhook.parcel_of(target, key, told))
        except (NotNow, Refused) as problem:
            messages.error(request, _("It was not taken: %(what)s") % {"what": str(problem)[:200]})
        else:
            messages.success(request, _("It was taken."))
        return back
