"""Filings: drafts, revisions, findings, issued copies, history."""
