"""What the engine tells the window's form of a policy: its lists, rules, and what judges by them.

Indices are those of the text, so that an Edit finds the place.
"""

from msgspec import Struct

from console.domain.verdict import Severity

MAX_LISTED_WORDS = 200


class ListSummary(Struct, frozen=True, kw_only=True):
    """One block list.

    Attributes:
        index: its place in the policy's own ``blocklists``; -1 for a list of another file.
        type: word, regex, domain, domain_allowlist, email, email_allowlist.
        words: all of them where there are at most MAX_LISTED_WORDS, else the first; AskWords
            gives all. ``count``: how many there are.
        flags: names of the switches that are on (``is_leet_check_enabled``, ...).
        action: of the rule that uses it, empty when none does.
        stand_in: the program's own, in place of one that only Stream has.
        line: of its table, from 1; 0 for a list of another file.
    """

    index: int
    name: str
    type: str
    words: tuple[str, ...]
    count: int
    label: str = ""
    severity: Severity = Severity.NONE
    language: str = ""
    flags: tuple[str, ...] = ()
    action: str = ""
    stand_in: bool = False
    line: int = 0


class RuleSummary(Struct, frozen=True):
    """One rule. ``index``: in its section's ``rules``. ``threshold``: of a semantic rule."""

    index: int
    name: str
    action: str
    line: int = 0
    threshold: float = 0.0


class SemanticSummary(Struct, frozen=True, kw_only=True):
    """One semantic filter. ``index``: in ``semantic_filters``."""

    index: int
    name: str
    phrases: tuple[str, ...]
    label: str = ""
    severity: Severity = Severity.NONE
    line: int = 0


class HarmSummary(Struct, frozen=True, kw_only=True):
    """One rule of ``ai_text_config``.

    Attributes:
        index: in the section's ``rules``.
        action: whatever the severity; empty when the rule names none.
        by_severity: the actions of its ``severity_rules``, in their order there.
        acts: what happens at low, medium, high and critical; empty for nothing.
        known: a classifier on this machine knows the label.
    """

    index: int
    label: str
    action: str = ""
    by_severity: dict[str, str] = {}
    acts: tuple[str, str, str, str] = ("", "", "", "")
    known: bool = False
    line: int = 0


class ImageRuleSummary(Struct, frozen=True, kw_only=True):
    """One rule of ``ai_image_config``.

    Attributes:
        index: in the section's ``rules``.
        min_confidence: 0 to 100; what counts here where the rule names none.
        finer: further labels that count as ``label`` does.
        known: a classifier on this machine knows one of the labels.
    """

    index: int
    label: str
    action: str
    min_confidence: float
    finer: tuple[str, ...] = ()
    known: bool = False
    line: int = 0


class VelocitySummary(Struct, frozen=True, kw_only=True):
    """One rule of ``velocity_filter_config``; times in seconds, a threshold of 0 never fires."""

    index: int
    action: str
    fast_spam_threshold: int = 0
    fast_spam_ttl: float = 0.0
    slow_spam_threshold: int = 0
    slow_spam_ttl: float = 0.0
    url_only: bool = False


class FloodSummary(Struct, frozen=True, kw_only=True):
    """``flood_config``: so many identical, or similar, lines of one speaker. 0 never fires."""

    identical: int = 0
    similar: int = 0
    allowlist: tuple[str, ...] = ()


class PolicySummary(Struct, frozen=True, kw_only=True):
    """What a form shows of a policy.

    Attributes:
        notes: one sentence for each part that is not evaluated on this machine.
        needs_stream: names of the sections that only Stream evaluates.
        semantic_enabled: whether the section of ``semantic_rules`` counts.
        semantic_source: what stands behind the semantic filters here (a lexical similarity).
        harms_section: what the text calls the section of ``harms``; edits need it.
        harms_enabled: whether that section counts.
        harms_source: what judges harms on this machine, or that nothing does.
        harm_labels: what a classifier on this machine can find.
        images_section, images_enabled, images_source, image_labels: the same about ``images``.
    """

    key: str
    lists: tuple[ListSummary, ...] = ()
    rules: tuple[RuleSummary, ...] = ()
    block_list_enabled: bool = True
    match_substring: bool = False
    semantic_filters: tuple[SemanticSummary, ...] = ()
    semantic_rules: tuple[RuleSummary, ...] = ()
    semantic_enabled: bool = True
    semantic_source: str = ""
    harms: tuple[HarmSummary, ...] = ()
    harms_section: str = "ai_text_config"
    harms_enabled: bool = True
    harms_source: str = ""
    harm_labels: tuple[str, ...] = ()
    images: tuple[ImageRuleSummary, ...] = ()
    images_section: str = "ai_image_config"
    images_enabled: bool = True
    images_source: str = ""
    image_labels: tuple[str, ...] = ()
    velocity: tuple[VelocitySummary, ...] = ()
    flood: FloodSummary | None = None
    needs_stream: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
