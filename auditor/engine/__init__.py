"""Verdicts: rules applied to a report, element by element."""
