"""Questions about a component: something that does work. One module per group of questions of the interview."""

from advisor.vocabulary.component.entry import ENTRY_FIELDS
from advisor.vocabulary.component.load import LOAD_FIELDS
from advisor.vocabulary.component.run import RUN_FIELDS
from advisor.vocabulary.component.start import SCHEDULE_FIELDS, START_FIELDS
from advisor.vocabulary.component.waiting import WAITING_FIELDS
from advisor.vocabulary.component.workflow import WORKFLOW_FIELDS
from advisor.vocabulary.many import COMPONENT_COUNT

#: In the order in which the page, the schema and the documents list them.
COMPONENT_FIELDS = (
    *START_FIELDS,
    *RUN_FIELDS,
    *ENTRY_FIELDS,
    *LOAD_FIELDS,
    *SCHEDULE_FIELDS,
    *WORKFLOW_FIELDS,
    COMPONENT_COUNT,
    *WAITING_FIELDS,
)

__all__ = ["COMPONENT_FIELDS"]
