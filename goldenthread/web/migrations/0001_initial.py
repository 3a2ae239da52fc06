from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=64, unique=True)),
                ("person_id", models.BigIntegerField(null=True)),
                ("path", models.CharField(max_length=500)),
                ("response_location", models.CharField(max_length=2000)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
