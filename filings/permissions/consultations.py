"""Questions about rows (征求意见) that a user may read, or that wait for the user's answer."""

from django.db.models import Q, QuerySet

from filings.models import Consultation, Filing, User
from filings.permissions.memberships import memberships_of, own_departments
from filings.permissions.pages import may_see_internal


def consultations_for(user: User) -> QuerySet[Consultation]:
    """Return the questions addressed to the user or to an office of the user, and those that the user has asked.

    Questions about the user's own department are left out.
    """
    memberships = memberships_of(user)
    offices = [membership.office_id for membership in memberships if membership.office_id]
    concerned = Consultation.objects.filter(Q(to_user=user) | Q(to_office__in=offices) | Q(by=user))
    return concerned.exclude(revision__filing__department__in=own_departments(memberships))


def questions_to(user: User) -> QuerySet[Consultation]:
    """Return the open questions that wait for an answer of the user, without those that the user has asked.

    Questions about tables of a closed cycle are left out.
    """
    waiting = consultations_for(user).filter(answered_at=None, withdrawn_at=None).exclude(by=user)
    return waiting.filter(revision__filing__cycle__closed_at=None)


def consultations_on(filing: Filing, user: User) -> QuerySet[Consultation]:
    """Return the questions about a filing that the user may read, without the withdrawn ones.

    These are all for users who see internal remarks, otherwise those to and by the user.
    """
    visible = Consultation.objects.all() if may_see_internal(user, filing) else consultations_for(user)
    return visible.filter(revision__filing=filing, withdrawn_at=None)
