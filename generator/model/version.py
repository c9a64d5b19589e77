"""Which version of the program this is."""

VERSION = "0.1.0"
"""As pyproject.toml has it (a test compares them)."""
