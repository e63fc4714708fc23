"""Queries and updates whose SQL is written once, for what is asked all the time.

Writing the SQL of a query set costs several times as much as asking for a few rows. A prepared query is a query set
like any other, built at the first call with empty slots; every later call only fills them in. It always asks the
database: nothing of the answer is kept. PostgreSQL, too, then works out once how to answer what is asked again and
again (`prepare_threshold` of the settings).

    _OF_CART = Prepared(lambda cart: CartLine.objects.filter(cart=cart).order_by("pk"))
    lines = _OF_CART(cart=cart.pk)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, count

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet, Value
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import UpdateQuery
from django.utils.translation import get_language

# More shapes than this nobody has: languages times lengths of lists.
SHAPES = 100
# Their values go to any database as they are.
AS_IS = {str, int, bool}
LISTS = list | tuple | set | frozenset


class _Shapes:
    """SQL by the shape of its values: the database, the language, how long each list is."""

    def __init__(self, build: Callable) -> None:
        self._build = build
        self._known: dict[tuple, object] = {}

    def of(self, values: Mapping[str, object], write: Callable) -> tuple:
        """What `write` made of the query set of that shape, and the values in the order of its slots."""
        lists = {name: _filled_up(value) for name, value in values.items()}
        shape = (connection.vendor, get_language(), *((name, len(found)) for name, found in lists.items()))
        written = self._known.get(shape)
        if written is None:
            if len(self._known) >= SHAPES:
                self._known.clear()
            written = self._known[shape] = write(self._build(**_slots(values, lists)))
        return written, [*chain.from_iterable(lists.values())]


class Prepared:
    """A question that is asked with other values each time.

    `build` makes the query set from slots named like its arguments. A value is a text, a number, a date or a UUID;
    never None, which SQL compares in another way. A list (for `…__in`, with the key of the row itself:
    `variant__id__in`) is filled up to the next power of two by repeating its last value, so that there are few shapes.
    Whatever else the query set depends on (a clock, a setting) stays as it was at the first call; the active language
    is regarded.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self._shapes = _Shapes(build)

    def __call__(self, **values: object) -> list:
        """The rows: models, or tuples where the query set has `values_list`."""
        written, found = self._shapes.of(values, _Written)
        return written.ask(found)

    def first(self, **values: object) -> object | None:
        """The first row, or None."""
        return next(iter(self(**values)), None)


class Change:
    """An update that is made with other values each time.

    `build` makes the query set from slots, as for `Prepared`, and what is changed in it:
    `lambda pk, name: (Cart.objects.filter(pk=pk), {"name": name})`. Values are no lists here.
    """

    def __init__(self, build: Callable[..., tuple[QuerySet, dict]]) -> None:
        self._shapes = _Shapes(build)

    def __call__(self, **values: object) -> int:
        """How many rows were changed."""
        written, found = self._shapes.of(values, _WrittenChange)
        return written.make(found)


def cursor() -> CursorWrapper:
    """For statements that are asked all the time: PostgreSQL keeps them, with how to answer them."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.ensure_connection()
    return connection._prepare_cursor(ServerBindingCursor(connection.connection))


class _Slot(Value):
    """Where the value at that place goes; it has the type of the first one."""

    def __init__(self, value: object, place: int) -> None:
        super().__init__(value)
        self.place = place

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        return "%s", [self]


class _Written:
    """The SQL of one shape and how its rows become what was asked for."""

    def __init__(self, queryset: QuerySet) -> None:
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.locks = queryset.query.select_for_update
        try:
            self.sql, self.params = compiler.as_sql()
        except EmptyResultSet:
            self.sql = ""
            return
        columns = [column for column, *_rest in compiler.select]
        self.converters = [(at, found, column) for at, (found, column) in compiler.get_converters(columns).items()]
        self.make = _models(compiler) if issubclass(queryset._iterable_class, ModelIterable) else _tuples

    def ask(self, values: Sequence[object]) -> list:
        if not self.sql:
            return []
        if self.locks and not connection.in_atomic_block:
            raise transaction.TransactionManagementError("Rows are locked inside of a transaction only.")
        with cursor() as asking:
            asking.execute(self.sql, _filled(self.params, values))
            rows = asking.fetchall()
        return self.make(self._converted(rows) if self.converters else rows)

    def _converted(self, rows: Iterable[Sequence]) -> Iterable[list]:
        for row in map(list, rows):
            for at, converters, column in self.converters:
                for convert in converters:
                    row[at] = convert(row[at], column, connection)
            yield row


class _WrittenChange:
    """The SQL of an update."""

    def __init__(self, built: tuple[QuerySet, Mapping[str, object]]) -> None:
        queryset, changes = built
        query = queryset.order_by().query.chain(UpdateQuery)
        query.add_update_values(changes)
        self.sql, self.params = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()

    def make(self, values: Sequence[object]) -> int:
        with cursor() as asking:
            asking.execute(self.sql, _filled(self.params, values))
            return asking.rowcount


def _filled(params: Iterable[object], values: Sequence[object]) -> list:
    return [_for_database(values[param.place]) if isinstance(param, _Slot) else param for param in params]


def _for_database(value: object) -> object:
    if type(value) in AS_IS:
        return value
    _placeholder, (value,) = Value(value).as_sql(None, connection)
    return value


def _models(compiler) -> Callable[[Iterable[Sequence]], list]:
    """Makes models of rows, with what is related and annotated: as Django's own ModelIterable does."""
    info, related = compiler.klass_info, get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
    start, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    annotations = compiler.annotation_col_map or {}

    def make(rows: Iterable[Sequence]) -> list:
        return [finished(info["model"].from_db(DEFAULT_DB_ALIAS, names, row[start:end]), row) for row in rows]

    def finished(thing, row):
        for populator in related:
            populator.populate(row, thing)
        for name, at in annotations.items():
            setattr(thing, name, row[at])
        return thing

    return make


def _tuples(rows: Iterable[Sequence]) -> list[tuple]:
    return [tuple(row) for row in rows]


def _filled_up(value: object) -> list:
    """A value as a list of one; a list as long as the next power of two."""
    if not isinstance(value, LISTS):
        if value is None:
            raise TypeError("A slot takes a value; ask for None in the query set itself.")
        return [value]
    found = list(value)
    wanted = 1 << (len(found) - 1).bit_length() if found else 0
    return found + found[-1:] * (wanted - len(found))


def _slots(values: Mapping[str, object], lists: Mapping[str, list]) -> dict[str, _Slot | list[_Slot]]:
    """A slot for each value, a list of slots for each list, numbered in the order of the values."""
    number, slots = count(), {}
    for name, filled in lists.items():
        found = [_Slot(value, next(number)) for value in filled]
        slots[name] = found if isinstance(values[name], LISTS) else found[0]
    return slots
