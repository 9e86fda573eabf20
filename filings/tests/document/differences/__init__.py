"""Tests of the parts of the comparison."""
