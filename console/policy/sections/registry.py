"""Every section of Stream's config that is known here, in the order in which it is written."""

from console.policy.sections import (
    ai_image,
    ai_text,
    call_rules,
    confidence_form,
    likelihood,
    llm,
    required_form,
    semantic,
    velocity,
    word_lists,
)
from console.policy.sections.form import Form
from console.policy.sections.section import Section
from console.policy.velocity import FloodConfig

SECTIONS: tuple[Section, ...] = (
    Section("automod_toxicity_config", likelihood.LikelihoodConfig, "Toxicity above a threshold."),
    Section(
        "automod_platform_circumvention_config",
        likelihood.LikelihoodConfig,
        "Attempts to leave the platform.",
    ),
    semantic.Semantic(
        semantic.SECTION,
        semantic.SemanticConfig,
        "What happens when a text means what seed phrases mean.",
    ),
    ai_text.AiText(
        ai_text.SECTION, ai_text.AiTextConfig, "Harm labels with an action for each severity."
    ),
    ai_text.AiText(
        ai_text.OLD_SECTION, ai_text.AiTextConfig, "Harm labels.", new_name=ai_text.SECTION
    ),
    ai_image.AiImage(ai_image.SECTION, ai_image.AiImageConfig, "Labels of pictures."),
    ai_image.AiImage(
        ai_image.OLD_SECTION, ai_image.AiImageConfig, "Labels.", new_name=ai_image.SECTION
    ),
    Section("ai_video_config", ai_image.AiImageConfig, "Labels of videos."),
    Section("ai_audio_config", ai_text.AiAudioConfig, "Harm labels of speech."),
    Section("google_vision_config", likelihood.VisionConfig, "Labels of pictures, by Google."),
    Section("llm_config", llm.LlmConfig, "Your own labels, judged by a language model."),
    velocity.OverTime(velocity.VELOCITY, velocity.VelocityConfig, "Too much in too short a time."),
    velocity.OverTime(velocity.FLOOD, FloodConfig, "The same again and again."),
    call_rules.CallRules(
        call_rules.SECTION, call_rules.VideoCallConfig, "What a call does by itself."
    ),
    call_rules.CallRules(
        call_rules.BUILDER, call_rules.RuleBuilderConfig, "Rules over users and their history."
    ),
)
FORMS: tuple[Form, ...] = (
    word_lists.WordListForm(),
    semantic.SemanticForm(),
    ai_text.AiTextForm(),
    ai_image.AiImageForm(),
    required_form.RequiredForm(),
    confidence_form.ConfidenceForm(),
)
"""The sections that a form shows, in its order."""
SECTION_NAMES = tuple(section.name for section in SECTIONS)


def find_section(name: str) -> Section | None:
    """The section called ``name``; None for one that is not known here."""
    return next((section for section in SECTIONS if section.name == name), None)
