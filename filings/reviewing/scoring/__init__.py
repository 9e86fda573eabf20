"""Scores of a review: proposals from findings, entries of reviewers, averages."""
