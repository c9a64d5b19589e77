"""Ledger to Book: totals, shares, changes, pivots. Facts, no sentences. Pure."""
