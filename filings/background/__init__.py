"""The background worker: that exactly one runs, that no task is lost in a crash, daily work, and whether it runs."""
