"""受理编号: the number of a submitted version, by which department and bureau refer to it."""

from filings.models import Cycle, Revision


def receipt_number(revision: Revision) -> str:
    """Return year, department's code and version, as in 2022-101001-01; unique among all filings.

    A later cycle of the same year adds its key to the year: 2022P7-101001-01. The event of the submission stores the
    number, because the code of a department can change.
    """
    filing = revision.filing
    year, code = filing.cycle.year, filing.department.code
    is_later = Cycle.objects.filter(year=year, pk__lt=filing.cycle_id).exists()
    return f"{year}{f'P{filing.cycle_id}' if is_later else ''}-{code}-{revision.number:02}"
