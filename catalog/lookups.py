"""What Django's lookups lack on SQLite."""

from django.db.models import CharField, TextField
from django.db.models.lookups import IContains

# SQLite refuses patterns of more than 50,000 bytes; a letter in both cases takes up to ten of them.
LONGEST = 2000
_SIGNS = str.maketrans({sign: f"[{sign}]" for sign in "*?["})


class ContainsInAnyCase(IContains):
    """`icontains` that knows small and capital letters of every alphabet; LIKE of SQLite knows those of English."""

    def as_sqlite(self, compiler, connection):
        text = self.rhs
        if not isinstance(text, str) or text.isascii() or len(text) > LONGEST:
            return self.as_sql(compiler, connection)
        lhs, parameters = self.process_lhs(compiler, connection)
        return f"{lhs} GLOB %s", [*parameters, f"*{pattern(text)}*"]


def pattern(text: str) -> str:
    """For GLOB: each letter in both cases, each sign for itself."""
    return "".join(map(_either, text))


def _either(letter: str) -> str:
    cases = dict.fromkeys(case for case in (letter, letter.lower(), letter.upper()) if len(case) == 1)
    return f"[{''.join(cases)}]" if len(cases) > 1 else letter.translate(_SIGNS)


def teach() -> None:
    """Every column of text, whoever asks it."""
    for kind in (CharField, TextField):
        kind.register_lookup(ContainsInAnyCase)
