"""Can texts and images be judged by models on this machine?"""

from pathlib import Path

from console.doctor.finding import Finding, Level
from console.doctor.media_parts import Part, image_model
from console.models.language_registry import is_installed
from console.models.model_registry import ModelRegistry, Shelved

SUBJECT = "Local models"
MORE_LANGUAGES = "AI text in other languages than English needs the extra “languages”, or Stream."


def check_models(own: Path, built_in: Path) -> list[Finding]:
    """Read the models as engine and media process would; takes a second."""
    found = explain_models(ModelRegistry(own, built_in).take(), own)
    return [*found, explain_pictures(image_model())]


def explain_models(shelved: Shelved, own: Path) -> list[Finding]:
    """Which models there are and which could not be read; none is needed to run."""
    found = [Finding(SUBJECT, Level.NOTE, note) for note in shelved.notes]
    models = shelved.models
    if models.embedder is not None:
        found.append(
            Finding(SUBJECT, Level.OK, f"Semantic filters compare by {models.embedder.name}.")
        )
    if models.text is not None:
        said = ", ".join(sorted(models.text.languages)) or "any language"
        found.append(
            Finding(SUBJECT, Level.OK, f"AI text is judged by {models.text.name} ({said}).")
        )
    if not is_installed():
        found.append(Finding(SUBJECT, Level.OK, MORE_LANGUAGES))
    if models.image is not None:
        name = models.image.name
        found.append(Finding(SUBJECT, Level.OK, f"Images in the lab are judged by {name}."))
    else:
        where = own / "image"
        sentence = (
            f"Images in the lab are judged by Stream alone: there is no classifier in {where}."
        )
        found.append(Finding(SUBJECT, Level.OK, sentence))
    return found


def explain_pictures(model: Part) -> Finding:
    """Whether pictures of calls can be looked at here: what ``media-check`` says, too."""
    if model.ready:
        return Finding(SUBJECT, Level.OK, f"Pictures of calls are looked at by {model.name}.")
    why = model.reason[:1].lower() + model.reason[1:]
    sentence = f"Pictures of calls are judged by Stream alone: {why}"
    return Finding(SUBJECT, Level.OK, sentence)
