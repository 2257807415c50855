"""Report a person, or what they said, to Stream's review queue (STREAM.md 6.8)."""

from console.domain.acts.spec import ActSpec, Scope

FLAG_FOR_REVIEW = "flag"

ACTS = (
    ActSpec(
        kind=FLAG_FOR_REVIEW,
        scope=Scope.PERSON,
        label="Flag for review",
        short="Flag",
        done="flagged {who} for review",
        consequence="Puts it into Stream's review queue, where somebody decides later.",
        icon="flag",
        row="warning",
        app_wide=True,
    ),
)
