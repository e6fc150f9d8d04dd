"""The part of a generated project that is the same for every target: programs, tests, prose, site, manifests."""
