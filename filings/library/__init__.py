"""The indicator library 指标库: what is in it, how it is filled, and what it offers to somebody who is typing."""
