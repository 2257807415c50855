"""Which entries match, how often, and which never do."""

from console.domain.results import SilentEntries
from console.policy.evaluator import Evaluator
from console.policy.measures.entry_count import EntryCount
from console.policy.model import Blocklist, BlocklistRule, ListType, Policy

POLICY = Policy(
    key="chat",
    blocklists=(
        Blocklist(name="words", words=("cat", "dog", "newt"), is_leet_check_enabled=True),
        Blocklist(name="links", words=("good.example",), type=ListType.DOMAIN_ALLOWLIST),
        Blocklist(name="patterns", words=("x+y", "q+z"), type=ListType.REGEX),
        Blocklist(name="not used", words=("cat",)),
    ),
    block_list_rules=tuple(BlocklistRule(name=name) for name in ("words", "links", "patterns")),
)


def counted(*texts: str) -> EntryCount:
    count = EntryCount(POLICY)
    evaluator = Evaluator(POLICY, count.add)
    for text in texts:
        evaluator.judge(text)
    return count


def test_texts_are_counted_once_for_each_entry():
    count = counted("cat cat c4t", "dog and cat", "xxy", "nothing", "see bad.example")
    assert count.most_common(9) == [
        ("words", "cat", 2),
        ("words", "dog", 1),
        ("patterns", "x+y", 1),
    ]
    assert count.most_common(1) == [("words", "cat", 2)]


def test_what_never_matched_is_named_but_not_of_allow_lists_that_object():
    count = counted("cat", "see bad.example")
    assert count.silent(1) == [
        SilentEntries("words", 2, 3, ("dog",)),
        SilentEntries("patterns", 2, 2, ("x+y",)),
    ]
