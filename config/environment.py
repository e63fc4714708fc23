"""What the deployment tells us. Every problem is collected, so that one start names them all."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def problems(debug: bool) -> list[str]:
    """Sentences for each missing or unsafe setting; empty when the shop may start."""
    if debug:
        return []
    found = []
    key = env.str("SECRET_KEY", default="")
    if not key:
        found.append("SECRET_KEY is missing: set it to a long random text and keep it secret.")
    elif len(key) < 50 or len(set(key)) < 5:
        found.append("SECRET_KEY is too weak: it needs at least 50 characters, 5 of them different.")
    hosts = env.list("ALLOWED_HOSTS", default=[])
    if not hosts:
        found.append("ALLOWED_HOSTS is missing: name the host names that this shop answers to.")
    elif "*" in hosts:
        found.append("ALLOWED_HOSTS is unsafe: '*' answers to any name; list the real host names.")
    found += _site_problems(env.str("SITE_URL", default=""))
    if env.str("STRIPE_SECRET_KEY", default="") and not env.str("STRIPE_WEBHOOK_SECRET", default=""):
        found.append("STRIPE_WEBHOOK_SECRET is missing: card payments need it to trust what Stripe tells us.")
    return found


def _site_problems(site_url: str) -> list[str]:
    if not site_url:
        return ["SITE_URL is missing: give the public address, such as https://shop.example."]
    parts = urlsplit(site_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ["SITE_URL is not an address: write it like https://shop.example."]
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1"):
        return ["SITE_URL is unsafe: outside this machine a shop must be reached by https."]
    return []


def refuse_unsafe_start(debug: bool) -> None:
    """Raise ImproperlyConfigured naming every missing or unsafe setting."""
    if found := problems(debug):
        raise ImproperlyConfigured("This shop will not start:\n- " + "\n- ".join(found))
