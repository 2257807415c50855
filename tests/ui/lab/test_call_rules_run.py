"""Call rules from the text of a policy to the page of a run's results, with a real engine."""

import json

WAIT = 15_000

CALL_RULES = """
[[video_call_rule_config.rules]]
harm_types = ["INSULT"]
threshold = 2
action_sequences = [{ action = "mute_audio", warning = true }]
"""


def test_who_would_have_been_acted_on_and_for_which_line(lab, qtbot, tmp_path):
    file = tmp_path / "talk.jsonl"
    said = ["hello", "you idiot", "an idiot you are", "bye"]
    lines = [
        {"type": "speech", "speaker_id": "ann", "text": text, "start_ts": at * 10_000}
        for at, text in enumerate(said)
    ]
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    lab.document.set_text(lab.document.text + CALL_RULES)
    qtbot.waitUntil(lambda: lab.document.good, timeout=WAIT)
    panel = lab.run_panel
    lab.tabs.show_page(panel)
    panel.source.show_file(file)
    panel.start_button.click()
    qtbot.waitUntil(lambda: panel.finished is not None, timeout=WAIT)
    results = panel.results
    qtbot.waitUntil(lambda: results.lines.model.total == 4, timeout=WAIT)

    results.views.button("calls").click()
    page = results.calls
    assert page.isVisible()
    assert page.summary.text() == "1 violation by 1 person: mute_audio 1×, warning 1×."
    facts = page.table.rows
    assert [facts.index(0, column).data() for column in range(facts.columnCount())] == [
        "3",
        "0:20",
        "talk.jsonl",
        "ann",
        "mute_audio, warning",
        "INSULT",
        "1",
        "2",
    ]

    results.chips.button("flag").click()
    qtbot.waitUntil(lambda: results.lines.model.total == 2, timeout=WAIT)
    page.table.activated.emit(facts.index(0, 0))
    assert results.lines.isVisible()
    table = results.lines.table
    qtbot.waitUntil(lambda: table.currentIndex().row() == 2, timeout=WAIT)
    qtbot.waitUntil(lambda: results.lines.model.row(2) is not None, timeout=WAIT)
    assert results.lines.model.row(2).text == "an idiot you are"
    assert results.lines.model.row(2).call_actions == ("mute_audio", "warning")
    detail = results.lines.detail.why
    qtbot.waitUntil(lambda: "Call rules: mute_audio, warning" in detail.text(), timeout=WAIT)
