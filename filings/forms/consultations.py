"""Forms for asking another office or user about rows (征求意见), and for the answer."""

from collections.abc import Sequence
from datetime import date

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from filings.models import Filing, Office, User

USER, OFFICE = "user", "office"
_INCOMPLETE = "这一页不完整，请刷新后再办。"


class ConsultForm(forms.Form):
    """The rows, the question, to whom, and until when. `lifecycle.consultations` checks the length of the question.

    Rows are (place, label) pairs of the page; those at the places `chosen` are selected first.
    """

    places = forms.MultipleChoiceField(
        label="征求意见的行",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一行。", "invalid_choice": "选的行已经不在表中，请刷新后再选。"},
    )
    to = forms.ChoiceField(
        label="征求对象",
        error_messages={"required": "请选择征求对象。", "invalid_choice": "选的人或股室已经不能选，请改选。"},
    )
    due_on = forms.DateField(
        label="答复期限",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填答复期限。", "invalid": "答复期限要写成 2026-03-15 这样的日期。"},
    )
    question = forms.CharField(
        label="征求内容",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明征求意见的内容。"},
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        rows: Sequence[tuple[str, str]],
        chosen: Sequence[str],
        filing: Filing,
        by: User,
        due: date,
    ) -> None:
        super().__init__(data, initial={"due_on": due, "places": chosen})
        self.fields["places"].choices = rows  # type: ignore[attr-defined]
        self.fields["to"].choices = [("", "请选"), *_addressees(filing, by)]  # type: ignore[attr-defined]

    @property
    def helper(self) -> FormHelper:
        """Render the fields only."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def addressee(self) -> User | Office:
        """Return the chosen user or office of a valid form."""
        kind, _, key = str(self.cleaned_data["to"]).partition(":")
        return Office.objects.get(pk=key) if kind == OFFICE else User.objects.get(pk=key)


class ConsultationAnswerForm(forms.Form):
    answer = forms.CharField(
        label="答复意见",
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        error_messages={"required": "请写明答复意见。"},
    )


def _addressees(filing: Filing, by: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """Group what can be chosen: offices, then active users by their office or the supervising department."""
    offices = list(Office.objects.all())
    users = _users(filing).exclude(pk=by.pk).prefetch_related("memberships__office", "memberships__department")
    groups: dict[str, list[tuple[str, str]]] = {office.name: [] for office in offices}
    for user in users:
        posts = list(user.memberships.all())
        first = next((post for post in posts if post.office), posts[0])
        groups.setdefault(first.place_name, []).append((f"{USER}:{user.pk}", _with_posts(user)))
    listed = [(f"{name}的人员", people) for name, people in groups.items() if people]
    return [("股室", [(f"{OFFICE}:{office.pk}", office.name) for office in offices]), *listed]


def _users(filing: Filing) -> QuerySet[User]:
    """Select members of the bureau, and of the supervising department."""
    members = User.objects.filter(is_active=True).exclude(memberships__department=filing.department)
    supervisor = filing.department.supervisor_id
    in_bureau = members.filter(memberships__office__isnull=False)
    above = members.filter(memberships__department=supervisor) if supervisor else members.none()
    return (in_bureau | above).distinct().order_by("name", "pk")


def _with_posts(user: User) -> str:
    return f"{user}（{'、'.join(sorted({post.place_name for post in user.memberships.all()}))}）"
