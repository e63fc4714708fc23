"""Synonyms; a column of facts between the names and the text of a search document; barcodes that are looked for.

The engine's own index is built anew around the column. Documents get their facts when listings are next refreshed.
"""

import importlib

from django.db import migrations, models

import catalog.models.synonym

before = importlib.import_module("catalog.migrations.0004_search_index")
SQLITE = [
    """CREATE VIRTUAL TABLE catalog_searchindex USING fts5(
        title, facts, body, content='catalog_searchdocument', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0", prefix='3 4 5'
    )""",
    """CREATE TRIGGER catalog_searchdocument_written AFTER INSERT ON catalog_searchdocument BEGIN
        INSERT INTO catalog_searchindex(rowid, title, facts, body) VALUES (new.id, new.title, new.facts, new.body);
    END""",
    """CREATE TRIGGER catalog_searchdocument_dropped AFTER DELETE ON catalog_searchdocument BEGIN
        INSERT INTO catalog_searchindex(catalog_searchindex, rowid, title, facts, body)
        VALUES ('delete', old.id, old.title, old.facts, old.body);
    END""",
    """CREATE TRIGGER catalog_searchdocument_changed AFTER UPDATE ON catalog_searchdocument BEGIN
        INSERT INTO catalog_searchindex(catalog_searchindex, rowid, title, facts, body)
        VALUES ('delete', old.id, old.title, old.facts, old.body);
        INSERT INTO catalog_searchindex(rowid, title, facts, body) VALUES (new.id, new.title, new.facts, new.body);
    END""",
    "INSERT INTO catalog_searchindex(catalog_searchindex) VALUES ('rebuild')",
]
POSTGRESQL = [
    """ALTER TABLE catalog_searchdocument ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', facts), 'B')
        || setweight(to_tsvector('simple', body), 'D')
    ) STORED""",
    "CREATE INDEX search_document_by_vector ON catalog_searchdocument USING gin (vector)",
]


def build(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0013_collections")]

    operations = [
        migrations.RunPython(before.drop, before.build),
        migrations.AddField("searchdocument", "facts", models.TextField(default="")),
        migrations.RunPython(build, before.drop),
        migrations.AddIndex("variant", models.Index(fields=["barcode"], name="variant_by_barcode")),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('ru', 'Русский')], max_length=10, verbose_name='language')),
                ('kind', models.CharField(choices=[('equal', 'mean the same'), ('one-way', 'also find others')], default='equal', max_length=10, verbose_name='these words')),
                ('words', models.CharField(help_text='Separated by commas: sofa, couch, settee. Endings, capitals and accents do not matter.', max_length=600, validators=[catalog.models.synonym.check_phrases], verbose_name='what people type')),
                ('also', models.CharField(blank=True, help_text='Only when the words above also find others: whoever types them is shown these goods too.', max_length=600, validators=[catalog.models.synonym.check_phrases], verbose_name='what is found too')),
            ],
            options={
                'verbose_name': 'synonym',
                'verbose_name_plural': 'synonyms',
                'ordering': ['language', 'words'],
            },
        ),
        migrations.AddConstraint(
            model_name='synonym',
            constraint=models.UniqueConstraint(fields=('language', 'words'), name='synonym_words_are_unique'),
        ),
        migrations.AddConstraint(
            model_name='synonym',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'equal'), ('also', '')), models.Q(('kind', 'one-way'), models.Q(('also', ''), _negated=True)), _connector='OR'), name='synonym_one_way_leads_somewhere', violation_error_message='Say what is found too, or choose that the words mean the same.'),
        ),
    ]
