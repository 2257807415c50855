"""What can be searched for, as people write it and as an index holds it. Pure."""
