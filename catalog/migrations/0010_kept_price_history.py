"""What was is never changed, not even past our own code.

SQLite lets rows be deleted: that is how it empties a table for a restore, where PostgreSQL truncates.
"""

from django.db import migrations

UP = {
    "sqlite": [
        """CREATE TRIGGER catalog_pricechange_kept BEFORE UPDATE ON catalog_pricechange BEGIN
            SELECT RAISE(ABORT, 'price history is never changed');
        END""",
    ],
    "postgresql": [
        """CREATE FUNCTION catalog_pricechange_refuse() RETURNS trigger AS $$
            BEGIN RAISE EXCEPTION 'price history is never changed' USING ERRCODE = 'integrity_constraint_violation'; END
        $$ LANGUAGE plpgsql""",
        """CREATE TRIGGER catalog_pricechange_kept BEFORE UPDATE OR DELETE ON catalog_pricechange
            FOR EACH ROW EXECUTE FUNCTION catalog_pricechange_refuse()""",
    ],
}
DOWN = {
    "sqlite": ["DROP TRIGGER catalog_pricechange_kept"],
    "postgresql": [
        "DROP TRIGGER catalog_pricechange_kept ON catalog_pricechange",
        "DROP FUNCTION catalog_pricechange_refuse()",
    ],
}


def _run(statements):
    def run(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return run


build, drop = _run(UP), _run(DOWN)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_prices")]

    operations = [migrations.RunPython(build, drop)]
