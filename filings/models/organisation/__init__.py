"""Departments, offices, users and their roles."""
