"""Tests of four eyes."""
