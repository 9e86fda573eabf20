"""Pages of one filing: detail, signing, review, actions, history, downloads."""
