"""What is under way or in force stays, and so does its evidence: the conditions for it in SQL."""

STATES = "('queued', 'sent', 'accepted')"


def act(table: str) -> str:
    """The condition on rows of acts, which the query calls ``table``."""
    return (
        f"({table}.state IN {STATES} OR EXISTS (SELECT 1 FROM sanctions s"
        f" WHERE s.app_id = {table}.app_id"
        f" AND instr(s.body, CAST(char(34) || {table}.act_id || char(34) AS BLOB)) > 0))"
    )


EVIDENCE = (
    "EXISTS (SELECT 1 FROM acts e WHERE e.app_id = evidence.app_id"
    f" AND e.act_id = evidence.evidence_id AND {act('e')})"
)
"""The condition on rows of evidence: it has the id of its act."""
