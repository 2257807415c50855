"""What is done with the words of a text before anything is looked for in them."""
