"""What the pages and the code say of each other is true: sections, files, definitions, links."""

import ast
import importlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
TEXTS = sorted(
    path
    for folder in ("console", "tests", "packaging", "resources", "docs")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".md", ".toml"} and "node_modules" not in path.parts
)
SECTION = re.compile(r"^#{2,3} (\d+(?:\.\d+)?)\.? ", re.MULTILINE)
REFERENCE = re.compile(r"STREAM\.md (\d+(?:\.\d+)?)")
NAMED_FILE = re.compile(r"\b(?:console|tests|packaging|resources)/[\w./-]*\.\w+(?::[\w.]+)?")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _where(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _definitions(path: Path) -> set[str]:
    found: set[str] = set()

    def walk(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    found.add(prefix + name)
                case ast.ClassDef(name=name):
                    found.add(prefix + name)
                    walk(node.body, f"{prefix}{name}.")
                case ast.Assign(targets=targets):
                    found.update(prefix + t.id for t in targets if isinstance(t, ast.Name))
                case ast.AnnAssign(target=ast.Name(id=name)):
                    found.add(prefix + name)

    walk(ast.parse(path.read_text(encoding="utf-8")).body, "")
    return found


def test_every_section_of_stream_that_is_referred_to_exists():
    sections = set(SECTION.findall((ROOT / "docs" / "STREAM.md").read_text(encoding="utf-8")))
    references = [
        (_where(path), number)
        for path in TEXTS
        for number in REFERENCE.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(references) > 100
    assert [entry for entry in references if entry[1] not in sections] == []


def test_no_text_refers_to_a_page_that_is_not_here():
    pages = re.compile(r"\b([A-Z]{3,}|decisions/[\w-]+|docs/[\w/-]+)\.md\b")
    names = {path.name for path in PAGES} | {"README.md", "CHANGELOG.md"}
    missing = [
        (_where(path), name)
        for path in TEXTS
        if path.name != "STREAM.md"
        for name in pages.findall(path.read_text(encoding="utf-8"))
        if f"{name.rpartition('/')[2]}.md" not in names
    ]
    assert missing == []


def test_every_file_and_definition_that_a_page_names_exists():
    wrong = []
    named = 0
    for page in PAGES:
        if page.name == "STREAM.md":  # it names files of other projects
            continue
        for reference in NAMED_FILE.findall(page.read_text(encoding="utf-8")):
            name, _, definition = reference.partition(":")
            named += 1
            path = ROOT / name
            if not path.exists() or (definition and definition not in _definitions(path)):
                wrong.append((_where(page), reference))
    assert wrong == []
    assert named > 60


def test_every_link_between_pages_leads_somewhere():
    wrong = [
        (_where(page), link)
        for page in PAGES
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert wrong == []


def test_every_decision_is_in_the_list():
    folder = ROOT / "docs" / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text(encoding="utf-8")))
    assert listed == {path.name for path in folder.glob("*.md")} - {"README.md"}


BOUND = re.compile(
    r"^\| [^|]+ \| (?P<bound>\d[^|]*) \| `(?P<file>[^`:]+):(?P<name>\w+)` \|", re.MULTILINE
)
UNITS = {"GiB": 2**30, "MiB": 2**20, "KiB": 2**10}


def test_the_table_of_bounds_has_the_numbers_of_the_code():
    page = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = list(BOUND.finditer(page))
    assert len(rows) > 25
    said, meant = {}, {}
    for row in rows:
        number, _, unit = row["bound"].strip().partition(" ")
        constant = f"{row['file']}:{row['name']}"
        said[constant] = float(number.replace(",", "")) * UNITS.get(unit, 1)
        module = importlib.import_module(row["file"].removesuffix(".py").replace("/", "."))
        meant[constant] = float(getattr(module, row["name"]))
    assert said == meant
    ours = "console/engine/wire/limits.py"
    assert {f"{ours}:{name}" for name in _definitions(ROOT / ours)} <= set(said)
