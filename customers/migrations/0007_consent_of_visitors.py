from django.db import migrations, models

# The account may be deleted, and its key goes; everything that was said stays word for word.
SAID = "email, visitor_key, purpose, channel, status, wording, version, source, created_at"
WORDS = "what somebody agreed to is never changed"
REFUSE = f"""
CREATE FUNCTION customers_consent_never_changes() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql
"""


def seal(apps, schema_editor):
    """The database itself refuses to change a statement. Who remakes this table seals it again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE)
        act = "FOR EACH ROW EXECUTE FUNCTION customers_consent_never_changes()"
    else:
        act = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    schema_editor.execute(
        f"CREATE TRIGGER customers_consent_never_changes BEFORE UPDATE OF {SAID} ON customers_consent {act}"
    )


def unseal(apps, schema_editor):
    on = " ON customers_consent" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER customers_consent_never_changes{on}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION customers_consent_never_changes()")


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_squashed_0006_found_by_day")]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="version",
            field=models.CharField(blank=True, max_length=20, verbose_name="version of the wording"),
        ),
        migrations.AddField(
            model_name="consent",
            name="visitor_key",
            field=models.UUIDField(blank=True, db_index=True, editable=False, null=True, verbose_name="visitor"),
        ),
        migrations.AlterField(
            model_name="consent",
            name="channel",
            field=models.CharField(
                choices=[
                    ("email", "e-mail"),
                    ("sms", "text message"),
                    ("push", "push notification"),
                    ("web", "website"),
                ],
                max_length=8,
                verbose_name="channel",
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="email",
            field=models.EmailField(blank=True, db_index=True, max_length=254, verbose_name="e-mail"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("email", ""), _negated=True), ("visitor_key__isnull", False), _connector="OR"),
                name="consent_is_somebodys",
            ),
        ),
        migrations.RunPython(seal, unseal),
    ]
