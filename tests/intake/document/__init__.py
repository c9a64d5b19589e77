"""Tests of generator/intake/document."""
