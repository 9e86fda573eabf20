"""受理编号: the number of a submitted version, by which department and bureau refer to it."""

from filings.models import Cycle, Filing, Revision


def next_receipt(filing: Filing, number: int) -> str:
    """Return the number for version `number`: year, department's code and version, as in 2022-101001-01.

    A later cycle of the same year adds its key to the year: 2022P7-101001-01. If another filing has taken the number,
    because the department's code was changed or given to another one, the filing's key is added: 2022F31-101001-01.
    The revision stores it: the code can change afterwards.
    """
    year, version = filing.cycle.year, f"{filing.department.code}-{number:02}"
    is_later = Cycle.objects.filter(year=year, pk__lt=filing.cycle_id).exists()
    usual = f"{year}{f'P{filing.cycle_id}' if is_later else ''}-{version}"
    return f"{year}F{filing.pk}-{version}" if Revision.objects.filter(receipt=usual).exists() else usual
