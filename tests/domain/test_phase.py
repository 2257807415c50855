"""The machine of phases: no phase without a way out, none that is left by accident."""

from pathlib import Path

from console.domain.phase import MEANINGS, TRANSITIONS, Cause, Phase, Way, after

PAGE = Path(__file__).resolve().parents[2] / "docs" / "PHASES.md"
WAYS = {"sign in": Way.SIGN_IN, "try now": Way.TRY_NOW, "sign out": Way.SIGN_OUT}


def rows(columns):
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in cells if len(row) == columns and not set(row[0]) <= {"-"}][1:]


def test_the_page_says_what_each_phase_means():
    said = {
        phase: (word, heard, complete, tuple(WAYS[way] for way in ways.split(", ")))
        for phase, word, heard, complete, _, ways in rows(6)
    }
    yes = {True: "yes", False: "no"}
    assert said == {
        phase: (meaning.word, yes[meaning.hears], yes[meaning.complete], meaning.ways)
        for phase, meaning in MEANINGS.items()
    }


def test_the_page_says_what_leads_where():
    said: dict[str, dict[Phase, Phase]] = {}
    for cause, _, leads in rows(3):
        steps = said.setdefault(cause, {})
        for part in leads.split("; "):
            froms, _, to = part.rpartition(" to ")
            if froms.startswith("any"):
                left_out = froms.removeprefix("any but ")
                named = [phase.value for phase in Phase if phase != left_out]
            else:
                named = froms.split(", ")
            steps.update({Phase(phase): Phase(to) for phase in named})
    assert said == TRANSITIONS


def test_every_phase_has_a_meaning_and_a_way_out():
    assert set(MEANINGS) == set(Phase)
    assert set(TRANSITIONS) == set(Cause)
    assert all(meaning.ways for meaning in MEANINGS.values())


def test_only_a_sign_in_the_engine_or_the_moderator_lead_out_of_refused():
    out = {cause for cause in Cause if after(Phase.REFUSED, cause) not in (None, Phase.REFUSED)}
    assert out == {Cause.SIGN_IN, Cause.SIGN_OUT, Cause.ENGINE_LOST}


def test_live_is_reached_only_by_reading_all_calls():
    causes = {cause for cause in Cause if Phase.LIVE in TRANSITIONS[cause].values()}
    assert causes == {Cause.CALLS_READ}
    assert after(Phase.SILENT, Cause.CALLS_READ) is None
    assert after(Phase.RECONNECTING, Cause.CALLS_READ) is None


def test_everything_that_ends_hearing_ends_live():
    for cause in (
        Cause.LINK_SILENT,
        Cause.SOCKET_LOST,
        Cause.REFUSAL,
        Cause.ENGINE_LOST,
        Cause.SIGN_OUT,
    ):
        for phase in (Phase.LIVE, Phase.OUTDATED):
            led = after(phase, cause)
            assert led is not None
            assert not MEANINGS[led].hears


def test_signed_out_is_left_only_by_signing_in():
    assert [cause for cause in Cause if after(Phase.SIGNED_OUT, cause)] == [Cause.SIGN_IN]
