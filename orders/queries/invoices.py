"""Questions about invoices: which papers an order has, and whether a number is missing."""

from dataclasses import dataclass

from django.db.models import Count, Max

from orders.models import Invoice, NumberSequence, Order


@dataclass(frozen=True, slots=True)
class Series:
    """A series of a year: how far it has counted, how many papers it has, and which of its places are empty."""

    name: str
    counted: int
    papers: int
    missing: tuple[int, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.counted == self.papers


def papers_of(order: Order) -> list[Invoice]:
    """Invoices and credit notes in the order in which they were written; without what is printed on them."""
    light = ("order", "kind", "corrects", "number", "issued_on", "gross", "currency", "seller")
    return list(order.invoices.only(*light).order_by("pk"))


def series() -> list[Series]:
    """Every series, the newest first; two queries, and one more for each that is not whole."""
    counted = dict(NumberSequence.objects.filter(name__contains="-").values_list("name", "value"))
    rows = Invoice.objects.order_by("series").values_list("series").annotate(papers=Count("pk"), last=Max("place"))
    there = {name: (papers, last) for name, papers, last in rows}
    found = [_look(name, counted.get(name, 0), *there.get(name, (0, 0))) for name in {*counted, *there}]
    return sorted(found, key=lambda one: (one.name[-4:], one.name), reverse=True)


def _look(name: str, counted: int, papers: int, last: int) -> Series:
    counted = max(counted, last)
    if counted == papers:
        return Series(name, counted, papers)
    there = set(Invoice.objects.filter(series=name).values_list("place", flat=True))
    missing = (place for place in range(1, counted + 1) if place not in there)
    return Series(name, counted, papers, tuple(place for place, _number in zip(missing, range(20), strict=False)))
