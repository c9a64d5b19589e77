"""Made-up departments that a profile is tried on, and what of it none of them needed. Nothing of it is loaded by a report."""
