"""A review before its decision: the queue, drafts, remarks and their states, reopened places, scores."""
