"""Options of a speech plugin as a moderator types them. Pure."""

from collections.abc import Mapping

MOST_OPTIONS = 20


def read_options(typed: str) -> tuple[dict[str, str], str]:
    """Options as ``name=value, name=value``, and what is wrong with them; "" where nothing is."""
    options: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in typed.split(","))):
        name, sign, value = (each.strip() for each in part.partition("="))
        if not sign or not name.isidentifier() or not value:
            return options, f"“{part}” is no option: write name=value, with commas between them."
        options[name] = value
    if len(options) > MOST_OPTIONS:
        return options, f"A plugin takes {MOST_OPTIONS} options at most."
    return options, ""


def written_options(options: Mapping[str, str]) -> str:
    """The same as text."""
    return ", ".join(f"{name}={value}" for name, value in options.items())
