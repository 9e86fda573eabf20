"""Saves by the script: their JSON answers, refusals, and number of queries."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from filings import drafts
from filings.choices import Action, Role
from filings.models import Edit, Filing, Indicator
from filings.tests.county import County, create_user, step
from filings.tests.views.script_posts import GOAL, ROW, send

MOST_QUERIES = 12
pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def filing(client: Client, county: County) -> Filing:
    client.force_login(county.filler)
    return county.filled()


def goal(filing: Filing) -> str:
    return drafts.raw(filing).goal


def test_the_answer_holds_everything_that_the_page_updates(client: Client, filing: Filing) -> None:
    answer = send(client, filing, ("amounts[EXP.BASIC]", "100", "103")).json()
    assert answer["applied"] == ["amounts[EXP.BASIC]"]
    assert answer["lock"] == Filing.objects.get().lock == 1
    assert answer["edit"] == Edit.objects.get().pk
    assert len(answer["saved_at"]) == 5
    assert "多 3.00 万元" in answer["notes"]["at-amounts-TOTAL-notes"]
    assert "多 3.00 万元" in answer["found"]
    assert "1 处问题" in answer["sections"]


def test_a_changed_target_is_answered_with_its_hint(client: Client, filing: Filing) -> None:
    answer = send(client, filing, ("indicators[i0].target", "≥500卷", "不低于９０％<")).json()
    (line,) = answer["understood"].values()
    assert "data-kind" in line
    assert "<<" not in line
    answer = send(
        client, filing, ("indicators[i0].target", "不低于９０％<", "不低于９０％"), client_id="0123456789abcdef-2"
    ).json()
    assert answer["understood"] == {
        "at-indicators-i0-target-hint": '<span class="target-hint" id="at-indicators-i0-target-hint" '
        'data-kind="number" data-comparator="≥" data-number="90" data-unit="%">识别为 ≥ 90 %</span>'
    }


@pytest.mark.parametrize(
    "change",
    [
        ("indicators[i9]", "", "3"),
        ("indicators[../x]", "", "3"),
        ("indicators[i0]", "20", "x"),
        ("indicators[i0]", "20", "1e5"),
        ("duties[d1]", "2", "-1"),
        (f"{ROW}.name", "", "没有这一行"),
    ],
)
def test_an_invalid_row_is_refused(client: Client, filing: Filing, change: tuple[str, str, str]) -> None:
    answer = send(client, filing, change).json()
    assert answer["applied"] == []
    assert len(answer["refused"]) + len(answer["conflicts"]) == 1


def test_a_row_beyond_the_limit_is_refused_with_its_cells(client: Client, filing: Filing) -> None:
    missing = 300 - filing.indicators.count()
    Indicator.objects.bulk_create(
        Indicator(filing=filing, key=f"n{number}", rank=str(number + 50)) for number in range(missing)
    )
    answer = send(client, filing, (ROW, "", "900"), (f"{ROW}.name", "", "多了")).json()
    reason = "已有 300 行，最多 300 行，这一行没有加上。"
    assert answer["refused"] == [{"place": place, "said": reason} for place in (ROW, f"{ROW}.name")]
    assert answer["applied"] == []


def test_pasting_and_opening_create_restore_points(client: Client, filing: Filing) -> None:
    send(client, filing, ("goals[0]", GOAL, "甲"), point="opened")
    send(client, filing, ("goals[0]", "甲", "乙"), client_id="0123456789abcdef-2", point="paste")
    send(client, filing, ("goals[0]", "乙", "丙"), client_id="0123456789abcdef-3", point="opened")
    kept = [(point.kind, json.loads(point.texts)["goals[0]"]) for point in filing.points.order_by("id")]
    assert kept == [("opened", GOAL), ("paste", "甲"), ("opened", "乙")]


def test_a_page_opened_by_another_user_is_not_saved(client: Client, county: County, filing: Filing) -> None:
    other = create_user("other", Role.FILLER, county.department)
    response = send(client, filing, ("goals[0]", GOAL, "甲"), person=other.pk)
    assert response.status_code == 403
    assert "本页由其他用户打开，未保存" in response.json()["refusal"]
    assert goal(filing) == GOAL


def test_an_expired_login_is_answered_with_401_and_nothing_is_stored(client: Client, filing: Filing) -> None:
    user_id = client.session["_auth_user_id"]
    client.logout()
    body = json.dumps({"client_id": "0123456789abcdef-1", "person": user_id, "since": 0, "changes": []})
    response = client.post(f"/filings/{filing.pk}/fill/changes/", body, content_type="application/json")
    assert (response.status_code, response.json()) == (401, {"refusal": "登录已经过期。"})


def test_a_submitted_table_is_refused(client: Client, county: County, filing: Filing) -> None:
    step(Action.SUBMIT, filing, county.filler)
    response = send(client, filing, ("goals[0]", GOAL, "甲"))
    assert response.status_code == 409
    assert "已经提交" in response.json()["refusal"]


def test_a_save_whose_answer_was_lost_is_confirmed_after_submission_too(
    client: Client, county: County, filing: Filing
) -> None:
    send(client, filing, ("goals[0]", GOAL, "甲"))
    step(Action.SUBMIT, filing, county.filler)
    assert send(client, filing, ("goals[0]", GOAL, "甲")).json()["applied"] == ["goals[0]"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"client_id": "0123456789"}',
        '{"client_id": "x", "changes": []}',
        '{"changes": [1]}',
        '{"client_id": "0123456789", "person": 1, "since": -1, "changes": []}',
        '{"client_id": "0123456789", "person": 1, "since": 99999999999999999999, "changes": []}',
        '{"client_id": "0123456789", "person": 1, "since": 0, "point": "submission", "changes": []}',
        '{"client_id": "0123456789", "person": 1, "since": NaN, "changes": []}',
        '{"client_id": "0123456789", "person": 1, "since": Infinity, "changes": []}',
        "[" * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_a_malformed_body_is_refused(client: Client, filing: Filing, body: str) -> None:
    response = client.post(f"/filings/{filing.pk}/fill/changes/", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["refusal"].startswith("无法识别保存的内容")


def test_a_form_body_is_refused(client: Client, filing: Filing) -> None:
    response = client.post(f"/filings/{filing.pk}/fill/changes/", {"client_id": "0123456789"})
    assert (response.status_code, Edit.objects.count()) == (400, 0)


def test_only_posts_by_the_departments_filler_are_accepted(client: Client, county: County, filing: Filing) -> None:
    assert client.get(f"/filings/{filing.pk}/fill/changes/").status_code == 405
    for who, status in ((county.stranger, 404), (county.head, 403)):
        client.force_login(who)
        assert send(client, filing, ("goals[0]", GOAL, "甲")).status_code == status


def test_a_save_takes_at_most_12_queries_for_any_number_of_rows(client: Client, county: County, filing: Filing) -> None:
    def queries(number: int) -> int:
        """Count the queries of a save of three kinds of cells and a restore point, without savepoints."""
        raw = drafts.raw(filing)
        row = next(row for row in raw.indicators if row.key == "i0")
        changes = [
            ("goals[0]", raw.goal, f"甲{number}"),
            ("amounts[EXP.PROJECT]", raw.amounts["EXP.PROJECT"], str(number)),
            ("indicators[i0].target", row.target, f"≥{number}卷"),
        ]
        with CaptureQueriesContext(connection) as captured:
            client_id = f"0123456789abcdef-{number}"
            sent = {"client_id": client_id, "person": county.filler.pk, "point": "paste"}
            answer = send(client, filing, *changes, **sent)
        assert answer.json()["applied"]
        return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in captured)

    queries(2)
    few = queries(3)
    Indicator.objects.bulk_create(
        Indicator(filing=filing, key=f"n{number}", rank=str(number + 50)) for number in range(200)
    )
    assert queries(4) == few <= MOST_QUERIES


def test_at_the_limit_a_row_may_replace_one_removed_in_the_same_save(client: Client, filing: Filing) -> None:
    missing = 300 - filing.indicators.count()
    Indicator.objects.bulk_create(
        Indicator(filing=filing, key=f"n{number}", rank=str(number + 50)) for number in range(missing)
    )
    answer = send(client, filing, ("indicators[i0]", "20", ""), (ROW, "", "900")).json()
    assert sorted(answer["applied"]) == [ROW, "indicators[i0]"]
