"""What window and engine say to each other: one typed message a line."""
