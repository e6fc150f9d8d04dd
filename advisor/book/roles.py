"""Roles: `roles.yaml` defines them; the file of each service lists those for which it is a candidate.

Candidates are listed in the order of their ranks, the lowest first. What is no service, such as `none`, is a candidate in
`roles.yaml` itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.book.entry import Entry, check_keys, condition_of, text_of
from advisor.book.errors import BookError, unknown_role
from advisor.book.model import AXES, Role
from advisor.text import Text, in_a_row
from advisor.vocabulary import FIELDS

FILE = "roles.yaml"
_NO_SERVICES = ("none",)
_REQUIRED = ("id", "subject", "title")
_KEYS = {*_REQUIRED, "when", "candidates"}
_CANDIDACY_KEYS = {"rank", "bands", "rationale", "never_better"}


@dataclass(frozen=True, slots=True)
class _Candidacy:
    """The rank, bands and limits of a candidate of a role, with the file that states them."""

    path: str
    key: str
    candidate: str
    rank: int
    bands: Mapping[str, int]
    rationale: Mapping[str, Text]
    never_better: tuple[str, ...]


def roles_of(raw: Mapping[str, Entry]) -> tuple[Role, ...]:
    """Return the roles of a book's files, with their candidates in order of preference."""
    entries = raw[FILE]["roles"]
    subjects = _subjects(entries)
    by_role: dict[str, list[_Candidacy]] = {role: [] for role in subjects}
    for role, candidacy in (*_of_roles(entries), *_of_services(raw, subjects)):
        _check_candidacy(subjects[role], candidacy)
        by_role[role].append(candidacy)
    return tuple(_role(entry, _ranked(entry["id"], by_role[entry["id"]])) for entry in entries)


def _subjects(entries: list[Entry]) -> dict[str, str]:
    """Return the kind of subject of each role. Role ids are unique and differ from question ids."""
    subjects: dict[str, str] = {}
    for entry in entries:
        check_keys(FILE, entry, _KEYS, _REQUIRED)
        id, subject = entry["id"], entry["subject"]
        if id in {field.id for field in FIELDS[subject]}:
            raise BookError(
                f"{FILE}: the role '{id}' has the name of a question; rules could not tell them apart.",
                f"{FILE}: 選定項目「{id}」は質問と同じ名前のため、ルールで区別できません。",
            )
        if id in subjects:
            raise BookError(f"{FILE}: the role '{id}' is stated twice.", f"{FILE}: 選定項目「{id}」が重複しています。")
        subjects[id] = subject
    return subjects


def _of_roles(entries: list[Entry]) -> Iterator[tuple[str, _Candidacy]]:
    """Yield the candidates that `roles.yaml` states."""
    for entry in entries:
        for candidate, stated in (entry.get("candidates") or {}).items():
            key = f"{entry['id']}.candidates.{candidate}"
            if candidate not in _NO_SERVICES:
                listed = in_a_row(_NO_SERVICES)
                raise BookError(
                    f"{FILE}: '{key}' must be one of {listed.en}; a service states its roles in services/<id>.yaml.",
                    f"{FILE}: 「{key}」に使えるのは {listed.ja} だけです。サービスの選定項目は services/<id>.yaml に書いてください。",
                )
            yield entry["id"], _candidacy(FILE, key, candidate, stated)


def _of_services(raw: Mapping[str, Entry], roles: Mapping[str, str]) -> Iterator[tuple[str, _Candidacy]]:
    """Yield the candidates that catalogue files state."""
    for path, entry in sorted(raw.items()):
        if not path.startswith("services/"):
            continue
        for role, stated in (entry.get("roles") or {}).items():
            if role not in roles:
                raise unknown_role(path, role)
            yield role, _candidacy(path, f"roles.{role}", entry["id"], stated)


def _candidacy(path: str, key: str, candidate: str, stated: Entry) -> _Candidacy:
    check_keys(path, stated, _CANDIDACY_KEYS, ("rank",))
    rationale = stated.get("rationale") or {}
    return _Candidacy(
        path,
        key,
        candidate,
        rank=stated["rank"],
        bands=dict(stated.get("bands") or {}),
        rationale={axis: text_of(path, rationale, axis) for axis in rationale},
        never_better=tuple(stated.get("never_better") or ()),
    )


def _check_candidacy(subject: str, candidacy: _Candidacy) -> None:
    where, where_ja = f"{candidacy.path}: '{candidacy.key}", f"{candidacy.path}: 「{candidacy.key}"
    if not is_rank(candidacy.rank):
        raise BookError(
            f"{where}.rank' must be a whole number above 0.", f"{where_ja}.rank」には 1 以上の整数を書いてください。"
        )
    for axis, band in candidacy.bands.items():
        if axis not in AXES or band not in (0, 1, 2, 3):
            listed = in_a_row(AXES)
            raise BookError(
                f"{where}.bands' must have numbers from 0 to 3 on: {listed.en}.",
                f"{where_ja}.bands」には次の評価軸に 0～3 の数値を書いてください: {listed.ja}。",
            )
    for axis in candidacy.rationale:
        if axis not in candidacy.bands:
            raise BookError(
                f"{where}.rationale' explains '{axis}', for which 'bands' has no number.",
                f"{where_ja}.rationale」の「{axis}」は、bands に数値がありません。",
            )
    quantities = [field.id for field in FIELDS[subject] if field.kind == "quantity"]
    for field in candidacy.never_better:
        if field not in quantities:
            raise BookError(
                f"{where}.never_better' must contain quantities of a {subject}, and '{field}' is none.",
                f"{where_ja}.never_better」の「{field}」は、{subject} の数値の項目ではありません。",
            )


def is_rank(value: Any) -> bool:
    """Return whether a value is a valid rank (an integer above 0)."""
    return value.__class__ is int and value > 0


def _ranked(role: str, candidacies: list[_Candidacy]) -> list[_Candidacy]:
    """Return the candidates of a role in order of preference; two of one rank have none."""
    if not candidacies:
        raise BookError(
            f"{FILE}: the role '{role}' has no candidates; state it under 'roles' in services/<id>.yaml.",
            f"{FILE}: 選定項目「{role}」に候補がありません。services/<id>.yaml の roles に書いてください。",
        )
    by_rank: dict[int, _Candidacy] = {}
    for candidacy in candidacies:
        other = by_rank.setdefault(candidacy.rank, candidacy)
        if other is not candidacy:
            raise BookError(
                f"{candidacy.path}: '{candidacy.key}.rank' must differ from that of every other candidate; "
                f"'{other.candidate}' in {other.path} has {other.rank} too.",
                f"{candidacy.path}: 「{candidacy.key}.rank」は候補ごとに異なる値にしてください。"
                f"{other.path} の「{other.candidate}」も {other.rank} です。",
            )
    return [candidacy for _, candidacy in sorted(by_rank.items())]


def _role(entry: Entry, ranked: list[_Candidacy]) -> Role:
    return Role(
        id=entry["id"],
        subject=entry["subject"],
        title=text_of(FILE, entry, "title"),
        when=condition_of(FILE, entry),
        candidates=tuple(candidacy.candidate for candidacy in ranked),
        bands={candidacy.candidate: candidacy.bands for candidacy in ranked if candidacy.bands},
        rationale={candidacy.candidate: candidacy.rationale for candidacy in ranked if candidacy.rationale},
        never_better=tuple((candidacy.candidate, field) for candidacy in ranked for field in candidacy.never_better),
    )
