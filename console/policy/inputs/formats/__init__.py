"""The formats that files of texts come in, one module each."""
