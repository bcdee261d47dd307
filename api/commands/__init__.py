"""What is done from the command line to the service's own state."""
