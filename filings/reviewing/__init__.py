"""A review before its decision: drafts, remarks and their states, claims, questions to others, scores."""
