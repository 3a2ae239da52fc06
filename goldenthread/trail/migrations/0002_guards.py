from django.db import migrations

from goldenthread.trail.guards import GUARDS, put_up


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [put_up(guard) for guard in GUARDS]
