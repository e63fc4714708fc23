"""What all our forms share: they name their own faults in sentences, at the top and at the place."""

from django.utils.translation import gettext as _


class KindForm:
    """Mixed into a form: widgets carry the sentences that a script shows on leaving a field."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.tell_widgets()

    def tell_widgets(self) -> None:
        for field in self.fields.values():
            if field.required and "required" in field.error_messages:
                field.widget.attrs.setdefault("data-missing", str(field.error_messages["required"]))
            if "invalid" in field.error_messages:
                field.widget.attrs.setdefault("data-wrong", str(field.error_messages["invalid"]))

    def faults(self) -> list[dict]:
        """For the summary on top: each message with the id of the control that it is about."""
        found = [{"message": message, "target": ""} for message in self.non_field_errors()]
        for name, messages in self.errors.items():
            if name in self.fields:
                target = self[name].id_for_label or self[name].auto_id
                # A group of radio buttons has no control of its own: its first button takes the focus.
                if self[name].use_fieldset:
                    target = f"{self[name].auto_id}_0"
                found += [{"message": message, "target": target} for message in messages]
        return found


def error_title(title: str) -> str:
    """A page title that says that something is to be mended."""
    return _("Error: %(title)s") % {"title": title}
