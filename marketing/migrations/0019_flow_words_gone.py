"""The words in the row of a flow are gone: they stand in its template. The database seals what was published."""

from django.db import migrations, models

SAYS = "a published flow is never changed"
FUNCTION = f"""
CREATE FUNCTION marketing_flow_version_never_changes() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql
"""


def seal(apps, schema_editor):
    """Who remakes the table seals it again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)
        act = "FOR EACH ROW EXECUTE FUNCTION marketing_flow_version_never_changes()"
    else:
        act = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    schema_editor.execute(
        "CREATE TRIGGER marketing_flowversion_never_changes "
        f"BEFORE UPDATE OF definition, number, flow_id ON marketing_flowversion {act}"
    )


def unseal(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    on = " ON marketing_flowversion" if is_postgres else ""
    schema_editor.execute(f"DROP TRIGGER marketing_flowversion_never_changes{on}")
    if is_postgres:
        schema_editor.execute("DROP FUNCTION marketing_flow_version_never_changes()")


class Migration(migrations.Migration):

    dependencies = [
        ('marketing', '0018_flows_from_words'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='flow',
            name='body',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='body_en',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='body_es',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='body_ru',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='cooldown_days',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='deadline_hours',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='delay_minutes',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='heading',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='heading_en',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='heading_es',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='heading_ru',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='preheader',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='preheader_en',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='preheader_es',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='preheader_ru',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='subject',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='subject_en',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='subject_es',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='subject_ru',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='template',
        ),
        migrations.RemoveField(
            model_name='flow',
            name='trigger',
        ),
        migrations.AddConstraint(
            model_name='flow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'paused'), _negated=True), ('paused_at__isnull', False), _connector='OR'), name='paused_flow_has_a_time'),
        ),
        migrations.RunPython(seal, unseal),
    ]
