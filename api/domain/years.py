"""Spans of years."""

# First and last year, both included.
YearRange = tuple[int, int]
