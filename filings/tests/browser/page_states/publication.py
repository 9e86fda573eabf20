"""公开: the bureau's pages of publication, and the list of wrong words."""

from django.utils import timezone

from filings.choices import JobKind, JobState
from filings.models import CopyJob, Filing, WrongWord
from filings.publication import jobs
from filings.publication.publish import publish, unpublish
from filings.publication.withhold import withhold
from filings.tests.browser.page_visits import PageState, on_a_phone, page_at, response_to
from filings.tests.county import County
from filings.tests.publication.published import approved, copied

LIST = "/cycles/{0.cycle_id}/publication/"
TABLE = "/cycles/{0.cycle_id}/publication/{0.pk}/"
JOB = "/cycles/{0.cycle_id}/publication/jobs/{0.pk}/"


def every_state(county: County) -> Filing:
    """Tables in the states of publication, and one with a wrong word."""
    first = approved(county)
    now = timezone.now()
    public, withdrawn, withheld, _waiting = (copied(first, county, f"30{number}").pk for number in range(4))
    for filing in (public, withdrawn):
        publish(filing, by=county.manager, now=now)
    unpublish(withdrawn, "金额有误。", by=county.manager, now=now)
    withhold(withheld, "secret", "", by=county.manager, now=now)
    WrongWord.objects.create(word="保管", instead="保存", note="规范用语", by_name="甲", at=now)
    return first


def published(county: County) -> Filing:
    filing = approved(county)
    publish(filing.pk, by=county.manager, now=timezone.now())
    return filing


def running(county: County) -> CopyJob:
    copy = approved(county).issued_copies.get()
    chosen = [(copy.filing_id, copy.pk)]
    return jobs.queue(county.cycle, JobKind.PUBLISH, chosen, "", by=county.manager, now=timezone.now())


def stopped(county: County) -> CopyJob:
    job = running(county)
    failures = [[job.filings[0][0], "「县档案馆」是涉密单位，不公开。"]]
    CopyJob.objects.filter(pk=job.pk).update(
        state=JobState.DONE, done=1, total=2, failures=failures, finished_at=timezone.now()
    )
    return job


def listed_word(county: County) -> WrongWord:
    every_state(county)
    return WrongWord.objects.get()


PAGES: dict[str, dict[str, PageState]] = {
    "filings/publication/page.html": {
        "every_state": page_at(LIST, "manager", every_state),
        "phone": on_a_phone(page_at(LIST, "manager", every_state)),
        "nothing_selected": response_to(f"{LIST}selected/publish/", "manager", {}, every_state),
    },
    "filings/publication/selected.html": {
        "publish": response_to(f"{LIST}selected/publish/", "manager", {"all": "1"}, every_state),
        "withdraw": response_to(f"{LIST}selected/unpublish/", "manager", {"all": "1"}, every_state),
        "phone": on_a_phone(response_to(f"{LIST}selected/publish/", "manager", {"all": "1"}, every_state)),
    },
    "filings/publication/table.html": {
        "checked": page_at(TABLE, "manager", every_state),
        "published": page_at(TABLE, "manager", published),
        "refused": response_to(f"{TABLE}publish/", "manager", {}, every_state),
    },
    "filings/publication/job.html": {
        "running": page_at(JOB, "manager", running),
        "stopped": page_at(JOB, "manager", stopped),
    },
    "filings/publication/wrong_words.html": {
        "some": page_at("/wrong-words/", "manager", every_state),
        "refused": response_to("/wrong-words/add/", "manager", {"text": "对=对"}, every_state),
    },
    "filings/publication/wrong_word.html": {"one": page_at("/wrong-words/{0.pk}/", "manager", listed_word)},
}
