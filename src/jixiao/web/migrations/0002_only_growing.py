"""只增不改: the database itself refuses to change or delete an audit entry or a saved version; the chain begins."""

from django.db import migrations

TABLES = ("web_entry", "web_revision")

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} only grows'); END
"""
_POSTGRES = """
CREATE FUNCTION jixiao_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$
"""
_POSTGRES_ROW = """
CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION jixiao_only_grows()
"""
_POSTGRES_ALL = """
CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION jixiao_only_grows()
"""


def guard(apps, editor):
    """Put the triggers on both tables, and the first link of the chain."""
    if editor.connection.vendor == "postgresql":
        statements = [
            _POSTGRES,
            *(form.format(table=table) for table in TABLES for form in (_POSTGRES_ROW, _POSTGRES_ALL)),
        ]
    else:
        statements = [_SQLITE.format(table=table, verb=verb) for table in TABLES for verb in ("UPDATE", "DELETE")]
    for statement in statements:
        editor.execute(statement, None)
    apps.get_model("web", "Link").objects.create(pk=1)


class Migration(migrations.Migration):
    """The triggers and the first link."""

    dependencies = [("web", "0001_first")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
