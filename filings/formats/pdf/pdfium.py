"""The lock that guards all calls of PDFium, which is not thread-safe."""

from threading import Lock

# Seconds to wait for the lock.
LONGEST_WAIT = 30
ONE_AT_A_TIME = Lock()
