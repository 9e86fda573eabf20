"""Views, by activity: each checks access, validates a form, performs an action and renders its template."""
