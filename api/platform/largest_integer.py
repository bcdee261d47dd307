"""The largest number that a column of type integer holds: ids, counts and seeds from outside."""

LARGEST_INTEGER = 2**31 - 1
