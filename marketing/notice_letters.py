"""Letters that somebody asked for: confirm your wish, it is back, it is cheaper. Each goes out once."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from catalog import markets
from catalog.models import Picture
from catalog.money import format_minor
from catalog.queries import prices
from catalog.words import say, words_of
from customers import mail
from customers.letters import absolute
from customers.models import Mail
from customers.tokens import NOTICES
from customers.tokens import token_for as address_token
from marketing.letters import thumbnail
from marketing.models import Notice

SALT = "marketing.notice"


def token_for(notice: Notice) -> str:
    """The link that confirms one wish."""
    return signing.Signer(salt=SALT).sign(str(notice.pk))


def notice_from(token: str) -> Notice:
    """The wish of such a link. Raises Notice.DoesNotExist for everything that is not one of ours."""
    try:
        pk = int(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        raise Notice.DoesNotExist from None
    return Notice.objects.select_related("variant__product").get(pk=pk)


def ask_to_confirm(notice: Notice, now: datetime) -> Mail:
    """One letter a day for one wish, however often somebody types the address."""
    link = _link(notice, "notice-confirm", token_for(notice))
    key = f"notice-confirm:{notice.pk}:{now:%Y-%m-%d}"
    return _write(key, notice, "notices/confirm", {"link": link})


def tell_back(notice: Notice, now: datetime) -> Mail:
    facts = {"price": _price(notice, now), "link": _shelf(notice)}
    return _write(f"notice:{notice.pk}", notice, "notices/back", facts)


def tell_cheaper(notice: Notice, now: datetime) -> Mail:
    currency = markets.of_key(notice.market).currency
    before = format_minor(notice.seen_price, currency, notice.language)
    facts = {"price": _price(notice, now), "before": before, "link": _shelf(notice)}
    return _write(f"notice:{notice.pk}", notice, "notices/cheaper", facts)


def thing_of(notice: Notice, language: str) -> dict:
    """What it is about, in words: `product`, `variant`."""
    values = notice.variant.values.select_related("option").order_by("option__position", "option_id")
    words = ", ".join(say(words_of(value, "value"), language) for value in values)
    return {"product": say(words_of(notice.variant.product, "name"), language), "variant": words}


def _write(key: str, notice: Notice, template: str, facts: dict) -> Mail:
    picture = (
        Picture.objects.filter(product=notice.variant.product_id, is_ready=True).order_by("position", "pk").first()
    )
    mine = _link(notice, "notices", address_token(notice.email, NOTICES))
    context = {**thing_of(notice, notice.language), "kind": notice.kind, "picture": thumbnail(picture), "mine": mine}
    return mail.write(key, notice.email, notice.language, template, {**context, **facts})


def _price(notice: Notice, now: datetime) -> str:
    """What it costs this person now; nothing where it is not sold."""
    market = markets.of_key(notice.market)
    cost = prices.unit_price(notice.variant_id, 1, market, now)
    return format_minor(cost.unit, market.currency or settings.SHOP_CURRENCY, notice.language) if cost else ""


def _shelf(notice: Notice) -> str:
    with translation.override(notice.language):
        return absolute(f"{notice.variant.product.get_absolute_url()}?sku={notice.variant.sku}")


def _link(notice: Notice, view: str, token: str) -> str:
    with translation.override(notice.language):
        return absolute(reverse(view, args=[token]))
