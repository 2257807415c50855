"""Classifiers that know a few words: small, whole and always of the same opinion."""

from msgspec import Struct

from console.base.errors import WorldError
from console.domain.local_models import Harm, ImageLabel
from console.domain.verdict import Severity


class WordClassifier(Struct, frozen=True):
    """Each word stands for a harm; said more often it is graver. A real TextClassifier."""

    words: dict[str, str]
    name: str = "by words"
    languages: frozenset[str] = frozenset()

    @property
    def labels(self):
        return tuple(dict.fromkeys(self.words.values()))

    def ready(self):
        pass

    def classify(self, text):
        said = text.casefold().split()
        counts = dict.fromkeys(self.labels, 0)
        for word in said:
            if word in self.words:
                counts[self.words[word]] += 1
        harms = [
            Harm(label, list(Severity)[min(count, 4)], 1 - 0.5**count)
            for label, count in counts.items()
            if count
        ]
        return tuple(sorted(harms, key=lambda harm: -harm.score))


class ByteClassifier(Struct, frozen=True):
    """The first byte says how sure of the first label it is. A real ImageClassifier."""

    labels: tuple[str, ...] = ("Violence",)
    name: str = "by bytes"

    def classify(self, image):
        if not image:
            raise WorldError("There is no image.")
        return (ImageLabel(self.labels[0], image[0] / 255 * 100),)

    def frames(self, image):
        return (1, 1)
