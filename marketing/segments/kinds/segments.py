"""Whether somebody is in another segment."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketing.models import Segment
from marketing.segments.kind import Kind, declare
from marketing.segments.kinds.shared import IS, how, turned
from marketing.segments.params import Pick


def _segments() -> list[tuple[str, str]]:
    return list(Segment.objects.order_by("name", "pk").values_list("slug", "name"))


declare(
    Kind(
        "segment", gettext_lazy("Segments"), gettext_lazy("In the segment"),
        (how(), Pick("segment", gettext_lazy("Segment"), _segments)),
        sql=lambda values, around: turned(around.other(values["segment"]), values),
        seen=lambda values, asked: asked.other(values["segment"]),
        holds=lambda values, is_in: is_in == (values["how"] == IS),
        say=lambda values, is_in: _("is in it") if is_in else _("is not in it"),
    )
)  # fmt: skip
