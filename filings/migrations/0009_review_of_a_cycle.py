import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import filings.choices
import filings.policy.policy
from filings.models.tables import append_only


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # SQLite rebuilds the table of events for its new constraint, and its triggers are gone with the old one.
    append_only.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0008_tasks"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField(unique=True, verbose_name="日期")),
                ("is_working", models.BooleanField(default=False, verbose_name="上班")),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="说明")),
            ],
            options={
                "verbose_name": "工作日历",
                "verbose_name_plural": "工作日历",
                "ordering": ("date",),
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("places", models.JSONField(verbose_name="位置")),
                ("question", models.TextField(verbose_name="问题")),
                ("by_name", models.CharField(max_length=50, verbose_name="提出人姓名")),
                ("by_office", models.CharField(max_length=100, verbose_name="提出人股室")),
                ("at", models.DateTimeField(verbose_name="提出时间")),
                ("due_on", models.DateField(verbose_name="答复期限")),
                ("answer", models.TextField(blank=True, verbose_name="答复")),
                ("answered_by_name", models.CharField(blank=True, max_length=50, verbose_name="答复人姓名")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
            ],
            options={
                "verbose_name": "征求意见",
                "verbose_name_plural": "征求意见",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "批次单位",
                "verbose_name_plural": "批次单位",
                "ordering": ("cycle", "department__code"),
            },
        ),
        migrations.CreateModel(
            name="EnrolmentEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.CharField(max_length=20, verbose_name="动作")),
                ("by_name", models.CharField(max_length=50, verbose_name="办理人姓名")),
                ("by_office", models.CharField(max_length=100, verbose_name="股室")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("reason", models.TextField(blank=True, verbose_name="内容")),
            ],
            options={
                "verbose_name": "填报前的历史记录",
                "verbose_name_plural": "填报前的历史记录",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="种类")),
                ("at", models.DateTimeField(verbose_name="提交时间")),
                (
                    "state",
                    models.CharField(default=filings.choices.JobState["QUEUED"], max_length=20, verbose_name="状态"),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="总数")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已完成")),
                ("failures", models.PositiveIntegerField(default=0, verbose_name="未完成数")),
                ("file", models.CharField(blank=True, max_length=200, verbose_name="文件")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="字节数")),
                ("error", models.TextField(blank=True, verbose_name="未完成的原因")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
            ],
            options={
                "verbose_name": "导出",
                "verbose_name_plural": "导出",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30, verbose_name="类别")),
                ("key", models.CharField(max_length=100, verbose_name="标识")),
                ("text", models.TextField(verbose_name="内容")),
                ("url", models.CharField(blank=True, max_length=200, verbose_name="链接")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅读时间")),
            ],
            options={
                "verbose_name": "消息",
                "verbose_name_plural": "消息",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="OpenPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField(verbose_name="最近打开时间")),
            ],
            options={
                "verbose_name": "打开的审核页",
                "verbose_name_plural": "打开的审核页",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="PendingApproval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lock", models.PositiveIntegerField(verbose_name="修改计数")),
                ("decision", models.JSONField(verbose_name="决定")),
                ("queued_at", models.DateTimeField(verbose_name="提交时间")),
                ("due_at", models.DateTimeField(verbose_name="办理时间")),
                (
                    "state",
                    models.CharField(
                        default=filings.choices.ApprovalState["WAITING"], max_length=20, verbose_name="状态"
                    ),
                ),
                ("error", models.TextField(blank=True, verbose_name="未完成的原因")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
            ],
            options={
                "verbose_name": "待盖章的批复",
                "verbose_name_plural": "待盖章的批复",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="ReviewDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.JSONField(default=dict, verbose_name="内容")),
                ("number", models.PositiveBigIntegerField(default=0, verbose_name="保存序号")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
            ],
            options={
                "verbose_name": "审核草稿",
                "verbose_name_plural": "审核草稿",
                "ordering": ("id",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_action_known",
        ),
        migrations.AddField(
            model_name="cycle",
            name="name",
            field=models.CharField(blank=True, max_length=60, verbose_name="名称"),
        ),
        migrations.AddField(
            model_name="cycle",
            name="policy",
            field=models.JSONField(default=filings.policy.policy.seed, verbose_name="审核办法"),
        ),
        migrations.AddField(
            model_name="cycle",
            name="started_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="启动时间"),
        ),
        migrations.AddField(
            model_name="cycle",
            name="started_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="started_cycles",
                to=settings.AUTH_USER_MODEL,
                verbose_name="启动人",
            ),
        ),
        migrations.AddField(
            model_name="department",
            name="initials",
            field=models.CharField(blank=True, editable=False, max_length=100, verbose_name="拼音首字母"),
        ),
        migrations.AddField(
            model_name="extension",
            name="at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="办理时间"),
        ),
        migrations.AddField(
            model_name="extension",
            name="by_name",
            field=models.CharField(blank=True, max_length=50, verbose_name="办理人姓名"),
        ),
        migrations.AddField(
            model_name="extension",
            name="reason",
            field=models.TextField(blank=True, verbose_name="理由"),
        ),
        migrations.AddField(
            model_name="filing",
            name="claimed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="认领时间"),
        ),
        migrations.AddField(
            model_name="filing",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="办理期限"),
        ),
        migrations.AddField(
            model_name="filing",
            name="held_since",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="接办时间"),
        ),
        migrations.AddField(
            model_name="filing",
            name="reopened",
            field=models.JSONField(blank=True, null=True, verbose_name="退回后可改的位置"),
        ),
        migrations.AddField(
            model_name="filing",
            name="resume_reviewer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="退回人",
            ),
        ),
        migrations.AddField(
            model_name="filing",
            name="reviewer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="claims",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审核人",
            ),
        ),
        migrations.AddField(
            model_name="filing",
            name="round",
            field=models.PositiveIntegerField(default=1, verbose_name="轮次"),
        ),
        migrations.AddField(
            model_name="issuedcopy",
            name="revocation_reason",
            field=models.TextField(blank=True, verbose_name="撤回理由"),
        ),
        migrations.AddField(
            model_name="issuedcopy",
            name="revoked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="撤回批复时间"),
        ),
        migrations.AddField(
            model_name="issuedcopy",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revoked_copies",
                to=settings.AUTH_USER_MODEL,
                verbose_name="撤回人",
            ),
        ),
        migrations.AddField(
            model_name="issuedcopy",
            name="revoked_by_name",
            field=models.CharField(blank=True, max_length=50, verbose_name="撤回人姓名"),
        ),
        migrations.AddField(
            model_name="issuedcopy",
            name="revoked_by_office",
            field=models.CharField(blank=True, max_length=100, verbose_name="撤回人股室"),
        ),
        migrations.AddField(
            model_name="remark",
            name="code",
            field=models.CharField(blank=True, max_length=30, verbose_name="原因"),
        ),
        migrations.AddField(
            model_name="remark",
            name="filing",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remarks",
                to="filings.filing",
                verbose_name="申报表",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="finding",
            field=models.CharField(blank=True, max_length=40, verbose_name="核对结果标识"),
        ),
        migrations.AddField(
            model_name="remark",
            name="internal",
            field=models.BooleanField(default=False, verbose_name="仅内部可见"),
        ),
        migrations.AddField(
            model_name="remark",
            name="round",
            field=models.PositiveIntegerField(default=1, verbose_name="轮次"),
        ),
        migrations.AddField(
            model_name="remark",
            name="settled_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="认定时间"),
        ),
        migrations.AddField(
            model_name="remark",
            name="settled_by_name",
            field=models.CharField(blank=True, max_length=50, verbose_name="认定人"),
        ),
        migrations.AddField(
            model_name="remark",
            name="state",
            field=models.CharField(default=filings.choices.RemarkState["OPEN"], max_length=20, verbose_name="状态"),
        ),
        migrations.AddField(
            model_name="review",
            name="exception_reason",
            field=models.TextField(blank=True, verbose_name="例外理由"),
        ),
        migrations.AddField(
            model_name="review",
            name="round",
            field=models.PositiveIntegerField(default=1, verbose_name="轮次"),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(fields=["cycle", "status", "stage", "due_on"], name="filing_queue"),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(fields=["reviewer", "status"], name="filing_claims"),
        ),
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(fields=["filing", "round"], name="remark_by_round"),
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
                        ],
                    )
                ),
                name="event_action_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", filings.choices.Status["IN_REVIEW"]), ("reviewer__isnull", True), _connector="OR"
                ),
                name="filing_reviewer_in_review_only",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedcopy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                    models.Q(
                        ("live", False),
                        ("revoked_at__isnull", False),
                        ("revoked_by__isnull", False),
                        models.Q(("revocation_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="issued_copy_revoked_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            filings.choices.RemarkState["OPEN"],
                            filings.choices.RemarkState["CHANGED"],
                            filings.choices.RemarkState["DECLINED"],
                            filings.choices.RemarkState["ACCEPTED"],
                            filings.choices.RemarkState["DISPUTED"],
                        ],
                    )
                ),
                name="remark_state_known",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="答复人",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consultations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="提出人",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consultations",
                to="filings.revision",
                verbose_name="版本",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="to_office",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="filings.office",
                verbose_name="征求股室",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="to_user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="征求对象",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="enrolments",
                to="filings.cycle",
                verbose_name="申报批次",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="department",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="filings.department",
                verbose_name="单位",
            ),
        ),
        migrations.AddField(
            model_name="enrolmentevent",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="办理人",
            ),
        ),
        migrations.AddField(
            model_name="enrolmentevent",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="events",
                to="filings.enrolment",
                verbose_name="批次单位",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exports",
                to=settings.AUTH_USER_MODEL,
                verbose_name="导出人",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exports",
                to="filings.cycle",
                verbose_name="申报批次",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="filing",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="filings.filing",
                verbose_name="申报表",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to=settings.AUTH_USER_MODEL,
                verbose_name="收件人",
            ),
        ),
        migrations.AddField(
            model_name="openpage",
            name="filing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="open_pages",
                to="filings.filing",
                verbose_name="申报表",
            ),
        ),
        migrations.AddField(
            model_name="openpage",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审核人",
            ),
        ),
        migrations.AddField(
            model_name="pendingapproval",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pending_approvals",
                to=settings.AUTH_USER_MODEL,
                verbose_name="批复人",
            ),
        ),
        migrations.AddField(
            model_name="pendingapproval",
            name="filing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pending_approvals",
                to="filings.filing",
                verbose_name="申报表",
            ),
        ),
        migrations.AddField(
            model_name="reviewdraft",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="review_drafts",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审核人",
            ),
        ),
        migrations.AddField(
            model_name="reviewdraft",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="review_drafts",
                to="filings.revision",
                verbose_name="版本",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to_office__isnull", True), ("to_user__isnull", False)),
                    models.Q(("to_office__isnull", False), ("to_user__isnull", True)),
                    _connector="OR",
                ),
                name="consultation_user_or_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="consultation_answer_has_user_and_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(fields=("cycle", "department"), name="enrolment_once"),
        ),
        migrations.AddConstraint(
            model_name="enrolmentevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("action__in", [filings.choices.Action["REMIND"], filings.choices.Action["EXTEND"]])
                ),
                name="enrolment_event_action_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            filings.choices.ExportKind["COPIES"],
                            filings.choices.ExportKind["AMOUNTS"],
                            filings.choices.ExportKind["INDICATORS"],
                            filings.choices.ExportKind["FINDINGS"],
                            filings.choices.ExportKind["REMARKS"],
                        ],
                    )
                ),
                name="export_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
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
                name="export_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["user", "-id"], name="message_list"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(condition=models.Q(("read_at__isnull", True)), fields=["user"], name="message_unread"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("key", "user"), name="message_once"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            filings.choices.MessageKind["SUBMITTED"],
                            filings.choices.MessageKind["SENT_BACK"],
                            filings.choices.MessageKind["SIGNED"],
                            filings.choices.MessageKind["RETURNED"],
                            filings.choices.MessageKind["CLAIMED"],
                            filings.choices.MessageKind["HANDED_OVER"],
                            filings.choices.MessageKind["APPROVED"],
                            filings.choices.MessageKind["REVOKED"],
                            filings.choices.MessageKind["APPROVAL_FAILED"],
                            filings.choices.MessageKind["CONSULTED"],
                            filings.choices.MessageKind["CONSULTATION_ANSWERED"],
                            filings.choices.MessageKind["REMINDED"],
                            filings.choices.MessageKind["EXTENDED"],
                            filings.choices.MessageKind["DUE_SOON"],
                            filings.choices.MessageKind["OVERDUE"],
                            filings.choices.MessageKind["EXPORTED"],
                        ],
                    )
                ),
                name="message_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="openpage",
            constraint=models.UniqueConstraint(fields=("filing", "user"), name="open_page_once"),
        ),
        migrations.AddConstraint(
            model_name="pendingapproval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", filings.choices.ApprovalState["WAITING"])),
                fields=("filing",),
                name="pending_approval_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pendingapproval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            filings.choices.ApprovalState["WAITING"],
                            filings.choices.ApprovalState["CANCELLED"],
                            filings.choices.ApprovalState["ISSUED"],
                            filings.choices.ApprovalState["FAILED"],
                        ],
                    )
                ),
                name="pending_approval_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewdraft",
            constraint=models.UniqueConstraint(fields=("revision", "by"), name="review_draft_once"),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
