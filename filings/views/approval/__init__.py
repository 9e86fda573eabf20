"""The last approval: confirming, cancelling in time, and revoking it afterwards."""
