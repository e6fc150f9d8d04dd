"""A long picture stands in rows only where it reads better so: each row but the first begins with a line that runs back."""

import renderers
import rules
from advisor.advise import advise
from advisor.book import Book


def test_a_flow_that_fits_a_page_as_it_is_has_no_line_back(book: Book) -> None:
    drawn = renderers.picture(advise(rules.load_story("mass-messages"), book))
    middle = {node.id: node.box.cx for node in drawn.nodes}
    assert all(middle[line.source] < middle[line.target] for line in drawn.lines)
