"""What belongs to the whole bureau: indicator library, messages, exports."""
