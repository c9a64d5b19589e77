"""A new department and a new year: what their folders begin with (开户、开年)."""
