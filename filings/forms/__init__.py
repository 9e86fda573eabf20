"""What people type and send, checked. Forms read and check; steps and saves are done in workflow.py and drafts.py."""
