"""Text with paragraphs, lists and links, written as it will look; without a script it is the HTML itself."""

import json

from django.forms import Media, Script
from django.utils.html import format_html
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminTextareaWidget


class RichTextarea(UnfoldAdminTextareaWidget):
    """Its script offers what `catalog.html.clean` keeps; whatever arrives is cleaned all the same."""

    @property
    def media(self) -> Media:
        return Media(js=[Script("js/office/rich-text.js", type="module")])

    def render(self, name, value, attrs=None, renderer=None):
        words = {
            "tools": _("How the text looks"),
            "bold": _("Bold"),
            "italic": _("Italic"),
            "heading": _("Heading"),
            "list": _("List"),
            "numbers": _("Numbered list"),
            "link": _("Link"),
            "address": _("Where does the link lead? Empty: no link."),
            "plain": _("Without format"),
            "source": _("HTML"),
        }
        area = super().render(name, value, attrs, renderer)
        return format_html('<office-rich-text data-words="{}">{}</office-rich-text>', json.dumps(words), area)


def make_rich(form, *names: str) -> None:
    """Give these fields of a form the editor, where the form has them."""
    for name in names:
        if name in form.fields:
            form.fields[name].widget = RichTextarea(attrs=form.fields[name].widget.attrs)
