"""A Difference for a terminal, for a pull request's comment, for a browser."""
