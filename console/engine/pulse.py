"""The engine's numbers, gathered from its parts once a second."""

from console.engine.delays import Delays
from console.engine.services.judging.worker import Worker
from console.engine.sources.ingest import ContentIngest
from console.protocol.to_window import Pulse


def pulse_of(
    now: float,
    *,
    ingest: ContentIngest,
    worker: Worker | None,
    received_to_judged: Delays,
    acts_pending: int,
    disagreements: int,
    malformed: int,
    rss_mb: float,
) -> Pulse:
    """The pulse of one sign-in at ``now``; without a worker the local verdicts decide."""
    numbers = worker.numbers() if worker is not None else None
    return Pulse(
        at=now,
        heard=ingest.lines,
        duplicates=ingest.duplicates,
        malformed=malformed,
        judged=numbers.judged if numbers else ingest.judged,
        waiting=numbers.waiting if numbers else 0,
        oldest_waiting_ms=numbers.oldest_waiting_ms if numbers else 0.0,
        checks_in_flight=numbers.checks_in_flight if numbers else 0,
        limited_until=numbers.limited_until if numbers else 0.0,
        retried=numbers.retried if numbers else 0,
        given_up=numbers.given_up if numbers else 0,
        acts_pending=acts_pending,
        disagreements=disagreements,
        skipped_models=ingest.skipped_models,
        spoken_to_decoded=ingest.spoken_to_decoded.span(now),
        received_to_judged=received_to_judged.span(now),
        rss_mb=rss_mb,
    )
