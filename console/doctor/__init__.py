"""What is missing on this machine, said plainly. Works when everything else does not."""
