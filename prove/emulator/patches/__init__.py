"""What the emulator lacks, one module each, with a function `install()`. They run inside the emulator's process."""

#: In the order in which they are installed: host processes take the place of a module that others import.
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
)
