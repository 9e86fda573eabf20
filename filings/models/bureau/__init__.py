"""Data of the whole bureau: indicator library, messages, exports."""
