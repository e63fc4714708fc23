"""The editor: a form of blocks beside the letter they make. Every press keeps what was typed, finished or not."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from customers.consent import normal
from customers.letters import Letter, absolute
from customers.texts import segments_of
from marketing.actions import templates
from marketing.blocks import KINDS, Content
from marketing.blocks.checks import Finding, findings_of, findings_of_letter
from marketing.blocks.fields import Field
from marketing.blocks.reader import Reader, reader_of, sample
from marketing.blocks.rendering import letter_of
from marketing.channels.sms import with_stop_line
from marketing.models import Profile, Template
from marketing.words import PLACES, CannotBeWritten

LANGUAGES = dict(settings.LANGUAGES)
VERSIONS_SHOWN = 10


def allow(may: bool) -> None:
    if not may:
        raise PermissionDenied


def show(request: HttpRequest, model_admin, template: Template) -> HttpResponse:
    language, content, now = _language(request), Content.read(template.draft), timezone.now()
    letter, problem = letter_for(template, request)
    found = [*findings_of(content, now), *(findings_of_letter(letter) if letter else [])]
    if problem and not any(finding.stops for finding in found):
        found.insert(0, Finding(problem))
    newest = template.newest
    context = {
        **model_admin.admin_site.each_context(request),
        "title": template.name,
        "opts": model_admin.opts,
        "template": template,
        "language": language,
        "languages": [(code, name, address(template, request, language=code)) for code, name in LANGUAGES.items()],
        "reader": request.GET.get("as", ""),
        "query": _query(request),
        "head": [_shown(field, "head", content.head, language, found) for field in content.fields],
        "short": content.short,
        "segments": segments_of(with_stop_line(letter.text, language, 1)) if letter and content.short == "sms" else 0,
        "length": len(letter.text) if letter else 0,
        "blocks": [(block, _fields_of(block, language, found)) for block in content.blocks],
        "kinds": KINDS.values(),
        "places": [(f"{{{{ {place} }}}}", meaning) for place, meaning in PLACES.items()],
        "findings": [finding for finding in found if not finding.where],
        "faults": sum(finding.stops for finding in found),
        "letter": letter,
        "versions": template.versions.select_related("author")[:VERSIONS_SHOWN],
        "is_published": bool(newest and newest.content == template.draft),
        "may_change": model_admin.has_change_permission(request, template),
        "may_add": model_admin.has_add_permission(request),
    }
    return render(request, "office/template-editor.html", context)


def change(request: HttpRequest, template: Template) -> HttpResponseRedirect:
    """Keep all that was typed, then do what the button says."""
    language, content = _language(request), Content.read(template.draft)
    typed = _typed(request, content, language)
    what, _colon, which = request.POST.get("do", "save").partition(":")
    done = typed if what in ("save", "undo") else _done(typed, what, which)
    try:
        if what == "undo":
            templates.undo(template, _seen(request))
        else:
            templates.keep(template, done, _seen(request), undoable=done.blocks != typed.blocks)
    except templates.ChangedMeanwhile:
        messages.error(request, _("Somebody else changed this letter meanwhile. Your change was not kept; look again."))
    else:
        _rename(request, template)
        if what == "remove":
            messages.info(request, _("The block is out. Undo brings it back."))
    return redirect(f"{address(template, request)}#{_focus(content, done, what, which)}")


def letter_for(template: Template, request: HttpRequest) -> tuple[Letter | None, str]:
    """The working copy for the reader and language of the address, or why it cannot be written."""
    try:
        reader = _reader(request)
        leave = absolute(reverse("newsletter"))
        return letter_of(Content.read(template.draft), reader, leave, timezone.now()), ""
    except (CannotBeWritten, Profile.DoesNotExist) as problem:
        return None, str(problem)


def sorry(problem: str) -> str:
    return format_html("<!doctype html><head></head><body><p>{}</p></body>", problem)


def address(template: Template, request: HttpRequest, **other: str) -> str:
    return f"{reverse('admin:marketing_template_change', args=[template.pk])}?{_query(request, **other)}"


def _query(request: HttpRequest, **other: str) -> str:
    return urlencode({"language": _language(request), "as": request.GET.get("as", "")[:254], **other})


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else settings.LANGUAGE_CODE


def _reader(request: HttpRequest) -> Reader:
    email = normal(request.GET.get("as", ""))
    if not email:
        return sample(_language(request))
    profile = Profile.objects.select_related("customer").filter(email=email).first()
    if profile is None:
        raise Profile.DoesNotExist(_("Nobody with the address %(email)s is known.") % {"email": email})
    return reader_of(profile, _language(request))


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("edition", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1


def _typed(request: HttpRequest, content: Content, language: str) -> Content:
    for field in content.fields:
        if (text := request.POST.get(f"head-{field.name}")) is not None:
            content = content.put_head(field, language, text)
    for block in content.blocks:
        for field in block.kind.fields:
            name = f"{block.id}-{field.name}"
            if (text := _said(request, name, field)) is not None:
                block = block.put(field, language, text)
        content = content.put(block)
    return content


def _said(request: HttpRequest, name: str, field: Field) -> str | None:
    if field.widget != "picture":
        return request.POST.get(name)
    if request.POST.get(f"{name}-clear"):
        return ""
    if (file := request.FILES.get(name)) is None:
        return None
    try:
        return templates.take_picture(file)
    except templates.NotAPicture as problem:
        messages.error(request, str(problem))
        return None


def _done(content: Content, what: str, which: str) -> Content:
    if what == "add":
        kind, _colon, after = which.partition(":")
        return content.add(KINDS[kind], after) if kind in KINDS else content
    acts = {
        "up": lambda: content.move(which, -1),
        "down": lambda: content.move(which, 1),
        "double": lambda: content.double(which),
        "remove": lambda: content.remove(which),
    }
    return acts[what]() if what in acts else content


def _focus(before: Content, after: Content, what: str, which: str) -> str:
    """The block that the press was about, or the new one."""
    known = {block.id for block in before.blocks}
    new = next((block.id for block in after.blocks if block.id not in known), "")
    return f"block-{new or which}" if what in ("add", "up", "down", "double") else "letter"


def _rename(request: HttpRequest, template: Template) -> None:
    name = " ".join(request.POST.get("name", "").split())[:120]
    if name and name != template.name:
        Template.objects.filter(pk=template.pk).update(name=name)


def _fields_of(block, language: str, found: list[Finding]) -> list[dict]:
    return [_shown(field, block.id, block.values, language, found) for field in block.kind.fields]


def _shown(field: Field, where: str, values: dict, language: str, found: list[Finding]) -> dict:
    """A field as the page draws it, with the text of the first language beside a missing one."""
    value, first = values.get(field.name), settings.LANGUAGE_CODE
    said = (value or {}).get(language, "") if field.in_languages else value or ""
    stand_in = (value or {}).get(first, "") if field.in_languages and language != first else ""
    mine = [one for one in found if one.where == where and one.field == field.name]
    return {
        "field": field,
        "name": f"{where}-{field.name}",
        "value": said,
        "stand_in": "" if said else stand_in,
        "choices": field.choices() if field.widget == "choice" else [],
        "findings": [one for one in mine if one.language in ("", language)],
        "elsewhere": sorted({LANGUAGES[one.language] for one in mine if one.language not in ("", language)}),
    }
