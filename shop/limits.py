"""How often one visitor may do something that could be done in bulk. Counted in the cache: near enough, and cheap."""

from django.core.cache import cache


def within(what: str, who: str, times: int, seconds: int) -> bool:
    """Count one more try; False when there were more than so many in that time."""
    key = f"limit:{what}:{who}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= times
    except ValueError:
        # It ran out between the two lines.
        return True


def reached(what: str, who: str, times: int) -> bool:
    """Whether there were as many tries already; counts none."""
    return (cache.get(f"limit:{what}:{who}") or 0) >= times
