"""The review page lists what an approval would leave open and takes the reason."""

from filings.choices import Action
from filings.models import Review
from filings.tests.county import County, answer_remarks, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import take, words


def test_an_approval_with_an_open_remark_asks_for_a_reason(county: County, client_of: ClientOf) -> None:
    client = client_of(county.supervisor_reviewer)
    filing = county.in_review()
    assert "通过前未办结" not in words(client.get(f"/filings/{filing.pk}/review/"))
    step(Action.RETURN, filing, county.supervisor_reviewer, remarks=(("goals[0]", "口径请写清。"),))
    answer_remarks(filing, county.filler)
    step(Action.SUBMIT, filing, county.filler)
    step(Action.SIGN, filing, county.head)
    assert "通过前未办结的事项 第 1 轮的意见「口径请写清。」（不改，说明）尚未认可。" in words(
        client.get(f"/filings/{filing.pk}/review/")
    )
    refused = take(client, filing, "pass", grade="poor")
    assert refused.status_code == 409
    assert "尚有 2 项未办结：第 1 轮的意见「口径请写清。」（不改，说明）尚未认可。等级为「差」。" in words(refused)
    assert take(client, filing, "pass", grade="poor", exception_reason="急用，已电话核实。").status_code == 302
    assert Review.objects.latest("id").exception_reason == "急用，已电话核实。"
    reader = client_of(county.section_reviewer)
    assert "例外通过的理由：急用，已电话核实。" in words(reader.get(f"/filings/{filing.pk}/"))
