"""Cached data is refreshed in time: files of a site, CDN responses, secrets.

* A browser does not request a file again before `max-age` has passed, so only files whose name changes with their
  content have a long one (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html, read
  2026-11-27).
* CloudFront serves a cached file until it expires or its path is invalidated, so each release invalidates its paths
  (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Invalidation.html, read 2026-11-27).
* A rotated secret is read again within an hour, which is also the refresh interval of the caches of AWS
  (https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_cache-ref-secretcacheconfig.html, read
  2026-11-27).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from prove.behaviour.evidence import Evidence, Problem

LONGEST_SECRET_S = 3600.0
_CONTROL = re.compile(r"CacheControl\s*[=:]\s*[\"']([^\"']*)[\"']")
_MAX_AGE = re.compile(r"\b(?:s-)?max-?age=(\d+)")
_PATHS = re.compile(r"[\"']?Items[\"']?\s*:\s*\[([^\]]*)\]")
#: How long a secret is kept: seconds in Python, milliseconds in TypeScript, as a product of numbers.
_KEPT = re.compile(r"\bKEEP_(S|MS)\b[^=\n]*=\s*([\d_.]+(?:\s*\*\s*[\d_.]+)*)")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield caches that keep content of an earlier release, or a rotated secret."""
    for file in sorted((evidence.folder / "scripts").glob("stack.*")):
        text, place = file.read_text("utf-8"), str(file.relative_to(evidence.folder))
        for control in _CONTROL.findall(text):
            if any(int(age) for age in _MAX_AGE.findall(control)):
                yield Problem("stale-files", place, f"Browsers keep files of the same names for {control}.")
        invalidations = _PATHS.findall(text) if "nvalidation" in text else []
        if invalidations and not any(re.search(r"[\"']/\*[\"']", paths) for paths in invalidations):
            yield Problem("stale-cdn", place, f"CloudFront goes on with all files but {invalidations[0]}.")
    for file in sorted(evidence.folder.glob("src/*/secret[-_]*")):
        yield from _secret(evidence.folder, file)


def _secret(project: Path, file: Path) -> Iterator[Problem]:
    for unit, product in _KEPT.findall(file.read_text("utf-8")):
        kept_s = 0.001 if unit == "MS" else 1.0
        for factor in product.split("*"):
            kept_s *= float(factor.strip().replace("_", ""))
        if kept_s > LONGEST_SECRET_S:
            message = f"It keeps a secret for {kept_s:g} s, also once it has been rotated."
            yield Problem("stale-secret", str(file.relative_to(project)), message)
