"""What the demonstration shop says, as JSON files in three languages."""

import json
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("en", "es", "ru")


def load(name: str):
    """The content of `<name>.json`."""
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def load_products() -> list[dict]:
    """All products, in the order of their files."""
    return [p for path in sorted((HERE / "products").glob("*.json")) for p in json.loads(path.read_text("utf-8"))]


def spread(**texts: dict[str, str]) -> dict[str, str]:
    """`name={"en": …}` as the columns `name_en`, `name_es`, `name_ru`, and `name` itself in English."""
    columns = {f"{field}_{language}": words[language] for field, words in texts.items() for language in LANGUAGES}
    return {**columns, **{field: words["en"] for field, words in texts.items()}}
