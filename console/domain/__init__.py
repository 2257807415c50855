"""The words of the product as frozen types, and the table of acts. No I/O."""
