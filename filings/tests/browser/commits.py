"""Wait for rows that the live server commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save


@contextmanager
def waiting_for(model: type[Model]) -> Iterator[None]:
    """Leave the block once the server has committed a row of this model saved in it."""
    committed = Event()

    def saved(**_: object) -> None:
        transaction.on_commit(committed.set)

    post_save.connect(saved, sender=model)
    try:
        yield
        assert committed.wait(timeout=30)
    finally:
        post_save.disconnect(saved, sender=model)
