"""The cover: document control, revision history and approvals, with empty fields to fill in."""

from advisor.text import Text, capitalized
from advisor.vocabulary.formats import period
from advisor_document.context import Context
from advisor_document.model import Block, Cell, Table, cell

_CONTROL = Text("Document control", "文書管理情報")
_NUMBER = Text("Document number", "文書番号")
_STATUS, _PROPOSED = Text("Status", "状態"), Text("Proposed", "提案中（未承認）")
_AS_OF = Text("Sources read", "出典の確認日")
_BOOK = Text("Version of the decision rules (selection tool advisor)", "判定ルールの版（選定ツール advisor）")
_HISTORY = Text("Revision history", "改訂履歴")
_HISTORY_HEADS = (Text("Version", "版"), Text("Date", "日付"), Text("Author", "作成者"), Text("Change", "改訂内容"))
_FIRST = Text("First draft", "初版（案）")
_APPROVAL = Text("Approvals", "承認欄")
_APPROVAL_HEADS = (Text("Role", "区分"), Text("Name", "氏名"), Text("Date", "日付"), Text("Signature", "署名・捺印"))
_APPROVERS = (Text("Prepared by", "作成"), Text("Reviewed by", "審査"), Text("Approved by", "承認"))
_ITEM, _VALUE = Text("Item", "項目"), Text("Value", "内容")


def blocks(context: Context) -> tuple[Block, ...]:
    """Return the tables of the cover."""
    return (_control(context), _history(context), _approvals(context))


def _control(context: Context) -> Table:
    design = context.design
    rows = (
        (context.cell(_NUMBER), ()),
        (context.cell(_STATUS), context.cell(_PROPOSED)),
        (context.cell(_AS_OF), context.cell(capitalized(period(*design.read_between)))),
        (context.cell(_BOOK), cell(design.book.version)),
    )
    return Table(context.say(_CONTROL), (context.say(_ITEM), context.say(_VALUE)), rows, (3, 7), blank=True)


def _history(context: Context) -> Table:
    heads = tuple(context.say(head) for head in _HISTORY_HEADS)
    empty: tuple[Cell, ...] = ((), (), (), ())
    rows: tuple[tuple[Cell, ...], ...] = ((cell("0.1"), (), (), context.cell(_FIRST)), empty, empty)
    return Table(context.say(_HISTORY), heads, rows, (1, 2, 3, 6), blank=True)


def _approvals(context: Context) -> Table:
    heads = tuple(context.say(head) for head in _APPROVAL_HEADS)
    rows = tuple((context.cell(role), (), (), ()) for role in _APPROVERS)
    return Table(context.say(_APPROVAL), heads, rows, (2, 4, 2, 4), blank=True)
