# Made anew with makemigrations until the first release.

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("code", models.CharField(max_length=6, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("region", models.CharField(max_length=80)),
                ("area", models.CharField(max_length=80)),
                ("tile_row", models.PositiveSmallIntegerField()),
                ("tile_column", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name_plural": "municipalities",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.CharField(max_length=120)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("municipality", "Gemeente"),
                            ("police", "Politie"),
                            ("prosecution", "Openbaar Ministerie"),
                            ("school", "School"),
                            ("youth_care", "Jeugdzorg"),
                            ("health_care", "Gezondheidszorg"),
                            ("community_worker", "Wijkteam of jongerenwerk"),
                            ("shelter", "Opvang"),
                            ("safe_home", "Veilig Thuis"),
                            ("other", "Andere organisatie"),
                        ],
                        max_length=20,
                    ),
                ),
                ("purpose", models.CharField(max_length=300)),
                (
                    "bases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("public_task", "Publieke taak"),
                                ("vital_interest", "Vitaal belang: er is direct gevaar"),
                                ("legal_duty", "Wettelijke plicht"),
                                ("reporting_right", "Meldrecht"),
                                ("consent", "Toestemming"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("contact", models.CharField(max_length=120)),
                ("agreed_on", models.DateField()),
                ("review_on", models.DateField()),
                ("reminded_on", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["organisation", "pk"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="E-mailadres")),
                ("name", models.CharField(max_length=120, verbose_name="Naam")),
                ("language", models.CharField(default="nl", max_length=2)),
                ("shortcuts", models.BooleanField(default=True)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("is_active", models.BooleanField(default=True)),
                ("is_practice", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PartnerChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("add", "Toegevoegd"),
                            ("change", "Gewijzigd"),
                            ("review", "Opnieuw bekeken"),
                            ("end", "Beëindigd"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("old", models.JSONField(default=dict)),
                ("new", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="teams.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[("desk", "Meldpunt"), ("network", "Netwerk"), ("province", "Provincie")],
                        max_length=20,
                    ),
                ),
                ("is_practice", models.BooleanField(default=False)),
                (
                    "outside_deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "name"],
            },
        ),
        migrations.AddField(
            model_name="partner",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="partners", to="teams.team"
            ),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinator", "Coördinator"),
                            ("member", "Lid van het netwerk"),
                            ("lead", "Regisseur"),
                            ("analyst", "Analist"),
                            ("administrator", "Beheerder"),
                            ("privacy_officer", "Functionaris gegevensbescherming"),
                        ],
                        max_length=20,
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="teams.partner",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="teams.team",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=120)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinator", "Coördinator"),
                            ("member", "Lid van het netwerk"),
                            ("lead", "Regisseur"),
                            ("analyst", "Analist"),
                            ("administrator", "Beheerder"),
                            ("privacy_officer", "Functionaris gegevensbescherming"),
                        ],
                        max_length=20,
                    ),
                ),
                ("token_hash", models.BinaryField(unique=True)),
                ("code_hash", models.CharField(max_length=200)),
                ("tries_left", models.PositiveSmallIntegerField(default=5)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.partner",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="teams.team",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "municipality",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverage",
                        to="teams.municipality",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="coverage", to="teams.team"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["first_day", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="absence_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("who", "Wie het is"),
                            ("contact", "Veilig contact"),
                            ("where", "Waar"),
                            ("signs", "Tekens en samenvatting"),
                            ("others", "Mensen eromheen"),
                            ("suspects", "Verdachten"),
                            ("referrer", "Contact met de melder"),
                            ("work", "Acties, plan en overleg"),
                            ("notes", "Notities, contacten en bestanden"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("municipality", "Gemeente"),
                            ("police", "Politie"),
                            ("prosecution", "Openbaar Ministerie"),
                            ("school", "School"),
                            ("youth_care", "Jeugdzorg"),
                            ("health_care", "Gezondheidszorg"),
                            ("community_worker", "Wijkteam of jongerenwerk"),
                            ("shelter", "Opvang"),
                            ("safe_home", "Veilig Thuis"),
                            ("other", "Andere organisatie"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("public_task", "Publieke taak"),
                            ("vital_interest", "Vitaal belang: er is direct gevaar"),
                            ("legal_duty", "Wettelijke plicht"),
                            ("reporting_right", "Meldrecht"),
                            ("consent", "Toestemming"),
                        ],
                        max_length=20,
                    ),
                ),
                ("purpose", models.CharField(max_length=200)),
                ("until", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["role", "part", "basis", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("part", "role", "basis"),
                        name="one_open_agreement_of_a_kind",
                    ),
                    models.UniqueConstraint(
                        fields=("part", "role", "basis", "version"), name="one_agreement_of_a_version"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyShift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shifts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "indexes": [models.Index(fields=["ends_at", "starts_at"], name="duty_now")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="shift_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "desk")), fields=("kind",), name="one_desk"
            ),
        ),
        migrations.AddIndex(
            model_name="partner",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["review_on"], name="partners_to_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                models.F("team"),
                django.db.models.functions.text.Lower("organisation"),
                condition=models.Q(("ended_at", None)),
                name="one_open_partner_of_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_on__gt", models.F("agreed_on"))), name="review_after_agreement"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("user", "team"),
                name="one_open_membership_per_team",
            ),
        ),
    ]
