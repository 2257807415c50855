"""What sentences call a classifier, so that nobody takes its labels for Stream's."""

_WHAT = "local classifier"


def classifier_name(name: str) -> str:
    """``local classifier tiny`` for ``tiny``; a name that says so already stays as it is."""
    return name if name.casefold().startswith(_WHAT) else f"{_WHAT} {name}".rstrip()
