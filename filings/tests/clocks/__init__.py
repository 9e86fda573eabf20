"""Tests of working days and due dates."""
