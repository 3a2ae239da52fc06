from django.db import migrations

from goldenthread.audit.guards import SIGNED_FOR
from goldenthread.trail.guards import put_up


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_signed")]
    operations = [put_up(guard) for guard in SIGNED_FOR]
