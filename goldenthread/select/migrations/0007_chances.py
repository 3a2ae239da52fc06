import csv
import io
from collections import Counter

from django.db import migrations


def chances(apps, editor):
    """How many of how many were drawn of each stratum, for the cases drawn before that was kept."""
    DrawnCase = apps.get_model("select", "DrawnCase")
    for draw in apps.get_model("select", "Draw").objects.filter(state="drawn").iterator():
        held = Counter(stratum for _, stratum in list(csv.reader(io.StringIO(draw.frame)))[1:])
        for stratum, sought in draw.quotas.items():
            cases = DrawnCase.objects.filter(draw=draw, stratum=stratum)
            cases.update(sought=sought, held=held[stratum])


class Migration(migrations.Migration):
    dependencies = [("select", "0006_ways_of_selecting")]
    operations = [migrations.RunPython(chances, migrations.RunPython.noop)]
