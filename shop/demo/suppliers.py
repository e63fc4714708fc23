"""How the monthly list of a pottery is read: its columns were explained once, and the office remembers."""

from catalog.actions.importing import saved

#: The heads of the list, as the pottery writes them.
COLUMNS = ["referencia", "nombre", "descripción", "precio", "existencias", "peso g"]
FIELDS = ["sku", "name_es", "description_es", "price", "stock", "weight"]


def explain_lists() -> None:
    """Keep the mapping of the list."""
    saved.keep(
        "Alfarería Rosa, lista mensual",
        COLUMNS,
        {"columns": dict(zip(FIELDS, COLUMNS, strict=True)), "source": "rosa", "decimal": ","},
    )
