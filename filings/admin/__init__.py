"""Django's admin, for setting the program up. What happens to a filing happens in workflow.py; here it is only seen."""

from filings.admin import cycles, editions, history, people, places

__all__ = ["cycles", "editions", "history", "people", "places"]
