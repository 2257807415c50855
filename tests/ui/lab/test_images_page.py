"""The page of the form about images, and what its controls make of the text."""

import pytest

from console.domain.local_models import LocalModels
from console.engine.services.lab.summary import summary_of
from console.engine.services.lab.trying import edited
from console.policy.policy_file import read_policy
from console.protocol.lab import Edit, EditPolicy, PolicyText
from console.protocol.lab_summary import ImageRuleSummary
from console.ui.lab import image_edits
from console.ui.lab.images_page import Column, ImagesModel, ImagesPage
from tests.policy.word_classifiers import ByteClassifier

TEXT = """key = "chat"
[aws_rekognition_config]
rules = [
  { label = "Violence", action = "remove", min_confidence = 80 },  # sure
  { label = "Alcohol", action = "bounce_flag", subclassifications = { Drinking = true } },
]
"""
RULES = ("aws_rekognition_config", "rules")


def told(text=TEXT, classifier=None):
    policy = read_policy(text, "p").policy
    assert policy is not None
    return summary_of(policy, text, LocalModels(image=classifier))


@pytest.fixture
def page(qtbot, theme):
    page = ImagesPage(theme)
    qtbot.addWidget(page)
    page.show_summary(told(classifier=ByteClassifier()))
    return page


@pytest.fixture
def edits(page):
    """What the page asked for, in order."""
    found: list[object] = []
    page.edits_wanted.connect(found.append)
    return found


def test_the_summary_tells_what_counts_here():
    summary = told(classifier=ByteClassifier())
    assert summary.images == (
        ImageRuleSummary(
            index=0, label="Violence", action="remove", min_confidence=80, known=True, line=4
        ),
        ImageRuleSummary(
            index=1,
            label="Alcohol",
            action="bounce_flag",
            min_confidence=50,
            finer=("Drinking",),
            line=5,
        ),
    )
    assert summary.images_section == "aws_rekognition_config"
    assert summary.image_labels == ("Violence",)
    assert summary.images_source == (
        "Judged by the local classifier by bytes; Stream's labels may differ."
    )
    assert told().images_source == (
        "Needs a local image classifier or Stream: no image is judged here."
    )


def test_rows_tell_action_and_confidence(qtmodeltester):
    model = ImagesModel()
    model.show_summary(told(classifier=ByteClassifier()))
    assert [[model.index(row, column).data() for column in Column] for row in range(2)] == [
        ["Violence", "remove", "80", "yes"],
        ["Alcohol", "bounce + flag", "50", "no"],
    ]
    qtmodeltester.check(model)


def test_each_control_asks_for_its_edit(page, edits):
    card = page.card
    assert (card.label.value(), card.action.value(), card.confidence.value()) == (
        "Violence",
        "remove",
        80.0,
    )
    card.action.picked.emit("flag")
    card.confidence.setValue(72.5)
    card.confidence.editingFinished.emit()
    card.confidence.setValue(60)
    card.confidence.editingFinished.emit()
    card.label.picked.emit("Gambling")
    card.label.picked.emit("")
    page.enabled_box.click()
    page.add.click()
    page.table.selectRow(1)
    card.remove.click()
    assert edits == [
        (Edit((*RULES, 0, "action"), "set", "flag"),),
        (Edit((*RULES, 0, "min_confidence"), "set", 72.5),),
        (Edit((*RULES, 0, "min_confidence"), "set", 60),),
        (Edit((*RULES, 0, "label"), "set", "Gambling"),),
        (Edit(("aws_rekognition_config", "enabled"), "set", False),),
        (Edit(RULES, "append", {"label": "Explicit", "action": "flag", "min_confidence": 80}),),
        (Edit((*RULES, 1), "remove"),),
    ]


def test_what_the_classifier_does_not_know_is_said(page):
    assert page.card.note.text() == ""
    page.table.selectRow(1)
    assert page.card.note.text() == (
        "Also Drinking. The local classifier does not know this label; only Stream may."
    )
    page.show_summary(told())
    assert page.card.note.text() == (
        "Also Drinking. No local image classifier: only Stream judges by this rule."
    )


def test_rules_are_added_to_a_policy_without_the_section():
    text = 'key = "chat"\n'
    for _ in range(12):
        _, edits = image_edits.new_rule(told(text))
        text = edited(EditPolicy("1", PolicyText(text), edits)).text
    labels = [rule.label for rule in told(text).images]
    assert labels[0] == "Explicit"
    assert labels[-2:] == ["New label", "New label 2"]
    assert len(set(labels)) == 12
    assert told(text).images_section == "ai_image_config"
