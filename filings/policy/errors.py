"""The error of invalid policy data."""


class PolicyError(ValueError):
    """Invalid data of a review policy; the message is a Chinese sentence for the manager."""
