"""Whether words stand in quoted speech."""

import re

from rag.language.attribution.lines import line_start

_MARK = re.compile(r"(?P<opening>“|(?<![^\s(\[–—-])\"(?=\S))|[”\"]")
_LONGEST_TITLE = 40
_LOOK_BACK = 3000


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` stands in a quotation that is more than a title. A quotation ends with its paragraph.

    >>> text = 'He told "60 Minutes": “As the Courier wrote, it is.”'
    >>> is_quoted(text, 9, 19), is_quoted(text, 31, 38)
    (False, True)
    """
    marks = list(_MARK.finditer(text, line_start(text, start, _LOOK_BACK), start))
    mark = marks[-1] if marks else None
    if mark is None or mark["opening"] is None:
        return False
    closing = _MARK.search(text, end, mark.end() + _LONGEST_TITLE)
    before = text[mark.end() : start]
    return before not in ("", "The ", "the ") or closing is None or closing["opening"] is not None
