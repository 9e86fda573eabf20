"""PDFium is not made for several threads: whoever uses it, for whatever, holds this lock meanwhile."""

from threading import Lock

# Seconds to wait for the others.
LONGEST_WAIT = 30
ONE_AT_A_TIME = Lock()
