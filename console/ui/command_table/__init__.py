"""Commands, their keys, and the palette and menus that offer them."""
