"""Rules of every kind, thrown by hypothesis."""

from hypothesis import strategies as st

from marketing.segments import KINDS
from marketing.segments.params import Count, Goods, Number, Pick, Sum, Ticks, When, Words
from tests.marketing.crowd import AMOUNTS, DAYS, World

DAYS_TOLD = st.sampled_from([day for day in DAYS if day])
DATES = st.sampled_from(["2026-08-22", "2026-11-19", "2026-11-20", "2026-11-21"])
WORDS = {
    "words": ["ada", "wool", "ángela", "анна", "gmail.com"], "code": ["lumbre 10", "other"],
    "postcode": ["", "46", "SW1A"],
    "city": ["", "valencia", "London"],
}  # fmt: skip
PICKS = {"value": ["ES", "PT"], "country": ["", "ES", "GB"], "segment": ["frozen", "asked", "gone"]}


def conditions(world: World, code: str = "") -> st.SearchStrategy[dict]:
    """A condition of that kind, or of any, with sound values, some of things that are not there."""
    return st.one_of([_of(kind, world) for kind in KINDS.values() if code in ("", kind.code)])


def _of(kind, world: World) -> st.SearchStrategy[dict]:
    values = {param.name: _value(param, world) for param in kind.params}
    return st.fixed_dictionaries({"kind": st.just(kind.code), **values})


def _value(param, world: World) -> st.SearchStrategy:
    when = {
        "ever": st.just({"when": "ever"}), "never": st.just({"when": "never"}),
        "within": st.fixed_dictionaries({"when": st.just("within"), "days": DAYS_TOLD}),
        "before": st.fixed_dictionaries({"when": st.just("before"), "days": DAYS_TOLD}),
        "between": st.tuples(DATES, DATES).map(
            lambda days: {"when": "between", "from": min(days), "to": max(days)}
        ),
    }  # fmt: skip
    match param:
        case When():
            return st.one_of([when[name] for name in param.offered])
        case Goods():
            some = [("product", world.variants[0].product_id), ("product", 10**6), ("category", 10**6)]
            some += [("category", one.pk) for one in world.categories] + [("brand", one.pk) for one in world.brands]
            return st.sampled_from([{"of": "any"}, *({"of": of, "id": pk} for of, pk in some)])
        case Count():
            return st.sampled_from(
                [{"compare": "none"}]
                + [{"compare": "at-least", "number": each} for each in (1, 2, 3)]
                + [{"compare": "at-most", "number": each} for each in (0, 1, 2)]
            )
        case Sum():
            return st.fixed_dictionaries({
                "compare": st.sampled_from(["at-least", "at-most"]), "amount": st.sampled_from(AMOUNTS),
                "currency": st.sampled_from(["EUR", "USD", "GBP"]),
            })  # fmt: skip
        case Number():
            return st.integers(param.least, min(param.most, 8))
        case Ticks():
            return st.lists(
                st.sampled_from([code for code, _label in param.options()]), min_size=1, max_size=3, unique=True
            )
        case Words():
            return st.sampled_from(WORDS[param.name] if not param.optional else ["", *WORDS[param.name]])
        case Pick():
            return st.sampled_from(PICKS.get(param.name) or [code for code, _label in param.options()])
    raise AssertionError(param)


def rules(world: World) -> st.SearchStrategy[dict]:
    """Groups in groups, three deep."""
    one = conditions(world)
    for _depth in range(3):
        one = st.one_of(conditions(world), _group(one))
    return _group(one).map(lambda group: {"version": 1, **group})


def _group(parts: st.SearchStrategy) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries({
        "match": st.sampled_from(["all", "any", "none"]), "parts": st.lists(parts, min_size=1, max_size=3),
    })  # fmt: skip
