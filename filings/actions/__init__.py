"""Declarations of the workflow's actions: statuses, roles, sentences, place in the to-do list. No Django."""
