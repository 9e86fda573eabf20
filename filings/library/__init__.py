"""The indicator library 指标库: its entries, how rows are added, and suggestions while an officer types."""
