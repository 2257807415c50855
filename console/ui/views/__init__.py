"""The panels of the window. They show what the models hold and ask the desk for everything."""
