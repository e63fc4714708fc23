"""A flow of one message becomes a template with its words, a first version, and a way through it for each message."""

from secrets import token_hex

from django.db import migrations
from django.utils import timezone

LANGUAGES = ("en", "es", "ru")


def words(flow, name):
    told = {code: getattr(flow, f"{name}_{code}", None) or "" for code in LANGUAGES}
    told["en"] = told["en"] or getattr(flow, name)
    return {code: text for code, text in told.items() if text}


def content_of(flow):
    blocks = [
        {"id": token_hex(4), "kind": "heading", "values": {"text": words(flow, "heading")}},
        {"id": token_hex(4), "kind": "text", "values": {"text": words(flow, "body")}},
        {"id": token_hex(4), "kind": "cart", "values": {}},
    ]
    return {"head": {name: words(flow, name) for name in ("subject", "preheader") if words(flow, name)}, "blocks": blocks}


def convert(apps, schema_editor):
    get = lambda name: apps.get_model("marketing", name)  # noqa: E731
    Flow, Version, Enrolment, Message = get("Flow"), get("FlowVersion"), get("Enrolment"), get("Message")
    Template, TemplateVersion, Profile = get("Template"), get("TemplateVersion"), get("Profile")
    now = timezone.now()
    for flow in Flow.objects.all():
        template = flow.template
        if template is None:
            content = content_of(flow)
            template = Template.objects.create(name=flow.name, draft=content)
            TemplateVersion.objects.create(template=template, number=1, content=content, created_at=now)
        hours = max(1, flow.deadline_hours - flow.delay_minutes // 60)
        step = {"id": "s1", "kind": "message", "channel": "email", "template": str(template.pk), "deadline": hours}
        definition = {
            "trigger": {"kind": "cart", "idle": flow.delay_minutes, "late": flow.deadline_hours},
            "conditions": {}, "exit": {}, "goal": "", "reentry": flow.cooldown_days, "steps": [step],
        }  # fmt: skip
        version = Version.objects.create(flow=flow, number=1, definition=definition, created_at=now)
        version.templates.add(template)
        # It wrote to everybody until now, and goes on to.
        paused_at = now if flow.status == "paused" else None
        Flow.objects.filter(pk=flow.pk).update(draft=definition, recipe="cart", holdout=0, paused_at=paused_at)
        for message in Message.objects.filter(flow=flow, cart__isnull=False).iterator():
            person = message.profile or Profile.objects.get_or_create(email=message.address)[0]
            Message.objects.filter(pk=message.pk).update(
                step="s1",
                enrolment=Enrolment.objects.create(
                    flow=flow, version=version, profile=person, key=f"cart:{message.cart_id}", cart_id=message.cart_id,
                    since=message.created_at, entered_at=message.created_at, status="completed", ended_at=now,
                ),
            )  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ('marketing', '0017_flow_versions'),
    ]

    operations = [
        migrations.RunPython(convert, migrations.RunPython.noop),
    ]
