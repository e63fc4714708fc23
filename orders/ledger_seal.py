"""What the database itself sees to: the sums of a payment are its events, and an event is never changed.

An event that is written moves the sums; sums that differ from the events are refused, whoever writes them, and so is
changing or deleting an event. The triggers are made after every `migrate`, because SQLite loses those of a table that a
migration remakes, and laid aside before it, because it cannot rename a table that a trigger speaks of.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

PAYMENTS, EVENTS = "orders_payment", "orders_paymentevent"
# The column, what adds to it, what takes from it.
SUMS = {
    "authorised": ("authorised", ""),
    "captured": ("captured", "returned"),
    "cancelled": ("cancelled", ""),
    "refunded": ("refund_asked", "refund_failed"),
}
NAMES = (
    (EVENTS, "payment_event_moves_the_sums"),
    (EVENTS, "payment_event_never_changes"),
    (EVENTS, "payment_event_stays"),
    (PAYMENTS, "payment_begins_without_sums"),
    (PAYMENTS, "payment_sums_are_its_events"),
)
REFUSED = "the sums of a payment are its events, and those are never changed"


def seal(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing; nothing while the tables are not there in this form."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if EVENTS not in tables or not _has_sums(connection, cursor):
            return
        for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
            cursor.execute(statement)


def unseal(connection: BaseDatabaseWrapper) -> None:
    """Lay the triggers of SQLite aside, for a migration; PostgreSQL need not."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for _table, name in NAMES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _has_sums(connection, cursor) -> bool:
    columns = {column.name for column in connection.introspection.get_table_description(cursor, PAYMENTS)}
    return columns.issuperset(SUMS)


def _change(kind: str, amount: str, column: str) -> str:
    adds, takes = SUMS[column]
    less = f" WHEN '{takes}' THEN -{amount}" if takes else ""
    return f"CASE {kind} WHEN '{adds}' THEN {amount}{less} ELSE 0 END"


def _move() -> str:
    changes = ", ".join(f"{column} = {column} + {_change('NEW.kind', 'NEW.amount', column)}" for column in SUMS)
    return f"UPDATE {PAYMENTS} SET {changes} WHERE id = NEW.payment_id"  # noqa: S608


def _move_all() -> str:
    """What one statement wrote is added up first: while it is halfway, sums and events could not be the same."""
    parts = ", ".join(f"SUM({_change('kind', 'amount', column)}) AS {column}" for column in SUMS)
    changes = ", ".join(f"{column} = p.{column} + told.{column}" for column in SUMS)
    moved = " OR ".join(f"told.{column} <> 0" for column in SUMS)
    told = f"SELECT payment_id, {parts} FROM written GROUP BY payment_id"  # noqa: S608
    return f"UPDATE {PAYMENTS} p SET {changes} FROM ({told}) told WHERE p.id = told.payment_id AND ({moved})"  # noqa: S608


def _moves_something() -> str:
    kinds = ", ".join(f"'{kind}'" for pair in SUMS.values() for kind in pair if kind)
    return f"NEW.kind IN ({kinds})"


def _is_new_sum() -> str:
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in SUMS)


def _differs() -> str:
    told = ", ".join(f"COALESCE(SUM({_change('kind', 'amount', column)}), 0)" for column in SUMS)
    ours = ", ".join(f"NEW.{column}" for column in SUMS)
    return f"({ours}) <> (SELECT {told} FROM {EVENTS} WHERE payment_id = NEW.id)"  # noqa: S608


def _is_not_empty() -> str:
    return " OR ".join(f"NEW.{column} <> 0" for column in SUMS)


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    acts = [
        f"AFTER INSERT ON {EVENTS} WHEN {_moves_something()} BEGIN {_move()}; END",
        f"BEFORE UPDATE ON {EVENTS} {refuse}",
        f"BEFORE DELETE ON {EVENTS} {refuse}",
        f"BEFORE INSERT ON {PAYMENTS} WHEN {_is_not_empty()} {refuse}",
        f"BEFORE UPDATE ON {PAYMENTS} WHEN ({_is_new_sum()}) AND {_differs()} {refuse}",
    ]
    return [f"CREATE TRIGGER IF NOT EXISTS {name} {act}" for (_table, name), act in zip(NAMES, acts, strict=True)]


def _postgresql() -> list[str]:
    functions = [
        _function("orders_payment_moves", f"{_move_all()}; RETURN NULL;"),
        _function("orders_payment_refuses", f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation';"),
        _function(
            "orders_payment_compares",
            f"IF {_differs()} THEN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;",
        ),
    ]
    acts = [
        f"AFTER INSERT ON {EVENTS} REFERENCING NEW TABLE AS written FOR EACH STATEMENT "
        "EXECUTE FUNCTION orders_payment_moves()",
        f"BEFORE UPDATE ON {EVENTS} FOR EACH ROW EXECUTE FUNCTION orders_payment_refuses()",
        f"BEFORE DELETE ON {EVENTS} FOR EACH ROW EXECUTE FUNCTION orders_payment_refuses()",
        f"BEFORE INSERT ON {PAYMENTS} FOR EACH ROW WHEN ({_is_not_empty()}) EXECUTE FUNCTION orders_payment_refuses()",
        f"BEFORE UPDATE ON {PAYMENTS} FOR EACH ROW WHEN ({_is_new_sum()}) EXECUTE FUNCTION orders_payment_compares()",
    ]
    return functions + [f"CREATE OR REPLACE TRIGGER {name} {act}" for (_t, name), act in zip(NAMES, acts, strict=True)]


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
