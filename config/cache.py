"""A Redis cache that a shop can live without: what cannot be asked is not known, what cannot be kept is not kept."""

import logging
from collections.abc import Callable
from functools import wraps

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

#: Method → what it answers while Redis is away. `add` says yes: a lock that nobody holds.
AWAY = {"add": True, "set": None, "touch": False, "delete": False, "has_key": False, "clear": False}
AWAY |= {"set_many": [], "delete_many": None}


def _forgiving(name: str, answer: Callable) -> Callable:
    method = getattr(RedisCache, name)

    @wraps(method)
    def forgiven(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except RedisError as error:
            log.warning("The cache is away (%s): %s", type(error).__name__, name)
            return answer(*args, **kwargs)

    return forgiven


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, except that pages, sign-in and orders go on while Redis is away."""

    get = _forgiving("get", lambda key, default=None, version=None: default)
    get_many = _forgiving("get_many", lambda keys, version=None: {})
    # A counter that cannot be counted starts anew; rate limits rest until Redis is back.
    incr = _forgiving("incr", lambda key, delta=1, version=None: delta)


for _name, _answer in AWAY.items():
    setattr(ForgivingRedisCache, _name, _forgiving(_name, lambda *args, _answer=_answer, **kwargs: _answer))
