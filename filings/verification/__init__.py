"""核验: the state of an issued copy, what a file is compared with all issued copies, and the throttle of guesses."""
