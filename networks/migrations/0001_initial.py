# Made anew with makemigrations until the first release.

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("signals", "0001_initial"),
        ("teams", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("held_at", models.DateTimeField()),
                ("content", models.BinaryField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="signals.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-held_at", "-at"],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("content", models.BinaryField()),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluation",
                        to="signals.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_begun", "Nog niet begonnen"),
                            ("under_way", "Loopt"),
                            ("reached", "Bereikt"),
                            ("dropped", "Vervallen"),
                        ],
                        default="not_begun",
                        max_length=15,
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("content", models.BinaryField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="signals.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("begins_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("content", models.BinaryField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="teams.team"
                    ),
                ),
            ],
            options={
                "ordering": ["-begins_at"],
            },
        ),
        migrations.CreateModel(
            name="MeetingItem",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("why", models.JSONField(default=list)),
                ("comes_back", models.BooleanField(default=False)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("announced_at", models.DateTimeField(null=True)),
                ("begun_at", models.DateTimeField(null=True)),
                ("discussed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("content", models.BinaryField(null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="signals.assignment"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="networks.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="now_at",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="networks.meetingitem",
            ),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("words", models.BinaryField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="signals.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="OutcomeRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("collection", models.CharField(blank=True, max_length=40)),
                ("filed_on", models.DateField()),
                ("ended_on", models.DateField()),
                (
                    "referrer_role",
                    models.CharField(
                        choices=[
                            ("self", "Over zichzelf"),
                            ("parent", "Ouder of familie"),
                            ("school", "School"),
                            ("care", "Zorg of jeugdwerk"),
                            ("friend", "Vriend of vriendin"),
                            ("neighbour", "Buur"),
                            ("police_municipality", "Politie of gemeente"),
                            ("other", "Iemand anders"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("web", "web"),
                            ("phone", "telefoon"),
                            ("paper", "brief"),
                            ("mail", "mail"),
                            ("network", "netwerk"),
                        ],
                        max_length=10,
                    ),
                ),
                ("municipality", models.CharField(blank=True, max_length=6)),
                ("network", models.CharField(blank=True, max_length=50)),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("SEX_LOVERBOY", "Seksueel, loverboy"),
                            ("SEX_PROSTITUTIE", "Seksueel, prostitutie"),
                            ("SEX_ONLINE", "Seksueel, online"),
                            ("ARBEID", "Arbeid"),
                            ("CRIMINEEL", "Crimineel"),
                            ("DIENSTEN", "Gedwongen diensten"),
                            ("HUWELIJK", "Gedwongen huwelijk"),
                            ("ORGAAN", "Organen"),
                            ("ONBEKEND", "Nog niet duidelijk"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "age_band",
                    models.CharField(
                        choices=[
                            ("under_12", "Jonger dan 12"),
                            ("12_15", "12 tot en met 15"),
                            ("16_17", "16 of 17"),
                            ("18_22", "18 tot en met 22"),
                            ("23_plus", "23 of ouder"),
                            ("unknown", "Weet ik niet"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "gender",
                    models.CharField(
                        choices=[
                            ("f", "Meisje of vrouw"),
                            ("m", "Jongen of man"),
                            ("x", "Anders"),
                            ("unknown", "Weet ik niet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("first_of_case", models.BooleanField(default=False)),
                (
                    "ending",
                    models.CharField(
                        choices=[
                            ("handled_in_network", "Afgehandeld in het netwerk, zonder jeugdzorg"),
                            ("youth_care", "Jeugdzorg"),
                            ("police", "Politie"),
                            ("referred_elsewhere", "Naar een ander verwezen"),
                            ("no_trafficking", "Geen mensenhandel"),
                            ("moved_away", "Verhuisd"),
                            ("lost_contact", "Contact verloren"),
                            ("advice", "Advies gegeven"),
                            ("referred", "Naar een ander verwezen"),
                            ("no_signal", "Geen signaal"),
                            ("duplicate", "Dubbel"),
                            ("withdrawn", "Ingetrokken"),
                        ],
                        max_length=30,
                    ),
                ),
                ("youth_care_needed", models.BooleanField(null=True)),
                (
                    "safe_now",
                    models.CharField(
                        blank=True, choices=[("yes", "Ja"), ("partly", "Deels"), ("no", "Nee")], max_length=10
                    ),
                ),
                ("triage_hours", models.PositiveIntegerField(null=True)),
                ("routing_hours", models.PositiveIntegerField(null=True)),
                ("accepting_hours", models.PositiveIntegerField(null=True)),
                ("closing_hours", models.PositiveIntegerField(null=True)),
                ("times_returned", models.PositiveSmallIntegerField(default=0)),
                ("times_reopened", models.PositiveSmallIntegerField(default=0)),
                ("peers_checked", models.PositiveSmallIntegerField(null=True)),
                ("measures", models.PositiveSmallIntegerField(null=True)),
                ("peers_became_victims", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["collection", "filed_on"], name="outcome_period")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_on__gte", models.F("filed_on"))), name="ended_after_filed"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedBalance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("quarter", "Quarter"), ("year", "Year"), ("history", "History")],
                        max_length=10,
                    ),
                ),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("collection", models.CharField(blank=True, max_length=40)),
                ("figures", models.JSONField()),
                ("definitions", models.PositiveSmallIntegerField()),
                ("urgency_rules", models.CharField(blank=True, max_length=20)),
                ("unsuppressed_because", models.CharField(blank=True, max_length=200)),
                ("published_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-ends_on", "-begins_on"],
            },
        ),
        migrations.CreateModel(
            name="Pulse",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("waits", "Nog niet"),
                            ("owner", "Wie het doet, kreeg bericht"),
                            ("again", "Wie het doet, kreeg een herinnering"),
                            ("lead", "De regisseur kreeg bericht"),
                            ("desk", "Het meldpunt kreeg een taak"),
                        ],
                        default="waits",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "safe_now",
                    models.CharField(
                        blank=True, choices=[("yes", "Ja"), ("partly", "Deels"), ("no", "Nee")], max_length=10
                    ),
                ),
                ("content", models.BinaryField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pulses",
                        to="signals.assignment",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("friend", "Vriend of vriendin"),
                            ("classmate", "Klasgenoot"),
                            ("sibling", "Broer of zus"),
                            ("parent", "Ouder of verzorger"),
                            ("family", "Andere familie"),
                            ("helper", "Helper, zoals een mentor of coach"),
                            ("other", "Iemand anders"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "approached",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no", "Nee"),
                            ("suspected", "Misschien"),
                            ("yes", "Ja"),
                            ("waived", "Dit vragen we niet na"),
                        ],
                        max_length=10,
                    ),
                ),
                ("approached_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("content", models.BinaryField()),
                (
                    "approached_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relations",
                        to="signals.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="signals.signal",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("surroundings", "Betrek de omgeving"),
                            ("care", "Stem de zorg af"),
                            ("school", "Praat met school"),
                            ("preventive", "Neem een preventieve maatregel"),
                            ("police", "Betrek de politie"),
                            ("youth_care", "Schakel jeugdzorg in"),
                            ("other", "Iets anders"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Klaar"), ("dropped", "Vervallen")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                ("reminded_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("content", models.BinaryField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="signals.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="networks.goal",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="networks.meeting",
                    ),
                ),
                (
                    "peer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="networks.relation",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Rhythm",
            fields=[
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="teams.team",
                    ),
                ),
                ("weeks", models.PositiveSmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weeks__range", (1, 26))), name="a_rhythm_of_weeks"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("content", models.BinaryField()),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support_plan",
                        to="signals.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Suspect",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("content", models.BinaryField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspects",
                        to="signals.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="SuspectAccess",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="signals.assignment"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("content", models.BinaryField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="signals.assignment"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("coordinator", "Regie van de zaak"),
                            ("contact", "Vast contact voor de persoon"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("member", "Iemand uit ons netwerk"),
                            ("referrer", "De organisatie die meldde"),
                            ("outside", "Iemand van buiten"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("content", models.BinaryField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="signals.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("assignment", "post"),
                        name="one_for_each_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("party", "member"), ("person__isnull", False)),
                            models.Q(models.Q(("party", "member"), _negated=True), ("person", None)),
                            _connector="OR",
                        ),
                        name="only_a_member_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("held_at", models.DateTimeField(null=True)),
                ("description", models.BinaryField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="signals.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at", None), _negated=True), ("held_by", None), _connector="XOR"
                        ),
                        name="case_file_held_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contract_reads",
                        to="signals.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "indexes": [models.Index(fields=["assignment", "by", "at"], name="who_read_the_contract")],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("there", models.BooleanField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="networks.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "user"), name="there_or_not_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="meetingitem",
            constraint=models.UniqueConstraint(
                fields=("meeting", "assignment"), name="a_case_once_on_an_agenda"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("team",), name="one_meeting_ahead"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("substitute", None),
                    models.Q(("substitute", models.F("chair")), _negated=True),
                    _connector="OR",
                ),
                name="another_substitutes",
            ),
        ),
        migrations.AddIndex(
            model_name="pulse",
            index=models.Index(
                condition=models.Q(("answered_at", None)), fields=["due_at"], name="pulses_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="pulse",
            constraint=models.UniqueConstraint(fields=("assignment", "number"), name="each_pulse_once"),
        ),
        migrations.AddConstraint(
            model_name="pulse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("content", None), ("safe_now", "")),
                    models.Q(
                        models.Q(("answered_at", None), _negated=True),
                        models.Q(("safe_now", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="answered_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="relation",
            index=models.Index(fields=["assignment", "kind"], name="circle_of_a_letter"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approached", ""), ("approached_at", None)),
                    models.Q(
                        models.Q(("approached", ""), _negated=True),
                        models.Q(("approached_at", None), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="answered_with_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(fields=("signal",), name="one_peer_of_a_signal"),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["assignment", "state", "due_on"], name="actions_of_a_letter"),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(condition=models.Q(("state", "open")), fields=["due_on"], name="actions_due"),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        models.Q(("settled_at", None), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="settled_when_not_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspectaccess",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("assignment", "user"),
                name="suspects_shown_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("assignment", "user"),
                name="one_tie_with_a_case",
            ),
        ),
    ]
