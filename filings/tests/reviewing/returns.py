"""Steps of a review for the tests of remarks: returning, correcting, resubmitting."""

from collections.abc import Iterable, Mapping

from filings.choices import Action, RemarkState, Stage
from filings.lifecycle import workflow
from filings.models import Filing, Remark
from filings.reviewing.new_remark import NewRemark
from filings.tests.county import County, fixed_bytes, found_county, step


def reviewed_by_performance() -> County:
    """Return a county whose tables are reviewed at one stage."""
    return found_county((Stage.PERFORMANCE,))


def decide(
    county: County,
    filing: Filing,
    action: Action = Action.RETURN,
    *,
    remarks: Iterable[NewRemark] = (),
    settled: Mapping[int, RemarkState] | None = None,
    reason: str = "",
    whole_form: bool = False,
) -> Filing:
    """Decide at the performance stage on the present filing."""
    return workflow.perform(
        action,
        filing,
        by=county.performance_reviewer,
        expected_lock=Filing.objects.get(pk=filing.pk).lock,
        printer=fixed_bytes,
        remarks=remarks,
        settled=settled,
        reason=reason,
        whole_form=whole_form,
    )


def returned(county: County, *places: str) -> Filing:
    """Return a filing to the department with a remark at each place."""
    return decide(county, county.in_review(), remarks=[NewRemark(place, f"请改{place}") for place in places])


def resubmitted(county: County, filing: Filing) -> Filing:
    return step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)


def states(filing: Filing) -> list[tuple[int, str, str]]:
    """List round, place and state of all remarks, oldest first."""
    return list(Remark.objects.filter(filing=filing).order_by("id").values_list("round", "place", "state"))
