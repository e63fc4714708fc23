"""Long jobs that make millions of small things, and keep none for long."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# How many new things there must be before Python looks for rings among them; usually 700.
_MANY = 50_000


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for rings of dead objects seldom: what a batch makes dies with it, and looking took a tenth of an import.

    Memory does not grow by it: everything else is freed at once, as ever.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_MANY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
