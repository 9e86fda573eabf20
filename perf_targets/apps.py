"""Register the project as an app, so that its system checks run."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "perf_targets"

    def ready(self) -> None:
        from perf_targets import checks  # noqa: F401  # registers the checks; needs loaded settings
