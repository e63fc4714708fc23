"""Small numbers in the menu."""

from marketing.queries.waiting import Waiting, waiting
from orders.models import Order


def to_pack(request) -> str:
    """How many orders are to pack; nothing beside the word when the table is empty."""
    if not request.user.has_perm("orders.view_order"):
        return ""
    return str(Order.objects.to_pack().count() or "")


def voices(request) -> Waiting:
    """What waits to be read, asked once for the whole page."""
    if not hasattr(request, "voices_waiting"):
        request.voices_waiting = waiting()
    return request.voices_waiting


def to_read(request) -> str:
    """How many reviews nobody has read yet."""
    return str(voices(request).reviews or "") if request.user.has_perm("marketing.view_review") else ""


def to_answer(request) -> str:
    """How many questions and answers nobody has read yet."""
    return str(voices(request).questions or "") if request.user.has_perm("marketing.view_question") else ""
