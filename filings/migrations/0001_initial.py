"""All tables, with what the database itself refuses."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import filings.models.cycles.cycle


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                ("opens_on", models.DateField(verbose_name="开始日期")),
                ("deadline", models.DateField(verbose_name="截止日期")),
                (
                    "stages",
                    models.JSONField(validators=[filings.models.cycles.cycle.check_stages], verbose_name="审核环节"),
                ),
            ],
            options={
                "verbose_name": "申报批次",
                "verbose_name_plural": "申报批次",
                "ordering": ("-year", "id"),
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. "
                        "Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
                ("telephone", models.CharField(blank=True, max_length=30, verbose_name="电话")),
                (
                    "is_demo",
                    models.BooleanField(
                        default=False, help_text="演示账号没有密码，只在演示环境中可以登录。", verbose_name="演示账号"
                    ),
                ),
                (
                    "must_change_password",
                    models.BooleanField(
                        default=False, help_text="登录后须先修改密码，才能继续使用。", verbose_name="须修改密码"
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. "
                        "A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "人员",
                "verbose_name_plural": "人员",
                "ordering": ("username",),
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="单位编码")),
                ("name", models.CharField(max_length=100, verbose_name="单位名称")),
                ("contact", models.CharField(blank=True, max_length=50, verbose_name="联系人")),
                ("telephone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("withheld", models.BooleanField(default=False, verbose_name="涉密，不公开")),
                ("seal", models.FileField(blank=True, upload_to="seals", verbose_name="印章图片")),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subordinates",
                        to="filings.department",
                        verbose_name="主管部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "verbose_name_plural": "单位",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.CharField(default="draft", max_length=20, verbose_name="状态")),
                ("stage", models.CharField(blank=True, default="", max_length=20, verbose_name="审核环节")),
                (
                    "resume_stage",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="退回后续审环节"),
                ),
                ("lock", models.PositiveIntegerField(default=0, verbose_name="修改计数")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="filings.cycle",
                        verbose_name="申报批次",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="filings.department",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "申报表",
                "verbose_name_plural": "申报表",
                "ordering": ("-cycle__year", "department__code"),
            },
        ),
        migrations.CreateModel(
            name="FormEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60, verbose_name="代码")),
                ("version", models.PositiveIntegerField(verbose_name="版次")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("layout", models.JSONField(verbose_name="版式")),
            ],
            options={
                "verbose_name": "表样",
                "verbose_name_plural": "表样",
                "ordering": ("code", "version"),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="edition_code_and_version_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="cycle",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cycles",
                to="filings.formedition",
                verbose_name="表样",
            ),
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, verbose_name="键")),
                ("side", models.CharField(blank=True, max_length=20, verbose_name="分类")),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("label", models.CharField(max_length=100, verbose_name="名称")),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="别名")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="filings.formedition",
                        verbose_name="表样",
                    ),
                ),
            ],
            options={
                "verbose_name": "预算行",
                "verbose_name_plural": "预算行",
                "ordering": ("edition", "position"),
            },
        ),
        migrations.CreateModel(
            name="IndicatorNode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, verbose_name="键")),
                ("canonical", models.CharField(max_length=60, verbose_name="通用键")),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("label", models.CharField(max_length=100, verbose_name="名称")),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="别名")),
                ("required", models.BooleanField(default=True, verbose_name="必填")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nodes",
                        to="filings.formedition",
                        verbose_name="表样",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="filings.indicatornode",
                        verbose_name="一级指标",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标分类",
                "verbose_name_plural": "指标分类",
                "ordering": ("edition", "position"),
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, verbose_name="行键")),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("found_first_level", models.CharField(blank=True, max_length=200, verbose_name="原一级指标")),
                ("found_second_level", models.CharField(blank=True, max_length=200, verbose_name="原二级指标")),
                ("name", models.TextField(blank=True, verbose_name="三级指标")),
                ("target", models.TextField(blank=True, verbose_name="指标值")),
                ("more", models.JSONField(blank=True, default=dict, verbose_name="其他列")),
                ("kind", models.CharField(blank=True, max_length=20, verbose_name="值的种类")),
                ("comparator", models.CharField(blank=True, max_length=4, verbose_name="计算符号")),
                ("number", models.CharField(blank=True, max_length=200, verbose_name="数值")),
                ("unit", models.CharField(blank=True, max_length=200, verbose_name="计量单位")),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="filings.filing",
                        verbose_name="申报表",
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="indicators",
                        to="filings.indicatornode",
                        verbose_name="二级指标",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标",
                "verbose_name_plural": "指标",
                "ordering": ("filing", "position", "id"),
            },
        ),
        migrations.CreateModel(
            name="IssuedCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, verbose_name="文件校验值")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="核验码")),
                ("seal_sha256", models.CharField(blank=True, max_length=64, verbose_name="所用印章的校验值")),
                ("signature", models.TextField(blank=True, verbose_name="电子签名")),
                ("live", models.BooleanField(default=True, verbose_name="现行")),
                ("issued_at", models.DateTimeField(verbose_name="批复时间")),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued_copies",
                        to="filings.filing",
                        verbose_name="申报表",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="filings.issuedcopy",
                        verbose_name="取代",
                    ),
                ),
            ],
            options={
                "verbose_name": "定稿",
                "verbose_name_plural": "定稿",
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="filing",
            name="adjusts",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjusted_by",
                to="filings.issuedcopy",
                verbose_name="调整自",
            ),
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="名称")),
                ("kind", models.CharField(max_length=20, verbose_name="类别")),
            ],
            options={
                "verbose_name": "股室",
                "verbose_name_plural": "股室",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["section", "performance", "bureau"])), name="office_kind_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=20, verbose_name="角色")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="filings.department",
                        verbose_name="单位",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="filings.office",
                        verbose_name="股室",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="department",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="departments",
                to="filings.office",
                verbose_name="归口业务股室",
            ),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.CharField(max_length=20, verbose_name="审核环节")),
                ("decision", models.CharField(max_length=20, verbose_name="决定")),
                ("by_name", models.CharField(max_length=50, verbose_name="审核人姓名")),
                ("by_role", models.CharField(max_length=20, verbose_name="角色")),
                ("by_office", models.CharField(max_length=100, verbose_name="股室或单位")),
                ("grade", models.CharField(blank=True, max_length=20, verbose_name="等级")),
                ("scores", models.JSONField(blank=True, default=dict, verbose_name="评分")),
                ("reason", models.TextField(blank=True, verbose_name="意见")),
                ("at", models.DateTimeField(verbose_name="审核时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
            ],
            options={
                "verbose_name": "审核",
                "verbose_name_plural": "审核",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=100, verbose_name="位置")),
                ("text", models.TextField(verbose_name="意见")),
                ("answer", models.TextField(blank=True, verbose_name="答复")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_remarks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="filings.review",
                        verbose_name="审核",
                    ),
                ),
            ],
            options={
                "verbose_name": "逐条意见",
                "verbose_name_plural": "逐条意见",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="版本号")),
                ("content", models.TextField(verbose_name="内容")),
                ("sha256", models.CharField(max_length=64, verbose_name="校验值")),
                ("submitted_by_name", models.CharField(max_length=50, verbose_name="提交人姓名")),
                ("submitted_at", models.DateTimeField(verbose_name="提交时间")),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="filings.filing",
                        verbose_name="申报表",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
            ],
            options={
                "verbose_name": "版本",
                "verbose_name_plural": "版本",
                "ordering": ("filing", "number"),
            },
        ),
        migrations.AddField(
            model_name="review",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="filings.revision",
                verbose_name="版本",
            ),
        ),
        migrations.AddField(
            model_name="issuedcopy",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="issued_copies",
                to="filings.revision",
                verbose_name="版本",
            ),
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField(verbose_name="延至")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="filings.cycle",
                        verbose_name="申报批次",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="filings.department",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "延期",
                "verbose_name_plural": "延期",
                "ordering": ("cycle", "department"),
                "constraints": [models.UniqueConstraint(fields=("cycle", "department"), name="extension_once")],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="序号")),
                ("action", models.CharField(max_length=20, verbose_name="动作")),
                ("by_name", models.CharField(max_length=50, verbose_name="办理人姓名")),
                ("by_role", models.CharField(max_length=20, verbose_name="角色")),
                ("by_office", models.CharField(max_length=100, verbose_name="股室或单位")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("detail", models.TextField(verbose_name="详情")),
                ("previous", models.CharField(blank=True, max_length=64, verbose_name="上一条校验值")),
                ("hash", models.CharField(max_length=64, verbose_name="校验值")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="filings.filing",
                        verbose_name="申报表",
                    ),
                ),
            ],
            options={
                "verbose_name": "历史记录",
                "verbose_name_plural": "历史记录",
                "ordering": ("filing", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("filing", "number"), name="event_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "action__in",
                                ["start", "submit", "send_back", "sign", "withdraw", "return", "pass", "adjust"],
                            )
                        ),
                        name="event_action_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.CharField(max_length=64, verbose_name="保存标识")),
                ("at", models.DateTimeField(verbose_name="保存时间")),
                ("changes", models.JSONField(verbose_name="修改")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edits",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保存人",
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edits",
                        to="filings.filing",
                        verbose_name="申报表",
                    ),
                ),
            ],
            options={
                "verbose_name": "保存记录",
                "verbose_name_plural": "保存记录",
                "ordering": ("id",),
                "constraints": [models.UniqueConstraint(fields=("filing", "client_id"), name="edit_once")],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, verbose_name="行键")),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("raw", models.TextField(blank=True, verbose_name="内容")),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="filings.filing",
                        verbose_name="申报表",
                    ),
                ),
            ],
            options={
                "verbose_name": "职责",
                "verbose_name_plural": "职责",
                "ordering": ("filing", "position", "id"),
                "constraints": [models.UniqueConstraint(fields=("filing", "key"), name="duty_key_once")],
            },
        ),
        migrations.CreateModel(
            name="DraftText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=100, verbose_name="位置")),
                ("raw", models.TextField(blank=True, verbose_name="内容")),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="filings.filing",
                        verbose_name="申报表",
                    ),
                ),
            ],
            options={
                "verbose_name": "文字",
                "verbose_name_plural": "文字",
                "ordering": ("filing", "place"),
                "constraints": [models.UniqueConstraint(fields=("filing", "place"), name="draft_text_place_once")],
            },
        ),
        migrations.CreateModel(
            name="BudgetAmount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=60, verbose_name="预算行")),
                ("raw", models.CharField(blank=True, max_length=200, verbose_name="内容")),
                ("fen", models.BigIntegerField(blank=True, null=True, verbose_name="金额（分）")),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amounts",
                        to="filings.filing",
                        verbose_name="申报表",
                    ),
                ),
            ],
            options={
                "verbose_name": "金额",
                "verbose_name_plural": "金额",
                "ordering": ("filing", "line"),
                "constraints": [
                    models.UniqueConstraint(fields=("filing", "line"), name="budget_amount_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fen__isnull", True),
                            models.Q(("fen__gte", 0), ("fen__lte", 1000000000000000)),
                            _connector="OR",
                        ),
                        name="budget_amount_in_range",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("deadline__gte", models.F("opens_on"))),
                name="cycle_deadline_not_before_opening",
                violation_error_message="截止日期早于开始日期，请改其中一个。",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.UniqueConstraint(fields=("edition", "key"), name="budget_line_key_once"),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["", "income", "expenditure"])), name="budget_line_side_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatornode",
            constraint=models.UniqueConstraint(fields=("edition", "key"), name="indicator_node_key_once"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(fields=("filing", "key"), name="indicator_key_once"),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.UniqueConstraint(fields=("cycle", "department"), name="filing_once_in_cycle"),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "signing", "in_review", "returned", "approved"])),
                name="filing_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage__in", ["supervisor", "section", "performance"]), ("status", "in_review")),
                    models.Q(models.Q(("status", "in_review"), _negated=True), ("stage", "")),
                    _connector="OR",
                ),
                name="filing_stage_in_review_only",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("resume_stage__in", ["supervisor", "section", "performance"]),
                        ("status__in", ["returned", "signing", "in_review"]),
                    ),
                    models.Q(models.Q(("status", "returned"), _negated=True), ("resume_stage", "")),
                    _connector="OR",
                ),
                name="filing_resume_stage_after_return_only",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "approved"), _negated=True), ("adjusts__isnull", True), _connector="OR"
                ),
                name="filing_approved_adjusts_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("department__isnull", False), ("office__isnull", True)),
                    models.Q(("department__isnull", True), ("office__isnull", False)),
                    _connector="OR",
                ),
                name="membership_department_or_office",
                violation_error_message="每条任职只能属于一个单位或一个股室，请只选其一。",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("department__isnull", False), ("role__in", ("filler", "head", "observer"))),
                    models.Q(("office__isnull", False), ("role", "manager")),
                    ("role", "reviewer"),
                    _connector="OR",
                ),
                name="membership_role_fits",
                violation_error_message="填报人、单位负责人和查看人属于单位，管理员属于股室，请改选。",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("department__isnull", False)),
                fields=("user", "role", "department"),
                name="membership_once_in_department",
                violation_error_message="这个人在该单位已有同样的角色。",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("office__isnull", False)),
                fields=("user", "role", "office"),
                name="membership_once_in_office",
                violation_error_message="这个人在该股室已有同样的角色。",
            ),
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supervisor__isnull", True),
                    models.Q(("supervisor", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="department_not_its_own_supervisor",
                violation_error_message="单位不能是自己的主管部门，请改选。",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="remark_answer_has_person_and_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("filing", "number"), name="revision_number_once"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="revision_number_from_one"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("revision", "stage", "by"), name="review_once_at_a_stage"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["supervisor", "section", "performance"])), name="review_stage_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ("pass", "return"))), name="review_decision_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade__in", ["", "excellent", "good", "fair", "poor"])), name="review_grade_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedcopy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("live", True)), fields=("filing",), name="issued_copy_one_live"
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedcopy",
            constraint=models.UniqueConstraint(fields=("supersedes",), name="issued_copy_superseded_once"),
        ),
    ]
