"""Reviews: decisions, remarks, their drafts, and questions to others."""
