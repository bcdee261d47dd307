"""The words of the languages, what they mean, and the names of the catalogue."""
