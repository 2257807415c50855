"""What is counted when a policy runs over many texts, and what it is compared with."""
