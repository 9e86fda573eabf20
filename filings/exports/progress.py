"""Progress of an export, as the page shows it."""

from filings.models import Export

# Departments between two writes: a page polls every few seconds, and each write is a transaction.
STEP = 10


class Progress:
    """Counters of one export, written to the database now and then. `total` is the number of departments."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self.total = self.done = self.failures = 0

    def begin(self, total: int) -> None:
        self.total = total
        self.write()

    def step(self, *, failed: bool = False) -> None:
        """Count one department."""
        self.done += 1
        self.failures += failed
        if self.done % STEP == 0:
            self.write()

    def write(self) -> None:
        counters = {"total": self.total, "done": self.done, "failures": self.failures}
        Export.objects.filter(pk=self._export.pk).update(**counters)
