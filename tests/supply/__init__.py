"""What the project is shipped with: the bill of its locked packages, and their licences."""
