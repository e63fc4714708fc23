"""Filling in forms as a browser does: everything that the page holds goes along, also what is hidden."""

from html.parser import HTMLParser

TYPED = {"text", "number", "email", "url", "search", "tel", "color"}


class FormReader(HTMLParser):
    """Collects the fields of each form of a page, by its action, and the names of those one types into."""

    def __init__(self):
        super().__init__()
        self.forms, self.current, self.select, self.area = [], None, None, None
        self.typed = set()

    def handle_starttag(self, tag, pairs):
        attrs = dict(pairs)
        if tag == "form":
            self.current = {"action": attrs.get("action", ""), "fields": {}}
            self.forms.append(self.current)
        if self.current is None:
            return
        name, kind = attrs.get("name"), attrs.get("type", "text")
        if tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in attrs):
            self.current["fields"][name] = attrs.get("value", "on" if kind == "checkbox" else "")
            self.typed |= {name} if kind in TYPED else set()
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            if "selected" in attrs or self.select not in self.current["fields"]:
                self.current["fields"][self.select] = attrs.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.typed.add(name)
            self.current["fields"][name] = ""

    def handle_data(self, data):
        if self.area and self.current:
            self.current["fields"][self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self.current = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


def fields_of(response, action: str) -> dict:
    """What the form with that action would send if its button were pressed now."""
    reader = FormReader()
    reader.feed(response.content.decode())
    return next(form["fields"] for form in reader.forms if form["action"].split("#")[0] == action)
