"""What the public may see now."""

from django.db.models import F, QuerySet

from filings.models import Department, Filing, Publication


def live() -> QuerySet[Publication]:
    """Select the publications that the public may see now, in no order.

    A publication that has not ended is hidden while its department is 涉密 or its table is withheld. Its copy is in
    force, or an earlier one whose successor is not published yet; a revoked approval ends the publication.
    """
    secret = Department.objects.filter(withheld=True)
    # Few rows, selected independently of the publications.
    of_secret = Filing.objects.filter(department__in=secret).order_by().values("pk")
    withheld = Filing.objects.filter(
        cycle__withholdings__lifted_at__isnull=True, cycle__withholdings__department=F("department")
    )
    public = Publication.objects.filter(ended_at=None).order_by()
    return public.exclude(filing__in=of_secret).exclude(filing__in=withheld.order_by().values("pk"))
