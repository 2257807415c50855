"""The names of people, judged when they come or are called otherwise."""
