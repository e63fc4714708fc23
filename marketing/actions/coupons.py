"""Codes that are made together with a message."""

from collections.abc import Sequence

from django.db import transaction

from marketing.models import Coupon, Message
from orders.actions.promotions import make_batch
from orders.models import Promotion, PromotionCode


@transaction.atomic
def code_for(message: Message, promotion_id: int) -> str:
    """The code of this promotion in this message, made at the first asking; for one use. Nothing without promotion."""
    if (coupon := message.coupons.filter(promotion=promotion_id).select_related("code").first()) is not None:
        return coupon.code.code
    promotion = Promotion.objects.filter(pk=promotion_id).first()
    if promotion is None:
        return ""
    [code] = make_batch(promotion, 1, batch=f"message {message.pk}")
    Coupon.objects.create(message=message, promotion=promotion, code=code)
    return code.code


@transaction.atomic
def codes_for(messages: Sequence[Message], promotion_id: int) -> dict[int, str]:
    """`code_for` of many messages at once, by the key of the message."""
    had = Coupon.objects.filter(message__in=messages, promotion=promotion_id)
    found = dict(had.values_list("message", "code__code"))
    missing = [one for one in messages if one.pk not in found]
    promotion = Promotion.objects.filter(pk=promotion_id).first() if missing else None
    if promotion is None:
        return found
    made = make_batch(promotion, len(missing), batch=f"broadcast {missing[0].broadcast_id}: {missing[0].pk}")
    pairs = list(zip(missing, made, strict=True))
    Coupon.objects.bulk_create(Coupon(message=one, promotion=promotion, code=code) for one, code in pairs)
    return found | {one.pk: code.code for one, code in pairs}


def void(message: Message) -> None:
    """The message did not reach anybody: what it would have given opens nothing."""
    PromotionCode.objects.filter(coupon__message=message).update(is_active=False)
