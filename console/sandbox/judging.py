"""Policies on the server, and how they judge a text (STREAM.md 6.1, 6.3, 6.5).

The verdict is computed by the policy package from what is stored here, never known beforehand.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from console.domain.results import Judgement
from console.domain.verdict import KEEP, Severity, action_rank
from console.policy.coverage import ModelsFor, no_models
from console.policy.evaluator import Evaluator
from console.policy.stream_config import from_stream
from console.sandbox.api_errors import input_error
from console.sandbox.collection import Collection
from console.sandbox.gravity import flag_type, gravity
from console.sandbox.image_rules import images_matter, judge_images
from console.sandbox.review_item import Flag, ReviewItem
from console.sandbox.stand_ins import STREAMS_OWN, own_lists, with_seeds
from console.sandbox.state import State

USER_PROFILE = "stream:v1:user_profile"
"""The entity type of names and pictures of people."""


@dataclass(slots=True, frozen=True)
class Content:
    """What is checked.

    Attributes:
        payload: ``texts`` and ``images``, besides ``custom``.
        config_key, team: of the policy; the closest one above them judges.
        test_config: a policy to judge by instead, in test mode only.
        test_mode: nothing is kept, and nobody hears of it.
    """

    entity_type: str
    entity_id: str
    creator_id: str
    payload: Mapping[str, Any]
    config_key: str = ""
    team: str = ""
    test_config: Mapping[str, Any] | None = None
    test_mode: bool = False


@dataclass(slots=True, frozen=True)
class Outcome:
    """The answer of a check; ``pending``: images are still being judged."""

    action: str
    item: ReviewItem | None
    judgements: tuple[Judgement, ...] = ()
    pending: bool = False


class Judging:
    """Keeps configs, blocklists and review items; judges texts by them."""

    def __init__(
        self,
        state: State,
        labels_of: Callable[[str], tuple[str, ...]] = lambda url: (),
        models_for: ModelsFor = no_models,
    ) -> None:
        """``models_for``: stands in for Stream's own classifiers of texts."""
        self._state = state
        self._models_for = models_for
        self._labels_of = labels_of
        self.configs: dict[str, dict[str, Any]] = {}
        self.team_configs: dict[tuple[str, str], dict[str, Any]] = {}  # by key and team
        self.blocklists: Collection[dict[str, Any]] = Collection("block list {} does not exist")
        made = {"created_at": state.now(), "updated_at": state.now()}
        self.blocklists.update({name: {**each, **made} for name, each in own_lists().items()})
        self.seeds: dict[str, tuple[str, ...]] = {}
        self.items: Collection[ReviewItem] = Collection("review queue item {} does not exist")
        self.bypassed: set[str] = set()
        self._by_entity: dict[tuple[str, str], ReviewItem] = {}
        self._ready: dict[tuple[str, str], Evaluator] = {}

    def put_config(self, key: str, config: Mapping[str, Any]) -> dict[str, Any]:
        """Replace the whole config of ``key``; a team, which ``config`` may name, has its own.

        Raises:
            ApiError: 400, it names a blocklist that does not exist or cannot be evaluated.
        """
        for name in _named_lists(config):
            if name not in self.blocklists:
                raise input_error("Blocklist not found")
        self._evaluator(key, config)
        now = self._state.now()
        team = str(config.get("team") or "")
        earlier = self.config(key, team)
        stored = {
            **config,
            "key": key,
            "created_at": earlier["created_at"] if earlier else now,
            "updated_at": now,
        }
        if team:
            self.team_configs[key, team] = stored
        else:
            self.configs[key] = stored
        self._ready.clear()
        return stored

    def config(self, key: str, team: str = "") -> dict[str, Any] | None:
        """The config of exactly this key, and of this team; None when there is none."""
        return self.team_configs.get((key, team)) if team else self.configs.get(key)

    def drop_config(self, key: str, team: str = "") -> None:
        """Delete a config; an unknown key changes nothing."""
        self.team_configs.pop((key, team), None)
        if not team:
            self.configs.pop(key, None)
        self._ready.clear()

    def put_blocklist(self, blocklist: Mapping[str, Any], *, new: bool = False) -> dict[str, Any]:
        """Store a list under its name.

        Raises:
            ApiError: 400, ``new`` and the name is taken; a pattern is refused; or the list is
                Stream's own.
        """
        name = str(blocklist["name"])
        _refuse_change(name, new=new)
        earlier = self.blocklists.get(name)
        if new and earlier is not None:
            raise input_error(f"block list {name} already exists")
        now = self._state.now()
        stored = {
            **{"type": "word", "words": []},
            **(earlier or {}),
            **blocklist,
            "created_at": earlier["created_at"] if earlier else now,
            "updated_at": now,
        }
        probe = {
            "block_list_config": {"enabled": True, "rules": [{"name": name, "action": "flag"}]}
        }
        self._evaluator("probe", probe, {name: stored})
        self.blocklists[name] = stored
        self._ready.clear()
        return stored

    def drop_blocklist(self, name: str) -> None:
        """Forget a list.

        Raises:
            ApiError: 404, there is none; 400, it is Stream's own.
        """
        _refuse_change(name)
        self.blocklists.drop(name)
        self._ready.clear()

    def list_labels(self) -> list[str]:
        """The labels that block lists give; Stream's own list counts where a config names it."""
        named = {name for config in self.configs.values() for name in _named_lists(config)}
        return sorted(
            {
                str(each.get("label") or name)
                for name, each in self.blocklists.items()
                if name not in STREAMS_OWN or name in named
            }
        )

    def put_seeds(self, name: str, phrases: Iterable[str]) -> None:
        """Say what the semantic filter ``name`` looks for."""
        self.seeds[name] = tuple(phrases)
        self._ready.clear()

    def evaluator_for(self, key: str, team: str = "") -> tuple[str, Evaluator] | None:
        """The most specific config at or above ``key``, ready to judge; None when there is none.

        At each key the config of ``team`` goes before that of all (?).
        """
        for candidate, config in self._applying(key, team):
            place = candidate, str(config.get("team") or "")
            ready = self._ready.get(place)
            if ready is None:
                ready = self._ready[place] = self._evaluator(candidate, config)
            return candidate, ready
        return None

    def _applying(self, key: str, team: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for candidate in _from_specific(key):
            for each in dict.fromkeys((team, "")):
                config = self.config(candidate, each)
                if config is not None:
                    yield candidate, config

    def check(self, content: Content, *, images_later: bool = False) -> Outcome:
        """Judge texts and images; what is not kept goes to the review queue.

        Only images of frames that the sandbox took are judged. With ``images_later`` they
        are left for :meth:`finish`, if the policy looks at images at all.

        Raises:
            ApiError: 400, an inline config outside of test mode, or one that cannot be evaluated.
        """
        config = content.test_config or self._config_for(content)
        later = images_later and bool(content.payload.get("images")) and images_matter(config)
        seen = {**content.payload, "images": []} if later else content.payload
        outcome = self._check(replace(content, payload=seen))
        if later:
            if outcome.item is not None:
                outcome.item.status = "partial"
                outcome.item.payload = dict(content.payload)
            return replace(outcome, pending=True)
        if not content.test_mode:
            self._state.emit(
                "moderation_check.completed",
                payload={
                    "entity_id": content.entity_id,
                    "entity_type": content.entity_type,
                    "recommended_action": outcome.action,
                    "review_queue_item_id": outcome.item.id if outcome.item else "",
                    "custom": {},
                },
                targets=(content.creator_id,),
            )
        return outcome

    def finish(self, content: Content) -> Outcome:
        """Look at the images that :meth:`check` of the same content left."""
        item = self.find_item(content.entity_type, content.entity_id)
        texts = item.payload.get("texts") if item else []
        if item is not None:
            item.status = "complete"
        outcome = self.check(replace(content, payload={**content.payload, "texts": []}))
        kept = outcome.item or item
        if kept is not None:
            kept.payload = {**content.payload, "texts": texts or content.payload["texts"]}
        return outcome

    def _config_for(self, content: Content) -> Mapping[str, Any]:
        applying = self._applying(content.config_key, content.team)
        return next((config for _, config in applying), {})

    def _check(self, content: Content) -> Outcome:
        key, payload = content.config_key, content.payload
        if content.test_config is not None:
            if not content.test_mode:
                raise input_error("config can only be given in test mode")
            config = content.test_config
            evaluator = self._evaluator(key or "test", config)
        else:
            found = self.evaluator_for(key, content.team)
            if found is None:
                return Outcome(KEEP, None)
            key, evaluator = found
            config = self._config_for(content)
        if content.creator_id in self.bypassed:
            return Outcome(KEEP, None)
        language = str((payload.get("custom") or {}).get("language") or "")
        of_name = content.entity_type == USER_PROFILE
        judgements = tuple(
            judgement
            for text in map(str, payload.get("texts") or ())
            if (
                judgement := evaluator.judge_name(text)
                if of_name
                else evaluator.judge(text, language)
            ).action
            != KEEP
        )
        labels = [label for url in payload.get("images") or () for label in self._labels_of(url)]
        judgements += judge_images(config, labels)
        if not judgements:
            return Outcome(KEEP, None)
        worst = max(judgements, key=lambda one: (action_rank(one.action), one.severity.rank))
        item = self._item(content, key)
        item.recommended_action = worst.action
        severity = max((one.severity for one in judgements), key=lambda one: one.rank)
        item.severity = max(item.severity, *map(gravity, judgements))
        item.ai_text_severity = "" if severity is Severity.NONE else severity.value
        item.updated_at = self._state.now()
        new = not item.flags
        flags = [self._flag(one) for one in judgements]
        item.flags.extend(flags)
        if not content.test_mode:
            self.emit_flagged(item, flags, new=new)
        return Outcome(worst.action, item, judgements)

    def _flag(self, judgement: Judgement) -> Flag:
        return Flag(
            type=flag_type(judgement),
            created_at=self._state.now(),
            user=None,
            user_id="automod",
            labels=list(judgement.labels),
            reason=judgement.why,
            result=[
                {
                    "rule": match.rule,
                    "label": match.label,
                    "severity": match.severity.value,
                    "action": match.action,
                    "start": match.start,
                    "end": match.end,
                }
                for match in judgement.matches
            ],
        )

    def emit_flagged(
        self, item: ReviewItem, flags: list[Flag], *, new: bool, actor: str = ""
    ) -> None:
        """Say that an item has more flags, or that it is new."""
        self._state.emit(
            "review_queue_item.new" if new else "review_queue_item.updated",
            payload={
                "review_queue_item": item.wire(),
                "flags": [flag.wire(item) for flag in flags],
                "custom": {},
            },
            actor=actor,
            targets=(item.entity_creator_id,) if item.entity_creator_id else (),
        )

    def _item(self, content: Content, key: str) -> ReviewItem:
        """The item there is about this content, or a new one."""
        item = self.find_item(content.entity_type, content.entity_id)
        if item is not None and not content.test_mode:
            item.payload = dict(content.payload)
            return item
        creator = self._state.users.get(content.creator_id)
        item = ReviewItem(
            id=self._state.new_id(),
            entity_type=content.entity_type,
            entity_id=content.entity_id,
            creator=creator,
            entity_creator_id=content.creator_id,
            created_at=self._state.now(),
            config_key=key,
            payload=dict(content.payload),
            languages=[creator.language if creator else ""],
        )
        if not content.test_mode:
            self.put_item(item)
        return item

    def put_item(self, item: ReviewItem) -> None:
        """Add an item to the queue."""
        self.items[item.id] = item
        self._by_entity[item.entity_type, item.entity_id] = item

    def find_item(self, entity_type: str, entity_id: str) -> ReviewItem | None:
        """The item about an entity."""
        return self._by_entity.get((entity_type, entity_id))

    def _evaluator(
        self,
        key: str,
        config: Mapping[str, Any],
        blocklists: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Evaluator:
        try:
            policy = from_stream({**config, "key": key}, blocklists or self.blocklists)
            policy = with_seeds(policy, self.seeds)
            return Evaluator(policy, models=self._models_for(policy))
        except ValueError as error:
            raise input_error(str(error)) from error


def _refuse_change(name: str, *, new: bool = False) -> None:
    if name in STREAMS_OWN:
        why = "already exists" if new else "is Stream's own and cannot be changed"
        raise input_error(f"block list {name} {why}")


def _named_lists(config: Mapping[str, Any]) -> list[object]:
    """The block lists that a config's rules name.

    Raises:
        ApiError: 400, a part has the wrong shape.
    """
    part = config.get("block_list_config") or {}
    rules = (part.get("rules") or []) if isinstance(part, Mapping) else None
    if not isinstance(rules, list) or not all(isinstance(rule, Mapping) for rule in rules):
        raise input_error("block_list_config must be an object with a list of rules")
    return [rule.get("name") for rule in rules]


def _from_specific(key: str) -> Iterator[str]:
    """``a:b:c``, ``a:b``, ``a``: the natural reading of STREAM.md 6.2 (?)."""
    parts = key.split(":")
    for length in range(len(parts), 0, -1):
        yield ":".join(parts[:length])
