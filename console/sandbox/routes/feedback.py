"""What apps tell Stream's moderation team, and images in bulk: accepted, and nothing is done."""

from typing import Any

from msgspec import Struct

from console.sandbox.operation import Asked


class Feedback(Struct):
    message: str
    published_at: str
    reference: str
    current_recommended_action: str | None = None
    expected_recommended_action: str | None = None
    description: str | None = None


class BulkImages(Struct):
    csv_file: str


async def submit(asked: Asked, wanted: Feedback) -> None:
    """Nobody reads it."""


async def bulk_images(asked: Asked, wanted: BulkImages) -> dict[str, Any]:
    """A task that has looked at nothing: the file lies somewhere else."""
    return {"task_id": asked.world.accounts.task({"processed": 0}).id}
