"""Whether the shop can reach devices (web push), and with which key browsers know it."""

from django.conf import settings


def is_offered() -> bool:
    return bool(settings.VAPID_PRIVATE_KEY and settings.VAPID_PUBLIC_KEY)


def public_key() -> str:
    """What browsers ask for when they subscribe; empty where push is not offered."""
    return settings.VAPID_PUBLIC_KEY if is_offered() else ""


def browser_of(agent: str) -> str:
    """A name by which its owner knows the browser, such as Firefox · Android."""
    names = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
    browser = next((name for sign, name in names if sign in agent), "")
    system = next((name for name in systems if name in agent), "")
    return " · ".join(filter(None, [browser, system]))
