"""Which version of the program this is."""

VERSION = "0.1.0"
"""What the wheel is called by, too (pyproject.toml)."""
