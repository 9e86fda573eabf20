"""看板: how far the departments of a cycle are, with reminders and extensions."""
