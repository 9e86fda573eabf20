"""Publication, signatures, adjustment reasons, jobs on copies and integrity checks."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import filings.choices
from filings.models.tables import append_only

MESSAGE_KINDS = [
    "submitted",
    "sent_back",
    "signed",
    "returned",
    "claimed",
    "handed_over",
    "approved",
    "revoked",
    "approval_failed",
    "consulted",
    "consultation_answered",
    "reminded",
    "extended",
    "due_soon",
    "overdue",
    "exported",
    "published",
    "unpublished",
    "copies_done",
    "file_damaged",
    "integrity_broken",
]


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    append_only.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0025_receipt_of_revision"),
    ]

    operations = [
        # Runs last when the migration is reversed: SQLite drops the triggers of a table that it rebuilds.
        migrations.RunPython(migrations.RunPython.noop, install),
        migrations.CreateModel(
            name="AdjustmentReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=200, verbose_name="位置")),
                ("reason", models.CharField(max_length=30, verbose_name="原因代码")),
                ("label", models.CharField(max_length=100, verbose_name="原因")),
                ("words", models.TextField(blank=True, verbose_name="说明")),
                ("by_name", models.CharField(max_length=50, verbose_name="填写人姓名")),
                ("at", models.DateTimeField(verbose_name="填写时间")),
            ],
            options={
                "verbose_name": "调整原因",
                "verbose_name_plural": "调整原因",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="CopyJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="种类")),
                ("filings", models.JSONField(verbose_name="申报表")),
                ("reason", models.TextField(blank=True, verbose_name="说明")),
                ("at", models.DateTimeField(verbose_name="提交时间")),
                (
                    "state",
                    models.CharField(default=filings.choices.JobState["QUEUED"], max_length=20, verbose_name="状态"),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="总数")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已完成")),
                ("failures", models.JSONField(default=list, verbose_name="未办理的")),
                ("stop_requested", models.BooleanField(default=False, verbose_name="已要求停止")),
                ("error", models.TextField(blank=True, verbose_name="未完成的原因")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
            ],
            options={
                "verbose_name": "批量办理",
                "verbose_name_plural": "批量办理",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="IntegrityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(verbose_name="开始时间")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
                ("counts", models.JSONField(default=dict, verbose_name="检查数")),
                ("broken", models.JSONField(default=list, verbose_name="发现的问题")),
                ("broken_count", models.PositiveIntegerField(default=0, verbose_name="问题数")),
                ("last_filing", models.PositiveBigIntegerField(default=0, verbose_name="已检查到的申报表")),
            ],
            options={
                "verbose_name": "完整性检查",
                "verbose_name_plural": "完整性检查",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("department_code", models.CharField(max_length=30, verbose_name="单位编码")),
                ("department_name", models.CharField(max_length=100, verbose_name="单位名称")),
                ("initials", models.CharField(blank=True, max_length=100, verbose_name="拼音首字母")),
                ("words", models.TextField(blank=True, verbose_name="检索内容")),
                ("at", models.DateTimeField(verbose_name="公开时间")),
                ("by_name", models.CharField(max_length=50, verbose_name="公开人姓名")),
                ("by_office", models.CharField(max_length=100, verbose_name="公开人股室")),
                ("note", models.TextField(blank=True, verbose_name="公开说明")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束公开时间")),
                ("end", models.CharField(blank=True, max_length=20, verbose_name="结束公开的情形")),
                ("ended_by_name", models.CharField(blank=True, max_length=50, verbose_name="撤下人姓名")),
                ("end_reason", models.TextField(blank=True, verbose_name="撤下理由")),
            ],
            options={
                "verbose_name": "公开的定稿",
                "verbose_name_plural": "公开的定稿",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Withholding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("basis", models.CharField(max_length=30, verbose_name="依据代码")),
                ("basis_label", models.CharField(max_length=100, verbose_name="依据")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by_name", models.CharField(max_length=50, verbose_name="办理人姓名")),
                ("by_office", models.CharField(max_length=100, verbose_name="办理人股室")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="取消时间")),
                ("lifted_by_name", models.CharField(blank=True, max_length=50, verbose_name="取消人姓名")),
                ("lift_reason", models.TextField(blank=True, verbose_name="取消理由")),
            ],
            options={
                "verbose_name": "不予公开",
                "verbose_name_plural": "不予公开",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="WrongWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60, unique=True, verbose_name="词语")),
                ("instead", models.CharField(blank=True, max_length=60, verbose_name="应改为")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("by_name", models.CharField(blank=True, max_length=50, verbose_name="录入人姓名")),
                ("at", models.DateTimeField(verbose_name="录入时间")),
            ],
            options={
                "verbose_name": "错敏词",
                "verbose_name_plural": "错敏词",
                "ordering": ("word",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_action_known",
        ),
        migrations.RemoveField(
            model_name="issuedcopy",
            name="signature",
        ),
        migrations.AddField(
            model_name="cycle",
            name="publish_by",
            field=models.DateField(blank=True, null=True, verbose_name="公开期限"),
        ),
        migrations.AddField(
            model_name="department",
            name="seal_shape",
            field=models.CharField(
                default=filings.choices.SealShape["ROUND_42"], max_length=20, verbose_name="印章规格"
            ),
        ),
        migrations.AddField(
            model_name="issuedcopy",
            name="certificate_sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="签名证书的校验码"),
        ),
        migrations.AddField(
            model_name="issuedcopy",
            name="level",
            field=models.CharField(blank=True, max_length=10, verbose_name="签名级别"),
        ),
        migrations.AddField(
            model_name="issuedcopy",
            name="reissue_reason",
            field=models.TextField(blank=True, verbose_name="补办理由"),
        ),
        migrations.AddField(
            model_name="issuedcopy",
            name="signed_by",
            field=models.CharField(blank=True, max_length=200, verbose_name="签名人"),
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "seal_shape__in",
                        [
                            filings.choices.SealShape["ROUND_42"],
                            filings.choices.SealShape["ROUND_40"],
                            filings.choices.SealShape["ROUND_38"],
                            filings.choices.SealShape["ELLIPSE_45_30"],
                        ],
                    )
                ),
                name="department_seal_shape_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "action__in",
                        [
                            filings.choices.Action["START"],
                            filings.choices.Action["SUBMIT"],
                            filings.choices.Action["SEND_BACK"],
                            filings.choices.Action["SIGN"],
                            filings.choices.Action["WITHDRAW"],
                            filings.choices.Action["RETURN"],
                            filings.choices.Action["APPROVE_STAGE"],
                            filings.choices.Action["ADJUST"],
                            filings.choices.Action["REVOKE"],
                            filings.choices.Action["WAIVE"],
                            filings.choices.Action["CLAIM"],
                            filings.choices.Action["HAND_OVER"],
                            filings.choices.Action["RELEASE"],
                            filings.choices.Action["CONSULT"],
                            filings.choices.Action["REMIND"],
                            filings.choices.Action["EXTEND"],
                            filings.choices.Action["PUBLISH"],
                            filings.choices.Action["UNPUBLISH"],
                            filings.choices.Action["WITHHOLD"],
                            filings.choices.Action["DISCLOSE"],
                            filings.choices.Action["REISSUE"],
                        ],
                    )
                ),
                name="event_action_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedcopy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("certificate_sha256", ""), ("level", ""), ("signed_by", "")),
                    models.Q(
                        models.Q(("signed_by", ""), _negated=True),
                        models.Q(("certificate_sha256", ""), _negated=True),
                        models.Q(("level", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="issued_copy_signed_with_a_certificate",
            ),
        ),
        migrations.AddField(
            model_name="adjustmentreason",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="填写人",
            ),
        ),
        migrations.AddField(
            model_name="adjustmentreason",
            name="filing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjustment_reasons",
                to="filings.filing",
                verbose_name="申报表",
            ),
        ),
        migrations.AddField(
            model_name="adjustmentreason",
            name="revision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjustment_reasons",
                to="filings.revision",
                verbose_name="版本",
            ),
        ),
        migrations.AddField(
            model_name="copyjob",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="办理人",
            ),
        ),
        migrations.AddField(
            model_name="copyjob",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copy_jobs",
                to="filings.cycle",
                verbose_name="申报批次",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="公开人",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="copy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="filings.issuedcopy",
                verbose_name="定稿",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="filings.cycle",
                verbose_name="申报批次",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="撤下人",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="filing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="filings.filing",
                verbose_name="申报表",
            ),
        ),
        migrations.AddField(
            model_name="withholding",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="办理人",
            ),
        ),
        migrations.AddField(
            model_name="withholding",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withholdings",
                to="filings.cycle",
                verbose_name="申报批次",
            ),
        ),
        migrations.AddField(
            model_name="withholding",
            name="department",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withholdings",
                to="filings.department",
                verbose_name="单位",
            ),
        ),
        migrations.AddField(
            model_name="withholding",
            name="lifted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="取消人",
            ),
        ),
        migrations.AddConstraint(
            model_name="wrongword",
            constraint=models.CheckConstraint(
                condition=models.Q(("word", ""), _negated=True), name="wrong_word_not_blank"
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustmentreason",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revision__isnull", True)),
                fields=("filing", "place"),
                name="adjustment_reason_once_in_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustmentreason",
            constraint=models.UniqueConstraint(fields=("revision", "place"), name="adjustment_reason_once_in_revision"),
        ),
        migrations.AddConstraint(
            model_name="copyjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            filings.choices.JobKind["PUBLISH"],
                            filings.choices.JobKind["UNPUBLISH"],
                            filings.choices.JobKind["REISSUE"],
                        ],
                    )
                ),
                name="copy_job_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="copyjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            filings.choices.JobState["QUEUED"],
                            filings.choices.JobState["RUNNING"],
                            filings.choices.JobState["DONE"],
                            filings.choices.JobState["FAILED"],
                        ],
                    )
                ),
                name="copy_job_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["year", "department_code"],
                name="publication_of_year",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["department_code", "year"],
                name="publication_of_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["cycle", "id"], name="publication_of_cycle"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("filing",), name="publication_one_public"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", ""), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(
                        (
                            "end__in",
                            [
                                filings.choices.PublicationEnd["WITHDRAWN"],
                                filings.choices.PublicationEnd["REPLACED"],
                                filings.choices.PublicationEnd["REVOKED"],
                            ],
                        ),
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="publication_ended_by_a_user",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", filings.choices.PublicationEnd["WITHDRAWN"]), _negated=True),
                    models.Q(("end_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="publication_withdrawn_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("cycle", "department"),
                name="withholding_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                    models.Q(
                        ("lifted_at__isnull", False),
                        ("lifted_by__isnull", False),
                        models.Q(("lift_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="withholding_lifted_with_a_reason",
            ),
        ),
        migrations.RemoveConstraint(model_name="message", name="message_kind_known"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", MESSAGE_KINDS)), name="message_kind_known"
            ),
        ),
        migrations.AddIndex(model_name="issuedcopy", index=models.Index(fields=["sha256"], name="issued_copy_file")),
        migrations.AddIndex(model_name="revision", index=models.Index(fields=["sha256"], name="revision_content")),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
