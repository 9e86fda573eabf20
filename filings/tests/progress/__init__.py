"""Tests of 办理进度."""
