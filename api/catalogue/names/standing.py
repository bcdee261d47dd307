"""How much a person did, weighed by role: what tells people of one name apart."""

# An aggregate over a person's rows of credits.
STANDING = """sum(CASE WHEN role IN ('director', 'creator') THEN 3
    WHEN role = 'cast' AND position < 3 THEN 2 ELSE 1 END)"""
