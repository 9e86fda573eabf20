"""Create first passwords, which a user must change at the first login."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password

# Without 0 O 1 l I, which are easily confused on paper.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12
GROUP = 4
# A password of 59 random bits needs no stretching, and the usual 1,000,000 iterations take minutes for a county.
# Django hashes again with the usual number at the first login.
ITERATIONS = 20_000


@dataclass(frozen=True)
class FirstPassword:
    """A row of the sheet that is handed out. The password is nowhere else in clear."""

    place: str
    name: str
    username: str
    password: str


def new_password() -> str:
    """Create a password in groups of four: k7mp-2xwd-9hra."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def hashed(password: str) -> str:
    """Hash a first password for User.password."""
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=ITERATIONS)
    return make_password(password)
