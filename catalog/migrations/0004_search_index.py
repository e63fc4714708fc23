"""The engine's own index over the search documents, kept in step by the database itself.

A later migration that rebuilds the table of the documents on SQLite must put the triggers back.
"""

from django.db import migrations

SQLITE = [
    # The words come analysed, so the tokeniser only parts them; it must not fold й to и. The prefixes are one to three
    # letters behind a language of two.
    """CREATE VIRTUAL TABLE catalog_searchindex USING fts5(
        title, body, content='catalog_searchdocument', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0", prefix='3 4 5'
    )""",
    """CREATE TRIGGER catalog_searchdocument_written AFTER INSERT ON catalog_searchdocument BEGIN
        INSERT INTO catalog_searchindex(rowid, title, body) VALUES (new.id, new.title, new.body);
    END""",
    """CREATE TRIGGER catalog_searchdocument_dropped AFTER DELETE ON catalog_searchdocument BEGIN
        INSERT INTO catalog_searchindex(catalog_searchindex, rowid, title, body)
        VALUES ('delete', old.id, old.title, old.body);
    END""",
    """CREATE TRIGGER catalog_searchdocument_changed AFTER UPDATE ON catalog_searchdocument BEGIN
        INSERT INTO catalog_searchindex(catalog_searchindex, rowid, title, body)
        VALUES ('delete', old.id, old.title, old.body);
        INSERT INTO catalog_searchindex(rowid, title, body) VALUES (new.id, new.title, new.body);
    END""",
]
POSTGRESQL = [
    """ALTER TABLE catalog_searchdocument ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'D')
    ) STORED""",
    "CREATE INDEX search_document_by_vector ON catalog_searchdocument USING gin (vector)",
]
BACK = {
    "sqlite": [
        "DROP TRIGGER catalog_searchdocument_written",
        "DROP TRIGGER catalog_searchdocument_dropped",
        "DROP TRIGGER catalog_searchdocument_changed",
        "DROP TABLE catalog_searchindex",
    ],
    "postgresql": [
        "DROP INDEX search_document_by_vector",
        "ALTER TABLE catalog_searchdocument DROP COLUMN vector",
    ],
}


def build(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_search_document")]

    operations = [migrations.RunPython(build, drop)]
