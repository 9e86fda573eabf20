"""WSGI entry point. Exits with the reasons if the settings are unsafe to serve."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from perf_targets.checks import refusals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perf_targets.settings")

if reasons := refusals():
    sys.exit("拒绝启动：\n" + "\n".join(reasons))
application = get_wsgi_application()
