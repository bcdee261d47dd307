"""A profile's version: it moves with whatever changes what the profile is answered.

Kept answers are known by it, so that none of before is served again, in no process. Whoever moves
it holds the profile first: see api/viewers/hold_profiles.py.
"""

# The beginning of a statement; which profiles, it says itself.
MOVE_VERSIONS = "UPDATE profiles SET version = version + 1"
# The same in an upsert `INSERT INTO profiles AS known`.
MOVED_VERSION = "version = known.version + 1"
