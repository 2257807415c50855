"""Texts to judge, read from files of several forms."""
