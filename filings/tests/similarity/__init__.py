"""Tests of finding copied content."""
