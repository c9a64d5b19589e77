"""Rules over one noun each: one rule is one function and one row. Pure; nothing is corrected here."""
