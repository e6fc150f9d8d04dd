"""The architecture graph as a value, with its groups, its numbered steps and the states of its workflows."""

from advisor.architecture.graph import (
    NAMED,
    Architecture,
    Budget,
    BudgetKind,
    BudgetState,
    Edge,
    Flow,
    Ground,
    Group,
    GroupKind,
    LegendRow,
    Node,
    NodeKind,
    State,
    StateKind,
    Value,
)

__all__ = [
    "NAMED",
    "Architecture",
    "Budget",
    "BudgetKind",
    "BudgetState",
    "Edge",
    "Flow",
    "Ground",
    "Group",
    "GroupKind",
    "LegendRow",
    "Node",
    "NodeKind",
    "State",
    "StateKind",
    "Value",
]
