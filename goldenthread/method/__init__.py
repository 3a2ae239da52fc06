"""The audit method: pure Python, no Django, no clock, no input or output."""
