"""The demo's summary: measured figures in, one JSON object or a few lines of text out. Pure."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from console.base.percentiles import Percentiles


class Measured(Struct, frozen=True, kw_only=True):
    """Everything the demo measured.

    Attributes:
        spoken: captions and chat messages the sandbox produced, by its own count, and what this
            console wrote down or judged itself: lines heard here, names and frames.
        shown: lines the transcript's model took in. judged: of these, with a deciding verdict.
        duplicated: lines the model was given a second time.
        acts_*: by receipt; confirmed are those seen in the call.
        desk: see console/ui/demo/desk_figures.py. media: see console/ui/demo/media_figures.py.
        judged_by: see console/ui/demo/judged_figures.py.
        rss_mb: memory of each process; 0.0 for one that did not say.
    """

    scenario: str
    seconds: float
    calls: int
    participants: int
    spoken: int
    shown: int
    judged: int
    duplicated: int
    verdicts: Mapping[str, int]
    acts_requested: int
    acts_confirmed: int
    acts_failed: int
    spoken_to_shown: Percentiles
    shown_to_judged: Percentiles
    click_to_accepted: Percentiles
    click_to_seen: Percentiles
    frame_gap: Percentiles
    frame_gap_max: float
    first_paint_ms: float
    ready_ms: float
    desk: Mapping[str, Any]
    media: Mapping[str, Any]
    judged_by: Mapping[str, Any]
    rss_mb: Mapping[str, float]


def as_json(measured: Measured) -> dict[str, Any]:
    """The object of ``demo --json``; scripts depend on exactly these keys."""
    return {
        "scenario": measured.scenario,
        "seconds": round(measured.seconds, 1),
        "calls": measured.calls,
        "participants": measured.participants,
        "utterances": {
            "spoken": measured.spoken,
            "shown": measured.shown,
            "judged": measured.judged,
            "pending": measured.shown - measured.judged,
            "lost": max(0, measured.spoken - measured.shown),
            "duplicated": measured.duplicated,
        },
        "verdicts": dict(sorted(measured.verdicts.items())),
        "acts": {
            "requested": measured.acts_requested,
            "confirmed": measured.acts_confirmed,
            "failed": measured.acts_failed,
            "pending": measured.acts_requested - measured.acts_confirmed - measured.acts_failed,
        },
        "desk": measured.desk,
        "media": measured.media,
        "judged_by": measured.judged_by,
        "delay_ms": {
            "spoken_to_shown": _figures(measured.spoken_to_shown),
            "shown_to_judged": _figures(measured.shown_to_judged),
            "click_to_accepted": _figures(measured.click_to_accepted),
            "click_to_seen": _figures(measured.click_to_seen),
        },
        "frame_gap_ms": {
            **_figures(measured.frame_gap),
            "max": round(measured.frame_gap_max, 1),
        },
        "first_paint_ms": round(measured.first_paint_ms),
        "ready_ms": round(measured.ready_ms),
        "rss_mb": {name: round(size, 1) for name, size in measured.rss_mb.items()},
    }


def _figures(span: Percentiles) -> dict[str, float]:
    return {"p50": round(span.p50, 1), "p95": round(span.p95, 1), "p99": round(span.p99, 1)}


def as_text(measured: Measured) -> str:
    """The same for a person at a terminal."""
    found = as_json(measured)
    lines, acts, delays = found["utterances"], found["acts"], found["delay_ms"]
    verdicts = ", ".join(f"{n} {name}" for name, n in found["verdicts"].items()) or "none"
    rows = [
        f"{found['scenario']}: {found['calls']} calls, {found['participants']} people, "
        f"{found['seconds']} s",
        f"lines     {lines['spoken']} spoken, {lines['shown']} shown, {lines['judged']} judged, "
        f"{lines['lost']} lost, {lines['duplicated']} duplicated",
        f"verdicts  {verdicts}",
        f"acts      {acts['requested']} requested, {acts['confirmed']} confirmed, "
        f"{acts['failed']} failed, {acts['pending']} pending",
    ]
    rows += [*_desk_rows(found["desk"]), *_media_rows(found["media"])]
    rows.append(_judged_row(found["judged_by"]))
    for name, label in (
        ("spoken_to_shown", "spoken to shown"),
        ("shown_to_judged", "shown to judged"),
        ("click_to_accepted", "click to accepted"),
        ("click_to_seen", "click to seen"),
    ):
        figures = delays[name]
        rows.append(
            f"{label:<18}{figures['p50']:>8} ms p50 {figures['p95']:>8} p95 {figures['p99']:>8} p99"
        )
    gap = found["frame_gap_ms"]
    rows.append(f"{'frame gap':<18}{gap['p50']:>8} ms p50 {gap['p95']:>8} p95 {gap['p99']:>8} p99")
    memory = ", ".join(f"{name} {size} MB" for name, size in found["rss_mb"].items())
    rows.append(f"first paint {found['first_paint_ms']} ms, ready {found['ready_ms']} ms; {memory}")
    return "\n".join(rows)


def _desk_rows(desk: Mapping[str, Any]) -> list[str]:
    queue, automation, sanctions = desk["queue"], desk["automation"], desk["sanctions"]
    return [
        f"raised    {desk['raised']} lines, {desk['handled']} handled, "
        f"{desk['dismissed']} dismissed, {desk['open']} open, "
        f"the oldest for {desk['oldest_open_s']} s",
        f"desk      {queue['decided']} queue items decided, "
        f"{automation['proposed']} acts proposed, {automation['done']} done, "
        f"{automation['vetoed']} stopped, "
        f"{sanctions['set']} sanctions set, {sanctions['lifted']} lifted",
    ]


def _judged_row(judged: Mapping[str, Any]) -> str:
    stages = ", ".join(f"{name} {n}" for name, n in judged["stages"].items()) or "nothing"
    why = ", ".join(f"{name} {n}" for name, n in judged["why_not"].items())
    missed = f"{judged['not_judged_for_meaning']} lines not judged for meaning"
    return f"judged by {stages}; {missed}{f' ({why})' if why else ''}"


def _media_rows(media: Mapping[str, Any]) -> list[str]:
    if reason := media.get("reason"):
        return [f"media     {reason}"]
    mute = media["speech_end_to_enforced_mute_ms"]
    return [
        f"media     {media['calls_joined']} calls joined, {media['seconds_heard']} s heard, "
        f"{media['lines_heard_here']} lines heard here, {media['frames_judged']} frames and "
        f"{media['names_judged']} names judged, {media['messages']} messages",
        f"{'speech end to mute':<18}{mute['p50']:>8} ms p50 {mute['p95']:>8} p95",
    ]
