"""What is checked in the sections of Stream's config that are kept as they are (STREAM.md 6.3).

The checks say what a person got wrong: types, ranges, words that are none of Stream's. Keys that
are unknown here are no error; they go back to Stream as they came.
"""

from collections.abc import Callable, Mapping

from console.policy.ai_image_section import check_ai_image_section
from console.policy.ai_text_section import check_ai_text_section
from console.policy.call_rule_checks import check_rule_builder, check_video_call
from console.policy.checked_table import CheckedTable
from console.policy.handed_on_sections import (
    check_audio,
    check_automod,
    check_flood,
    check_llm,
    check_velocity,
    check_vision,
)
from console.policy.semantic_section import SECTION, check_semantic_section

CHECKS: Mapping[str, Callable[[CheckedTable], None]] = {
    "automod_toxicity_config": check_automod,
    "automod_platform_circumvention_config": check_automod,
    SECTION: check_semantic_section,
    "ai_text_config": check_ai_text_section,
    "bodyguard_config": check_ai_text_section,
    "ai_image_config": check_ai_image_section,
    "aws_rekognition_config": check_ai_image_section,
    "ai_video_config": check_ai_image_section,
    "ai_audio_config": check_audio,
    "google_vision_config": check_vision,
    "llm_config": check_llm,
    "velocity_filter_config": check_velocity,
    "flood_config": check_flood,
    "video_call_rule_config": check_video_call,
    "rule_builder_config": check_rule_builder,
}
"""By section, in the order in which a policy is written."""
