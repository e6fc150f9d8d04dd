"""The tests of a project: unit tests with fakes, and integration tests of a deployed stack."""
