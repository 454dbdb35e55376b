# Made anew with makemigrations until the first release.

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import signals.models.reference


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("teams", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("lookup", models.BinaryField(primary_key=True, serialize=False)),
                ("blob", models.BinaryField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("sent_reference", models.CharField(blank=True, max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name="Helpline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("number", models.CharField(max_length=20)),
                ("for_whom_nl", models.CharField(max_length=160)),
                ("for_whom_en", models.CharField(max_length=160)),
                ("checked_on", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="Hub",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tag", models.BinaryField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phone", "telefoon"),
                            ("handle", "account"),
                            ("plate", "kenteken"),
                            ("email", "e-mailadres"),
                            ("nickname", "naam en gemeente"),
                            ("alike", "naam die erop lijkt"),
                            ("loose", "account dat erop lijkt"),
                        ],
                        max_length=10,
                    ),
                ),
                ("signals", models.PositiveIntegerField()),
                ("towns", models.PositiveIntegerField()),
                ("told_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("topic", models.CharField(max_length=20)),
                ("group_nl", models.CharField(max_length=80)),
                ("group_en", models.CharField(max_length=80)),
                ("nl", models.TextField()),
                ("en", models.TextField()),
                ("ask_nl", models.TextField()),
                ("ask_en", models.TextField()),
                ("self_nl", models.TextField(blank=True)),
                ("self_en", models.TextField(blank=True)),
                ("form", models.CharField(max_length=2)),
                (
                    "urgency",
                    models.CharField(
                        choices=[("acute", "Acuut"), ("urgent", "Dringend"), ("normal", "Normaal")],
                        max_length=10,
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField()),
                ("step", models.PositiveSmallIntegerField()),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("source", models.CharField(max_length=120)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["topic", "step", "code"],
            },
        ),
        migrations.CreateModel(
            name="OutsidePlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("where", models.CharField(max_length=160)),
                ("note", models.TextField(blank=True)),
                ("certain", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Transition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old", models.CharField(blank=True, max_length=20)),
                ("new", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("filed", "Binnengekomen"),
                            ("taken_up", "Opgepakt"),
                            ("taken_over", "Overgenomen"),
                            ("let_go", "Losgelaten"),
                            ("later", "Komt later terug"),
                            ("back_now", "Weer in de lijst gezet"),
                            ("enough_signs", "Genoeg tekens om te handelen"),
                            ("danger", "Er is gevaar"),
                            ("same_person", "Gaat over dezelfde persoon"),
                            ("only_advice", "De melder vroeg om advies"),
                            ("other_body", "Een andere organisatie past beter"),
                            ("outside", "Woont buiten Overijssel"),
                            ("too_little", "Te weinig om iets mee te doen"),
                            ("not_trafficking", "Dit is geen mensenhandel"),
                            ("same_report", "Dezelfde melding, nog een keer"),
                            ("lives_there", "Woont in dit gebied"),
                            ("sleeps_there", "Slaapt in dit gebied"),
                            ("known_there", "Is daar al bekend"),
                            ("delivered", "Aangekomen"),
                            ("opened", "Geopend"),
                            ("accepted", "Aangenomen"),
                            ("wrong_network", "Hoort bij een ander netwerk"),
                            ("no_capacity", "Er is nu niemand die dit kan oppakken"),
                            ("involved", "Iemand van ons is betrokken"),
                            ("need_more", "Er is meer informatie nodig"),
                            ("mistake", "Vergissing"),
                            ("handed_over", "Overgedragen buiten de netwerken"),
                            ("closed", "Afgesloten met een uitkomst"),
                            ("new_facts", "Er is iets nieuws"),
                            ("aged", "Wachtte te lang: dringender gemaakt"),
                            ("undone", "Versturen ongedaan gemaakt"),
                            ("corrected", "Verbeterd"),
                            ("noted", "Notitie"),
                            ("revealed", "Gegevens getoond, met een eigen reden"),
                            ("lapsed", "Vanzelf losgelaten: tien minuten niets gedaan"),
                            ("colleague_away", "De collega is er niet"),
                            ("agreed", "Zo afgesproken met de collega"),
                            ("signal_added", "Een melding erbij gevoegd"),
                            ("signal_removed", "Een melding losgemaakt"),
                            ("other_person", "Gaat over iemand anders"),
                            ("merged", "Samengevoegd met een andere zaak"),
                            ("asked", "Gevraagd aan de melder"),
                            ("answered", "De melder schreef iets"),
                            ("asked_for_it", "De melder vroeg erom, en dat is nagegaan"),
                            ("not_confirmed", "Verzoek van de melder niet bevestigd"),
                            ("file_held", "Bestand gemarkeerd: niet openen"),
                            ("file_released", "Bestand mag weer open"),
                            ("contact_handed", "Contact met de melder gegeven aan het netwerk"),
                            ("contact_back", "Contact met de melder terug bij het meldpunt"),
                            ("not_again", "Niet heropend: dit verandert niets"),
                            ("not_safe", "Bij de nazorg bleek het niet veilig"),
                            ("kept_out", "Een collega kan dit niet meer zien"),
                            ("let_in", "Een collega kan dit weer zien"),
                            ("stepped_aside", "Een collega stapte opzij"),
                            ("other", "Andere reden"),
                        ],
                        max_length=30,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Signal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("reference", models.CharField(max_length=12, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Nieuw"),
                            ("in_triage", "In beoordeling"),
                            ("asked", "Wacht op antwoord"),
                            ("decided", "Besloten"),
                            ("destroyed", "Vernietigd"),
                        ],
                        default="received",
                        max_length=20,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new_case", "Nieuwe zaak"),
                            ("joined", "Bij een zaak gevoegd"),
                            ("advice", "Advies gegeven"),
                            ("referred", "Naar een ander verwezen"),
                            ("no_signal", "Geen signaal"),
                            ("duplicate", "Dubbel"),
                            ("withdrawn", "Ingetrokken"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "was_decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new_case", "Nieuwe zaak"),
                            ("joined", "Bij een zaak gevoegd"),
                            ("advice", "Advies gegeven"),
                            ("referred", "Naar een ander verwezen"),
                            ("no_signal", "Geen signaal"),
                            ("duplicate", "Dubbel"),
                            ("withdrawn", "Ingetrokken"),
                        ],
                        max_length=20,
                    ),
                ),
                ("filed_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "web"),
                            ("phone", "telefoon"),
                            ("paper", "brief"),
                            ("mail", "mail"),
                            ("network", "netwerk"),
                        ],
                        default="web",
                        max_length=10,
                    ),
                ),
                ("received_on", models.DateField(null=True)),
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
                ("language", models.CharField(default="nl", max_length=5)),
                (
                    "danger_now",
                    models.CharField(
                        choices=[
                            ("yes", "Ja, nu"),
                            ("no", "Nee, niet op dit moment"),
                            ("unknown", "Weet ik niet"),
                        ],
                        max_length=10,
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
                        default="unknown",
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
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("may_contact", models.BooleanField(default=False)),
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
                        default="ONBEKEND",
                        max_length=20,
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("acute", "Acuut"), ("urgent", "Dringend"), ("normal", "Normaal")],
                        max_length=10,
                    ),
                ),
                ("urgency_score", models.PositiveIntegerField(default=0)),
                (
                    "urgency_rank",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(then=0, urgency="acute"),
                            models.When(then=1, urgency="urgent"),
                            default=2,
                        ),
                        output_field=models.PositiveSmallIntegerField(),
                    ),
                ),
                (
                    "queue_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.Case(
                                models.When(then=0, urgency="acute"),
                                models.When(then=1000000, urgency="urgent"),
                                default=2000000,
                            ),
                            "-",
                            django.db.models.functions.comparison.Least(models.F("urgency_score"), 999999),
                        ),
                        output_field=models.IntegerField(),
                    ),
                ),
                ("urgency_version", models.PositiveSmallIntegerField(default=1)),
                ("urgency_overridden", models.BooleanField(default=False)),
                ("aged_at", models.DateTimeField(null=True)),
                ("place_how", models.CharField(default="unknown", max_length=20)),
                ("place_candidates", models.JSONField(default=list)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("snoozed_until", models.DateTimeField(null=True)),
                ("unread_from_referrer", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("filed_once", models.BinaryField(unique=True)),
                ("indexed_as", models.PositiveIntegerField(default=0)),
                ("counted_as", models.UUIDField(null=True)),
                ("report", models.BinaryField()),
                ("headline", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="StandardText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.SlugField(default=signals.models.reference.own_code, max_length=20, unique=True),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("ask", "Iets terugvragen"),
                            ("answer", "Antwoord op een bericht"),
                            ("decided", "Er is besloten"),
                            ("handled", "Het is opgepakt of klaar"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name_nl", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                ("nl", models.TextField()),
                ("en", models.TextField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["purpose", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("lookup", models.BinaryField(primary_key=True, serialize=False)),
                ("blob", models.BinaryField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("reference", models.CharField(max_length=12, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("assessed", "Bij het meldpunt"),
                            ("routing", "Onderweg"),
                            ("with_network", "Bij het netwerk"),
                            ("closed", "Afgesloten"),
                            ("destroyed", "Vernietigd"),
                        ],
                        default="assessed",
                        max_length=20,
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("acute", "Acuut"), ("urgent", "Dringend"), ("normal", "Normaal")],
                        max_length=10,
                    ),
                ),
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
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("aftercare_until", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("handled_in_network", "Afgehandeld in het netwerk, zonder jeugdzorg"),
                            ("youth_care", "Jeugdzorg"),
                            ("police", "Politie"),
                            ("referred_elsewhere", "Naar een ander verwezen"),
                            ("no_trafficking", "Geen mensenhandel"),
                            ("moved_away", "Verhuisd"),
                            ("lost_contact", "Contact verloren"),
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
                ("restricted_on", models.DateField(null=True)),
                ("consents", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("shared", models.BinaryField()),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.municipality",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("lead", "heeft de leiding"),
                            ("support", "steunt"),
                            ("next", "is gevraagd om over te nemen"),
                        ],
                        default="lead",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Wordt bezorgd"),
                            ("delivered", "Aangekomen"),
                            ("opened", "Geopend"),
                            ("accepted", "Aangenomen"),
                            ("ended", "Klaar"),
                            ("recalled", "Teruggehaald"),
                            ("returned", "Teruggegeven"),
                            ("transferred", "Overgedragen"),
                        ],
                        default="queued",
                        max_length=20,
                    ),
                ),
                ("queued_at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("let_go_at", models.DateTimeField(null=True)),
                ("hold_until", models.DateTimeField(null=True)),
                ("answer_by", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("breached_at", models.DateTimeField(null=True)),
                ("refused_to_deliver", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=30)),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consent", "Die persoon vindt het goed"),
                            ("prevent_harm", "Nodig om schade te voorkomen"),
                            ("guardian", "Ouder of voogd vindt het goed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "routed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="teams.team",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="signals.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClockTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("acute", "Acuut"), ("urgent", "Dringend"), ("normal", "Normaal")],
                        max_length=10,
                    ),
                ),
                ("leg", models.CharField(max_length=10)),
                ("amount", models.PositiveSmallIntegerField()),
                ("unit", models.CharField(max_length=20)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("urgency", "leg"), name="one_term_per_leg")],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "receivers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                                ("region", "Een andere regio"),
                                ("comensha", "CoMensha"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        size=None,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Gevraagd, nog geen antwoord"),
                            ("given", "Gegeven"),
                            ("refused", "Geweigerd"),
                            ("withdrawn", "Ingetrokken"),
                            ("not_asked", "Niet gevraagd, want dat is gevaarlijk"),
                        ],
                        max_length=10,
                    ),
                ),
                ("until", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_for",
                        to="signals.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConsentStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Gevraagd, nog geen antwoord"),
                            ("given", "Gegeven"),
                            ("refused", "Geweigerd"),
                            ("withdrawn", "Ingetrokken"),
                            ("not_asked", "Niet gevraagd, want dat is gevaarlijk"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "said_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self", "De persoon zelf"),
                            ("both", "De persoon, samen met een ouder of voogd"),
                            ("parents", "Een ouder of voogd"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "danger",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "De persoon zelf loopt dan gevaar"),
                            ("others", "Iemand anders loopt dan gevaar"),
                            ("parents", "De ouders horen bij het gevaar"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("words", models.BinaryField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="signals.consent",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.team"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "at"],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("region", "Een andere regio"),
                            ("safe_home", "Veilig Thuis"),
                            ("police", "Politie"),
                            ("comensha", "CoMensha"),
                            ("other", "Iemand anders"),
                        ],
                        max_length=15,
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
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("secure_mail", "Beveiligde mail"),
                            ("portal", "Het systeem van de ontvanger"),
                            ("in_person", "Persoonlijk, van hand tot hand"),
                            ("post", "Aangetekende post"),
                        ],
                        max_length=15,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("reminded_on", models.DateField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("noted_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("sent", models.BinaryField()),
                ("receipt", models.BinaryField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="signals.case",
                    ),
                ),
                (
                    "noted_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.team"
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="CopyCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        size=None,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("reminded_on", models.DateField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("destroyed", "Alles is vernietigd"),
                            ("none", "Er waren geen kopieën"),
                            ("must_keep", "We moeten dit van de wet bewaren"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "partner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.partner",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="signals.consentstep",
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="signals.dispatch",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NoiseToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phone", "telefoon"),
                            ("handle", "account"),
                            ("plate", "kenteken"),
                            ("email", "e-mailadres"),
                            ("nickname", "naam en gemeente"),
                            ("alike", "naam die erop lijkt"),
                            ("loose", "account dat erop lijkt"),
                        ],
                        max_length=10,
                    ),
                ),
                ("tag", models.BinaryField(unique=True)),
                ("key_version", models.PositiveSmallIntegerField()),
                ("value", models.BinaryField()),
                ("carried", models.PositiveBigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
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
            name="OwnWords",
            fields=[
                (
                    "transition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="own_words",
                        serialize=False,
                        to="signals.transition",
                    ),
                ),
                ("purpose", models.CharField(max_length=20)),
                ("object_id", models.UUIDField()),
                ("words", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="transition",
            name="assignment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="transitions",
                to="signals.assignment",
            ),
        ),
        migrations.AddField(
            model_name="transition",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="transition",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="transitions",
                to="signals.case",
            ),
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=20)),
                ("ambiguous_with", models.TextField(blank=True)),
                ("source", models.CharField(max_length=80)),
                ("certain", models.BooleanField(default=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="teams.municipality",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Postcode",
            fields=[
                ("pc4", models.CharField(max_length=4, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=20)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postcodes",
                        to="teams.municipality",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReferenceChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.CharField(max_length=40)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("create", "Toegevoegd"),
                            ("change", "Gewijzigd"),
                            ("retire", "Uit gebruik"),
                            ("bring_back", "Weer in gebruik"),
                            ("restore", "Teruggezet"),
                        ],
                        max_length=12,
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
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="RightRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "Inzage"),
                            ("correction", "Verbeteren"),
                            ("erasure", "Wissen"),
                            ("restriction", "Even niet gebruiken"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "asked_by",
                    models.CharField(
                        choices=[
                            ("self", "De persoon zelf, 16 jaar of ouder"),
                            ("self_young", "De persoon zelf, 12 tot en met 15 jaar"),
                            ("parent", "Een ouder of voogd"),
                            ("lawyer", "Een advocaat of gemachtigde"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Nog te beantwoorden"),
                            ("granted", "Gedaan"),
                            ("partly", "Voor een deel gedaan"),
                            ("refused", "Geweigerd"),
                            ("withdrawn", "Ingetrokken"),
                        ],
                        default="open",
                        max_length=15,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("protects_person", "Om de persoon zelf te beschermen"),
                            ("protects_others", "Om een ander te beschermen, ook de melder"),
                            ("investigation", "Een onderzoek van de politie zou mislukken"),
                            ("must_keep", "De wet zegt dat we dit bewaren"),
                            ("who_asks", "Niet zeker wie het vraagt"),
                        ],
                        max_length=20,
                    ),
                ),
                ("received_on", models.DateField()),
                ("due_on", models.DateField()),
                ("extended", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("reminded_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("asked", models.BinaryField()),
                ("answer", models.BinaryField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rights", to="signals.case"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "at"],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("query", models.CharField(max_length=400)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Sharing",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("parts", models.BinaryField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sharings",
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
        migrations.AddField(
            model_name="transition",
            name="signal",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="transitions",
                to="signals.signal",
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signals",
                to="signals.case",
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="claimed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claimed_signals",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="from_case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="led_to",
                to="signals.case",
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="municipality",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="teams.municipality",
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="same_as",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duplicates",
                to="signals.signal",
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="taken_in_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="was_case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="signals.case"
            ),
        ),
        migrations.CreateModel(
            name="Shield",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("referrer", "De melder noemde een naam die lijkt"),
                            ("member", "Een lid van het netwerk"),
                            ("coordinator", "Een coördinator"),
                            ("stepped_aside", "Stapte zelf opzij"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("named", "Genoemd als betrokken"),
                            ("mentioned", "Een naam die lijkt, staat in de tekst"),
                            ("knows", "Kent de persoon of de familie"),
                            ("worked_with", "Werkte eerder met de persoon of de familie"),
                            ("suspected", "Hoort misschien bij de verdachten"),
                            ("other", "Iets anders"),
                        ],
                        default="named",
                        max_length=15,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "lift_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_the_one", "Het gaat om iemand anders"),
                            ("not_involved", "Niet (meer) betrokken"),
                            ("mistake", "Vergissing"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shields",
                        to="signals.case",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shields",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shields",
                        to="signals.signal",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="ReopenProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("reopened", models.BooleanField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="signals.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="signals.signal",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="NotSame",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other_case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="signals.case",
                    ),
                ),
                (
                    "other_signal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="signals.signal",
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_same",
                        to="signals.signal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("to_referrer", "aan de melder"), ("from_referrer", "van de melder")],
                        max_length=15,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("words", "Bericht"),
                            ("withdraw", "De melder wil de melding intrekken"),
                            ("contact", "De melder wil een andere manier van contact"),
                        ],
                        default="words",
                        max_length=10,
                    ),
                ),
                ("purpose", models.CharField(blank=True, max_length=20)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("granted", models.BooleanField(null=True)),
                ("once", models.BinaryField(unique=True)),
                ("words", models.BinaryField()),
                ("amendment", models.BinaryField(null=True)),
                (
                    "by",
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
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="signals.signal",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("wants_mail", models.BooleanField(default=False)),
                ("due_at", models.DateTimeField(null=True)),
                ("breached_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "back_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken_back", "Het meldpunt nam het terug"),
                            ("given_back", "Het netwerk gaf het terug"),
                            ("letter_gone", "Het netwerk heeft de zaak niet meer"),
                            ("closed", "De zaak is afgesloten"),
                            ("separated", "De melding hoort niet meer bij deze zaak"),
                        ],
                        max_length=15,
                    ),
                ),
                ("terms", models.BinaryField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handovers",
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
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handovers",
                        to="signals.signal",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("deputy", "De vervanger kreeg bericht"),
                            ("lead", "De regisseur kreeg bericht"),
                            ("coordinator", "De coördinator kreeg bericht"),
                            ("task", "Het werd een taak"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="escalations",
                        to="signals.assignment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="escalations",
                        to="signals.signal",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BlindTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phone", "telefoon"),
                            ("handle", "account"),
                            ("plate", "kenteken"),
                            ("email", "e-mailadres"),
                            ("nickname", "naam en gemeente"),
                            ("alike", "naam die erop lijkt"),
                            ("loose", "account dat erop lijkt"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("suspect", "de verdachte"),
                            ("person", "de persoon om wie het gaat"),
                            ("peer", "iemand uit de omgeving"),
                            ("referrer", "de melder"),
                            ("words", "iemand die in de tekst staat"),
                        ],
                        max_length=10,
                    ),
                ),
                ("tag", models.BinaryField()),
                ("key_version", models.PositiveSmallIntegerField()),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blind_tags",
                        to="signals.signal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("report", "Report"),
                            ("thread", "Thread"),
                            ("desk", "Desk"),
                            ("shared", "Shared"),
                            ("assignment", "Assignment"),
                            ("suspects", "Suspects"),
                            ("meeting", "Meeting"),
                        ],
                        max_length=20,
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("held_at", models.DateTimeField(null=True)),
                ("description", models.BinaryField()),
                (
                    "held_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="signals.signal",
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="StaffDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_kind", models.CharField(max_length=20)),
                ("object_id", models.UUIDField()),
                ("form", models.CharField(max_length=20)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("fields", models.BinaryField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acute_signal", "Lees deze acute melding nu"),
                            ("late_triage", "Deze melding is te laat beoordeeld"),
                            ("late_delivery", "Deze zaak is nog niet bezorgd"),
                            ("late_network", "Dit netwerk heeft nog niet bevestigd: bel"),
                            ("no_seal", "Deze zaak kan niet worden bezorgd: routeer opnieuw"),
                            ("returned", "Deze zaak is teruggegeven"),
                            ("answered", "De melder schreef iets: lees het"),
                            ("late_answer", "De melder antwoordt niet: besluit of vraag nog eens"),
                            ("withdraw_request", "De melder wil intrekken: ga het na"),
                            ("contact_request", "De melder wil ander contact: ga het na"),
                            ("hub", "Dezelfde verdachte komt vaker voor: kijk of er meer aan de hand is"),
                            ("reopen", "Mogelijk opnieuw: besluit of deze zaak weer opengaat"),
                            ("late_pulse", "De nazorg blijft uit: bel het netwerk"),
                            ("late_contact", "Het netwerk antwoordt de melder niet: bel"),
                            (
                                "mail_referrer",
                                "Het netwerk schreef de melder: laat weten dat er iets klaarstaat",
                            ),
                            ("tell_referrer", "Laat de melder weten hoe het staat"),
                            ("nobody_left", "Niemand van het team mag dit zien: zorg voor iemand anders"),
                            ("right", "Iemand vraagt iets over de eigen gegevens: antwoord op tijd"),
                            ("late_receipt", "Niemand zegt dat de overdracht er is: bel"),
                            ("consent_ended", "De toestemming is weg: kijk wat je nog deelt"),
                            ("unreadable", "Deze melding gaat niet open: haal hulp van de beheerder"),
                            ("kept_out", "Een collega kan dit niet meer zien: neem het over"),
                        ],
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="signals.case",
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="signals.signal",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("parcel", models.BinaryField()),
                ("unpacked_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiver",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfer",
                        to="signals.assignment",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="signals.assignment",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "-opened_at"], name="case_state"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["closed", "destroyed"]), ("outcome", ""), _connector="OR"),
                name="outcome_when_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["state", "due_at"], name="assignment_clock"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["team", "state"], name="inbox"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("part", "lead"), ("state__in", ("queued", "delivered", "opened", "accepted"))
                ),
                fields=("case",),
                name="one_open_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("queued", "delivered", "opened", "accepted"))),
                fields=("case", "team"),
                name="one_open_assignment_per_network",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("said_by", ""), ("state", "not_asked"), models.Q(("danger", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("state", "not_asked"), _negated=True),
                        ("danger", ""),
                        models.Q(("said_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="consent_has_who_or_why_not",
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=models.Q(("received_on", None)), fields=["due_at"], name="dispatch_receipt"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("noted_at", None), ("noted_by", None), ("received_on", None)),
                    models.Q(
                        ("noted_at__isnull", False),
                        ("noted_by__isnull", False),
                        ("received_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="receipt_noted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="copycheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dispatch__isnull", False), ("partner", None)),
                    models.Q(("dispatch", None), ("partner__isnull", False)),
                    _connector="OR",
                ),
                name="copies_at_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="copycheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="copies_answered_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                fields=("name", "kind", "municipality"), name="place_once_per_municipality"
            ),
        ),
        migrations.AddIndex(
            model_name="referencechange",
            index=models.Index(fields=["kind", "object_id", "-id"], name="changes_of_one_thing"),
        ),
        migrations.AddIndex(
            model_name="rightrequest",
            index=models.Index(condition=models.Q(("state", "open")), fields=["due_on"], name="right_term"),
        ),
        migrations.AddConstraint(
            model_name="rightrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="right_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["partly", "refused"]), models.Q(("ground", ""), _negated=True)),
                    models.Q(models.Q(("state__in", ["partly", "refused"]), _negated=True), ("ground", "")),
                    _connector="OR",
                ),
                name="right_refused_on_a_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(fields=("user", "query"), name="one_saved_filter_each"),
        ),
        migrations.AddConstraint(
            model_name="transition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assignment", None), ("case", None), ("signal__isnull", False)),
                    models.Q(("assignment", None), ("case__isnull", False), ("signal", None)),
                    models.Q(("assignment__isnull", False), ("case", None), ("signal", None)),
                    _connector="OR",
                ),
                name="transition_of_one_thing",
            ),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("state__in", ["received", "in_triage", "asked"])),
                fields=["state", "queue_key", "filed_at", "id", "due_at"],
                name="queue_order",
            ),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(fields=["state", "due_at"], name="signal_clock"),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("state", "decided")), fields=["-decided_at", "-id"], name="signal_decided"
            ),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("state", "received")), fields=["filed_at"], name="signal_new"
            ),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("state", "received"), ("urgency", "acute")),
                fields=["filed_at"],
                name="signal_alarm",
            ),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("state", "destroyed"), _negated=True),
                fields=["indexed_as", "filed_at"],
                name="signal_to_index",
            ),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("snoozed_until__isnull", False)),
                fields=["snoozed_until"],
                name="signal_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision", ""), ("state__in", ["decided", "destroyed"]), _connector="OR"
                ),
                name="decision_when_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision__in", ["new_case", "joined"]), _negated=True),
                    ("case__isnull", False),
                    _connector="OR",
                ),
                name="joined_has_a_case",
            ),
        ),
        migrations.AddIndex(
            model_name="shield",
            index=models.Index(condition=models.Q(("lifted_at", None)), fields=["user"], name="shield_holds"),
        ),
        migrations.AddConstraint(
            model_name="shield",
            constraint=models.CheckConstraint(
                condition=models.Q(("signal", None), ("case", None), _connector="XOR"),
                name="shield_of_a_signal_or_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="shield",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lift_reason", ""), ("lifted_at", None), ("lifted_by", None)),
                    models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                    _connector="OR",
                ),
                name="lifted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="shield",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case", None), ("lifted_at", None)),
                fields=("user", "signal"),
                name="one_shield_per_signal",
            ),
        ),
        migrations.AddConstraint(
            model_name="shield",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None), ("signal", None)),
                fields=("user", "case"),
                name="one_shield_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="reopenproposal",
            constraint=models.UniqueConstraint(fields=("case", "signal"), name="proposed_once"),
        ),
        migrations.AddConstraint(
            model_name="reopenproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None), ("signal", None)),
                fields=("case",),
                name="proposed_once_by_aftercare",
            ),
        ),
        migrations.AddConstraint(
            model_name="reopenproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("reopened", None)),
                    models.Q(
                        models.Q(("decided_at", None), _negated=True),
                        models.Q(("reopened", None), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decided_one_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="notsame",
            constraint=models.CheckConstraint(
                condition=models.Q(("other_signal", None), ("other_case", None), _connector="XOR"),
                name="not_same_as_a_signal_or_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="notsame",
            constraint=models.UniqueConstraint(
                condition=models.Q(("other_case", None)),
                fields=("signal", "other_signal"),
                name="not_same_signal_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="notsame",
            constraint=models.UniqueConstraint(
                condition=models.Q(("other_signal", None)),
                fields=("signal", "other_case"),
                name="not_same_case_once",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["signal", "at"], name="thread"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["withdraw", "contact"]), ("settled_at", None)),
                fields=("signal", "kind"),
                name="one_open_request_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", None), ("direction", "from_referrer")),
                    models.Q(("by__isnull", False), ("direction", "to_referrer")),
                    _connector="OR",
                ),
                name="the_desk_signs_its_messages",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "words"), ("direction", "from_referrer"), _connector="OR"),
                name="only_a_referrer_requests",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amendment", None), models.Q(("granted", True), ("kind", "contact")), _connector="OR"
                ),
                name="amended_when_granted",
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["due_at"], name="contact_clock"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("signal",), name="contact_is_with_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("back_because", ""), ("ended_at", None)),
                    models.Q(
                        models.Q(("ended_at", None), _negated=True),
                        models.Q(("back_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="back_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("assignment", None)),
                fields=("signal", "due_at", "step"),
                name="one_step_per_signal_clock",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("signal", None)),
                fields=("assignment", "due_at", "step"),
                name="one_step_per_letter_clock",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assignment", None), ("signal__isnull", False)),
                    models.Q(("assignment__isnull", False), ("signal", None)),
                    _connector="OR",
                ),
                name="escalation_of_one_thing",
            ),
        ),
        migrations.AddIndex(
            model_name="blindtag",
            index=models.Index(fields=["signal", "kind"], name="blind_tag_of_signal"),
        ),
        migrations.AddIndex(
            model_name="blindtag",
            index=models.Index(fields=["key_version"], name="blind_tag_of_key"),
        ),
        migrations.AddConstraint(
            model_name="blindtag",
            constraint=models.UniqueConstraint(fields=("tag", "signal", "part"), name="blind_tag_once"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["report", "thread"])), name="file_of_report_or_thread"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_at", None), _negated=True), ("held_by", None), _connector="XOR"
                ),
                name="held_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="staffdraft",
            index=models.Index(fields=["saved_at"], name="old_drafts"),
        ),
        migrations.AddConstraint(
            model_name="staffdraft",
            constraint=models.UniqueConstraint(
                fields=("user", "object_id", "form"), name="one_draft_of_a_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case", None), ("done_at", None)),
                fields=("kind", "signal"),
                name="one_open_task_per_signal",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_at", None), ("signal", None)),
                fields=("kind", "case"),
                name="one_open_task_per_case",
            ),
        ),
    ]
