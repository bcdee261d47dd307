"""Makes one intent of what was found, and tells what is left of the text."""
