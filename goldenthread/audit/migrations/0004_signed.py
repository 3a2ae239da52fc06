from django.db import migrations

from goldenthread.audit.guards import SIGNED
from goldenthread.trail.guards import put_up


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_inspections")]
    operations = [put_up(guard) for guard in SIGNED]
