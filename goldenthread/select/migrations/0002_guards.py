from django.db import migrations

from goldenthread.select.guards import GUARDS
from goldenthread.trail.guards import put_up


class Migration(migrations.Migration):
    dependencies = [("select", "0001_initial")]
    operations = [put_up(guard) for guard in GUARDS]
