# Made anew with makemigrations until the first release.

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("teams", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecoveryOfficer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("public", models.BinaryField()),
                ("is_practice", models.BooleanField(default=False)),
                ("expires_on", models.DateField()),
                ("root_signature", models.BinaryField()),
                ("appointed_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReferrerKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_id", models.UUIDField(unique=True)),
                ("public", models.BinaryField()),
                ("wrapped_secret", models.BinaryField()),
                ("lookup_id", models.BinaryField(unique=True)),
                ("pepper_version", models.PositiveSmallIntegerField()),
                ("must_change_code", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="SealedSession",
            fields=[
                ("lookup", models.BinaryField(primary_key=True, serialize=False)),
                ("blob", models.BinaryField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="ContentKey",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.UUIDField()),
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
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("object_id", "purpose", "version"), name="content_key_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("public", models.BinaryField()),
                ("sealed_secret", models.BinaryField()),
                ("is_practice", models.BooleanField(default=False)),
                ("expires_on", models.DateField()),
                ("root_signature", models.BinaryField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TeamKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("public", models.BinaryField()),
                ("signature", models.BinaryField(null=True)),
                ("expires_on", models.DateField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "signer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.signer",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="teams.team"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EscrowSeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField()),
                (
                    "content_key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="escrow",
                        to="vault.contentkey",
                    ),
                ),
                (
                    "inner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.recoveryofficer",
                    ),
                ),
                (
                    "outer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.recoveryofficer",
                    ),
                ),
                (
                    "team_key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="escrow",
                        to="vault.teamkey",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContentSeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField()),
                (
                    "content_key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seals",
                        to="vault.contentkey",
                    ),
                ),
                (
                    "referrer_key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="content_seals",
                        to="vault.referrerkey",
                    ),
                ),
                (
                    "team_key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="content_seals",
                        to="vault.teamkey",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnlockedKey",
            fields=[
                ("lookup", models.BinaryField(primary_key=True, serialize=False)),
                ("blob", models.BinaryField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("used_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unlocked_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UserKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("public", models.BinaryField()),
                ("signature", models.BinaryField(null=True)),
                ("expires_on", models.DateField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("wrapped_secret", models.BinaryField()),
                ("salt", models.BinaryField()),
                ("time_cost", models.PositiveIntegerField()),
                ("memory_cost", models.PositiveIntegerField()),
                ("pepper_version", models.PositiveSmallIntegerField()),
                (
                    "signer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.signer",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TeamKeySeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField()),
                (
                    "team_key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seals", to="vault.teamkey"
                    ),
                ),
                (
                    "user_key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seals", to="vault.userkey"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="signer",
            constraint=models.UniqueConstraint(fields=("user", "version"), name="signer_version_once"),
        ),
        migrations.AddConstraint(
            model_name="teamkey",
            constraint=models.UniqueConstraint(fields=("team", "version"), name="team_key_version_once"),
        ),
        migrations.AddConstraint(
            model_name="escrowseal",
            constraint=models.CheckConstraint(
                condition=models.Q(("team_key", None), ("content_key", None), _connector="XOR"),
                name="escrow_of_a_team_or_of_content",
            ),
        ),
        migrations.AddConstraint(
            model_name="contentseal",
            constraint=models.UniqueConstraint(
                fields=("content_key", "team_key"), name="content_key_sealed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="contentseal",
            constraint=models.CheckConstraint(
                condition=models.Q(("team_key", None), ("referrer_key", None), _connector="XOR"),
                name="sealed_to_a_team_or_a_referrer",
            ),
        ),
        migrations.AddConstraint(
            model_name="userkey",
            constraint=models.UniqueConstraint(fields=("user", "version"), name="user_key_version_once"),
        ),
        migrations.AddConstraint(
            model_name="teamkeyseal",
            constraint=models.UniqueConstraint(fields=("team_key", "user_key"), name="team_key_sealed_once"),
        ),
    ]
