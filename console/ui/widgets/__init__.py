"""Building blocks of the window that know no call: rows, painting, chips, themes."""
