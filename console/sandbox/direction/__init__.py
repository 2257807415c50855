"""Who is there, who says what when, and how people take what moderators do to them."""
