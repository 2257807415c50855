"""Can texts and images be judged by models on this machine?"""

from pathlib import Path

from console.doctor.finding import Finding, Level
from console.models.model_registry import ModelRegistry, Shelved

SUBJECT = "Local models"


def check_models(own: Path, built_in: Path) -> list[Finding]:
    """Read the models as the engine would; takes half a second."""
    return explain_models(ModelRegistry(own, built_in).take(), own)


def explain_models(shelved: Shelved, own: Path) -> list[Finding]:
    """Which models there are and which could not be read; none is needed to run."""
    found = [Finding(SUBJECT, Level.NOTE, note) for note in shelved.notes]
    models = shelved.models
    if models.embedder is not None:
        found.append(
            Finding(SUBJECT, Level.OK, f"Semantic filters compare by {models.embedder.name}.")
        )
    if models.text is not None:
        found.append(Finding(SUBJECT, Level.OK, f"AI text is judged by {models.text.name}."))
    if models.image is not None:
        found.append(Finding(SUBJECT, Level.OK, f"Images are judged by {models.image.name}."))
    else:
        where = own / "image"
        found.append(
            Finding(SUBJECT, Level.OK, f"Images need Stream; a classifier in {where} would do too.")
        )
    return found
