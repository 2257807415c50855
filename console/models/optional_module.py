"""Modules that need a package of an extra; what keeps one from being imported is a sentence."""

import importlib
from typing import Any

from console.base.errors import WorldError


def optional_module(name: str, *, missing: str, broken: str, advice: str) -> Any:
    """The module ``name``, a package of the extra or one of ours that imports it.

    Args:
        missing, broken: sentences with one place each, for the package and for what is wrong.

    Raises:
        WorldError: a package is not installed, or cannot be imported.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise WorldError(missing.format(error.name), advice) from error
    except Exception as error:  # a broken native library raises whatever it likes
        why = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise WorldError(broken.format(why), advice) from error
