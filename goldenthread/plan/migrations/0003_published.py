from typing import Any

from django.db import migrations
from django.db.models import F


def publish_what_was_arranged(apps: Any, editor: Any) -> None:
    """Sessions arranged before there were proposals were told to those who sit there: they are published."""
    sessions = apps.get_model("plan", "Session").objects.filter(published_at__isnull=True)
    sessions.update(published_at=F("arranged_at"), published_by=F("arranged_by"))


class Migration(migrations.Migration):
    dependencies = [("plan", "0002_the_year")]
    operations = [migrations.RunPython(publish_what_was_arranged, migrations.RunPython.noop)]
