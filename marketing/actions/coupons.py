"""Codes that are made together with a message."""

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


def void(message: Message) -> None:
    """The message did not reach anybody: what it would have given opens nothing."""
    PromotionCode.objects.filter(coupon__message=message).update(is_active=False)
