"""Programs of Debian that check signed files."""

import shutil

import pytest


def program(name: str, package: str) -> str:
    """Return the path of a program; skip the test without it."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed (Debian's package {package})")
    return path
