"""What a request can ask for, a reader a file: each finds its parts in the text."""
