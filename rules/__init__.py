"""The judgment as data, and its reader: facts, roles, services with their connections, rules and stories as YAML files.

`load_book()` gives the product's own book, `open_book()` the one of a user's folder. When the package was built, the
parsed files were written to one JSON file; it is used while its hash still fits the YAML files beside it.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.book import Book, BookError, book

if TYPE_CHECKING:  # a book is compiled where neither pydantic nor anything else is installed
    from advisor.requirements import Requirements

COMPILED = "book.json"


def load_book() -> Book:
    """Return the rule book that ships with the product."""
    return _own_book()


@lru_cache(maxsize=1)
def _own_book() -> Book:
    return read_book(files(__name__))


# The gallery's order: the two systems, then the four patterns and what is made from them.
STORIES = (
    "web-application",
    "business-process-integration",
    "dynamic-web-api",
    "mobile-backend",
    "realtime-chat",
    "private-business-api",
    "scheduled-batch",
    "event-driven-job",
    "data-processing",
    "kubernetes-migration",
    "kubernetes-jobs",
    "async-coupling",
    "mass-messages",
    "container-web-service",
    "graphql-api",
    "relational-web-app",
    "container-on-ec2",
)


def story_bytes(name: str) -> bytes:
    """Return a story's requirements file. Raises KeyError if there is none with that name."""
    if name not in STORIES:
        raise KeyError(name)
    return (files(__name__) / "stories" / f"{name}.yaml").read_bytes()


def load_story(name: str) -> "Requirements":
    """Return a story's requirements. Raises KeyError if there is none with that name."""
    from advisor.requirements.reading import read_requirements

    return read_requirements(story_bytes(name))


def read_book(root: Traversable) -> Book:
    """Return the book in a folder; BookError names the file that is wrong."""
    sources = dict(_sources(root))
    version = book_version(sources)
    return book(_compiled(root, version) or parse(sources), version)


def open_book(root: Path) -> Book:
    """Return the book that a user's folder holds: with roles.yaml a whole one, without a pack laid over ours.

    BookError names the file that is wrong and says what is allowed.
    """
    from advisor.book.schema import check_shapes
    from advisor.verdict.book_references import check_references

    sources = _readable(root)
    raw = read_strictly(sources)
    if "roles.yaml" in raw:
        check_shapes(raw)
        opened = book(raw, book_version(sources))
    else:
        opened = _with_pack(sources, raw, root.resolve().name)
    check_references(opened)
    return opened


def _with_pack(sources: dict[str, bytes], pack: dict[str, Any], name: str) -> Book:
    """Return our book with a pack laid over it."""
    from advisor.book.schema import check_shapes
    from rules import packs

    packs.check_folders(pack)
    check_shapes(pack)
    our_sources = dict(_sources(files(__name__)))
    ours = _compiled(files(__name__), book_version(our_sources)) or parse(our_sources)
    version = book_version(our_sources | {f"pack/{path}": content for path, content in sources.items()})
    merged = book(packs.lay_over(ours, pack), version)
    return packs.with_approval(merged, pack[packs.APPROVED], name) if packs.APPROVED in pack else merged


def _readable(root: Path) -> dict[str, bytes]:
    from advisor.files import cannot

    try:
        sources = dict(_sources(root))
    except (OSError, ValueError) as error:
        why = cannot(str(root), error, "read", "読み込めません")
        raise BookError(why.en, why.ja) from error
    if not sources:
        raise BookError(
            f'"{str(root)[:200]}" holds no rule book; it needs YAML files laid out as in rules/.',
            f"「{str(root)[:200]}」に判定ルールがありません。rules/ と同じ配置の YAML ファイルが必要です。",
        )
    return sources


def read_strictly(sources: dict[str, bytes]) -> dict[str, Any]:
    """Parse files as requirements files are parsed: plain YAML without aliases, tags or keys that stand twice."""
    from advisor.requirements import RequirementsError
    from advisor.requirements.reading import read_plain

    parsed = {}
    for path, content in sorted(sources.items()):
        try:
            parsed[path] = _plain(read_plain(content))
        except RequirementsError as error:
            problem = error.problems[0]
            raise BookError(f"{path}: {problem.en}", f"{path}: {problem.ja}") from error
    return parsed


def book_version(sources: dict[str, bytes]) -> str:
    """Return the book's version: the first 16 digits of a SHA-256 over its paths and bytes."""
    digest = hashlib.sha256()
    for path, content in sorted(sources.items()):
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def compile_book(root: Traversable) -> str:
    """Return the JSON text that the build keeps beside the YAML files."""
    sources = dict(_sources(root))
    return json.dumps({"version": book_version(sources), "files": parse(sources)}, ensure_ascii=False)


def parse(sources: dict[str, bytes]) -> dict[str, Any]:
    """Parse the files of a book; BookError names the one that is not YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    parsed: dict[str, Any] = {}
    for path, content in sorted(sources.items()):
        try:
            parsed[path] = _plain(yaml.load(content, Loader=loader))
        except yaml.YAMLError as error:
            raise BookError(f"{path}: this is not YAML: {str(error).splitlines()[0]}.") from error
    return parsed


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _compiled(root: Traversable, version: str) -> dict[str, Any] | None:
    file = root / COMPILED
    if not file.is_file():
        return None
    compiled: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return compiled["files"] if compiled["version"] == version else None


def _sources(root: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and not entry.name.startswith(("_", ".")) and prefix + entry.name != "stories":
            yield from _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield prefix + entry.name, entry.read_bytes()
