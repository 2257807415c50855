"""Appeals: who may appeal against what, and how appeals are decided (STREAM.md 6.7).

Documented: only the creator of content, or the banned person, may appeal; up to 500 characters and
ten attachments; unban, restore and unblock accept an open appeal. Decided here: one open appeal
for an entity; content that was only flagged and not looked at yet has nothing to appeal (?); an
appeal that is marked as reviewed is accepted (?).
"""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct

from console.sandbox.api_errors import ApiError, input_error, not_allowed, not_found
from console.sandbox.collection import Collection
from console.sandbox.judging import Judging
from console.sandbox.review_item import (
    ACCEPTED,
    OPEN,
    REJECTED,
    Appeal,
    ModerationAction,
    ReviewItem,
)
from console.sandbox.review_service import ReviewService
from console.sandbox.state import State

ACCEPTING = frozenset({"unban", "restore", "unblock", "mark_reviewed"})
DECIDING = ACCEPTING | {"reject_appeal"}

Fields = Mapping[str, Any]


class NewAppeal(Struct):
    """The body that opens an appeal; ``user_id`` is who appeals, of server-side requests."""

    appeal_reason: Annotated[str, Meta(min_length=1, max_length=500)]
    entity_id: str
    entity_type: str
    review_queue_item_id: str | None = None
    user_id: str | None = None
    attachments: Annotated[list[str], Meta(max_length=10)] | None = None


class Appeals:
    """Stores appeals and applies the decisions about them."""

    def __init__(self, state: State, judging: Judging, reviews: ReviewService) -> None:
        self._state = state
        self._judging = judging
        self._reviews = reviews
        self.all: Collection[Appeal] = Collection("appeal {} does not exist")

    def submit(self, wanted: NewAppeal, by: str) -> Appeal:
        """Open an appeal.

        Raises:
            ApiError: 400, 403 or 404, see the top of this file.
        """
        entity_type, entity_id = wanted.entity_type, wanted.entity_id
        user = self._state.users[by]
        item = self._judging.find_item(entity_type, entity_id)
        if wanted.review_queue_item_id:
            item = self._judging.items[wanted.review_queue_item_id]
        about_a_ban = entity_type == "stream:user" and (entity_id, "") in self._state.bans
        if item is None and not about_a_ban:
            raise not_found("there is no review queue item and no ban to appeal against")
        if by != (entity_id if about_a_ban or item is None else item.entity_creator_id):
            raise not_allowed("only the one it was done to can appeal")
        if item and not about_a_ban and _untouched(item):
            raise input_error("nothing was decided about this item yet")
        if self.open_for(entity_type, entity_id):
            raise input_error("there is an appeal already")
        now = self._state.now()
        appeal = Appeal(
            id=self._state.new_id(),
            entity_type=entity_type,
            entity_id=entity_id,
            appeal_reason=wanted.appeal_reason,
            user=user,
            created_at=now,
            updated_at=now,
            item=item,
            against=item.actions[-1] if item and item.actions else self._last_ban(entity_id),
            attachments=wanted.attachments or [],
        )
        self.all[appeal.id] = appeal
        if item is not None:
            item.appeal = appeal
        self._emit("appeal.created", appeal, by)
        return appeal

    def open_for(self, entity_type: str, entity_id: str) -> Appeal | None:
        """The open appeal about an entity."""
        for appeal in self.all.values():
            same = (appeal.entity_type, appeal.entity_id) == (entity_type, entity_id)
            if same and appeal.status == OPEN:
                return appeal
        return None

    def decide(self, appeal_id: str, action: str, payload: Fields, by: str) -> Appeal:
        """Accept or reject one appeal, with the effect in the world.

        Raises:
            ApiError: no such appeal; it was decided before; the action decides nothing.
        """
        appeal = self.all[appeal_id]
        if action not in DECIDING:
            raise input_error(f"action_type {action} does not decide an appeal")
        if appeal.status != OPEN:
            raise input_error(f"the appeal was {appeal.status} already")
        self._allowed(action, payload)
        if appeal.item is not None and action != "unban":
            self._reviews.submit(action, appeal.item.id, payload, by)
        if action in ("unban", "restore") and appeal.entity_type == "stream:user":
            self._reviews.submit("unban", "", {"target_user_id": appeal.user.id}, by)
        elif action == "unban" and appeal.item is not None:
            self._reviews.submit("unban", appeal.item.id, payload, by)
        elif appeal.item is None:
            self._reviews.record(action, None, by, appeal.user.id, _reason(payload))
        self._settle(appeal, action, payload, by)
        return appeal

    def decide_many(
        self, appeal_ids: list[str], action: str, payload: Fields, by: str
    ) -> tuple[list[Appeal], dict[str, str]]:
        """Decide several appeals; the answer names those that failed, with the reason."""
        decided, errors = [], {}
        for appeal_id in appeal_ids:
            try:
                decided.append(self.decide(appeal_id, action, payload, by))
            except ApiError as error:
                errors[appeal_id] = error.reason
        return decided, errors

    def after(
        self, action: str, item: ReviewItem | None, target: str, by: str, payload: Fields
    ) -> Appeal | None:
        """The open appeal that an action on an item or a person decides too, or None."""
        if action not in DECIDING - {"mark_reviewed"}:
            return None
        appeal = self.open_for(item.entity_type, item.entity_id) if item else None
        if appeal is None and action == "unban":
            appeal = self.open_for("stream:user", target)
        if appeal is not None:
            self._settle(appeal, action, payload, by)
        return appeal

    def check(self, action: str, payload: Fields) -> None:
        """Refuse a rejection without a reason before anything is done."""
        self._allowed(action, payload)

    def _allowed(self, action: str, payload: Fields) -> None:
        if action == "reject_appeal" and not payload.get("decision_reason"):
            raise input_error("decision_reason is a required field")

    def _settle(self, appeal: Appeal, action: str, payload: Fields, by: str) -> None:
        appeal.status = ACCEPTED if action in ACCEPTING else REJECTED
        appeal.decision_reason = _reason(payload)
        appeal.decision = self._reviews.log[-1][0] if self._reviews.log else None
        appeal.updated_at = self._state.now()
        self._emit(f"appeal.{appeal.status}", appeal, by)

    def _last_ban(self, user_id: str) -> ModerationAction | None:
        return next(
            (
                entry
                for entry, _ in reversed(self._reviews.log)
                if entry.type == "ban" and entry.target_user_id == user_id
            ),
            None,
        )

    def _emit(self, kind: str, appeal: Appeal, by: str) -> None:
        self._state.emit(
            kind,
            payload={"appeal": appeal.wire(), "custom": {}},
            actor=by,
            targets=(appeal.user.id,),
        )


def _untouched(item: ReviewItem) -> bool:
    return not item.actions and item.recommended_action in ("keep", "flag")


def _reason(payload: Fields) -> str:
    return str(payload.get("decision_reason") or payload.get("reason") or "")
