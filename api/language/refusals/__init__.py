"""What a request does not want."""
