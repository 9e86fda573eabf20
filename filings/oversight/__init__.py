"""The departments of a cycle as the bureau oversees them: their states and deadlines, reminders and extensions."""
