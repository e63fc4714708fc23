"""What the lines of a long file have said so far, in a few bytes each."""

from collections.abc import Hashable


class Digests:
    """A number beside each thing that was said: its line, or the digest of who has it. The things are not kept."""

    def __init__(self) -> None:
        # Of hundreds of thousands of things, two with the same 64 bits are not to be expected.
        self._known: dict[int, int] = {}

    def __contains__(self, thing: Hashable) -> bool:
        return hash(thing) in self._known

    def __setitem__(self, thing: Hashable, number: int) -> None:
        self._known[hash(thing)] = number

    def get(self, thing: Hashable) -> int | None:
        return self._known.get(hash(thing))

    def claim(self, thing: Hashable, owner: Hashable) -> bool:
        """Whether it is this owner's: nobody else had it before."""
        return self._known.setdefault(hash(thing), hash(owner)) == hash(owner)
