"""How right one policy was about one line, as far as labels and moderators tell."""

from msgspec import Struct

from console.domain.results import Judgement
from console.engine.services.lab.run_worker_messages import RunLine
from console.policy.measures.counterfactual import Stand, stand_of
from console.policy.measures.scoring import ErrorKind, error_of


class Outcome(Struct, frozen=True):
    """``error`` where labels are known, ``stand`` on saved calls; None where all is well."""

    error: ErrorKind | None = None
    stand: Stand | None = None

    @property
    def names(self) -> frozenset[str]:
        """What a RowFilter calls them."""
        return frozenset(each.value for each in (self.error, self.stand) if each is not None)


FINE = Outcome()


def outcome_of(line: RunLine, judgement: Judgement, *, saved: bool) -> Outcome:
    """The outcome of ``line``; ``saved``: of a saved call, so that nobody acting says something."""
    error = error_of(line.labels, judgement)
    stand = stand_of(judgement.action, [act.undone for act in line.acts]) if saved else None
    return Outcome(error, stand) if error or stand else FINE
