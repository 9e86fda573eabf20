"""The project itself as an app, so that its checks are run."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "perf_targets"

    def ready(self) -> None:
        from perf_targets import checks  # noqa: F401  # registers them; needs the settings to be there
