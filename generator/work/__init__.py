"""The verbs: functions that take a ``Workshop`` and what is asked of it, and return values. One module a verb."""
