"""The state of one parse, and what every reader of a part begins with."""
