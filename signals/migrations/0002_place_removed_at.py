from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signals", "0001_initial")]

    operations = [
        migrations.AddField("place", "removed_at", models.DateTimeField(blank=True, null=True)),
    ]
