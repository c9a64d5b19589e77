"""The nouns. Frozen values that know only their own fields; standard library only."""
