"""Patches for gaps of the emulator, one module each, with a function `install()`, run in the emulator's process."""

#: In the order of their installation: host processes replace a module that others import.
PATCHES = (
    "host_processes",
    "task_exit_codes",
    "task_roles",
    "token_issuers",
    "connection_addresses",
    "service_integrations",
    "graphql_lists",
    "network_types",
    "group_rules",
    "plain_attributes",
    "public_parameters",
    "secret_references",
    "capacity_types",
    "eks_types",
    "accepted_types",
    "quick_schedules",
    "secure_transport",
    "partners",
    "confirmations",
    "mailbox",
    "absent_fields",
    "private_apis",
    "durable_functions",
    "missing_paths",
)
