"""Tests of the shared parts of tables on pages."""
