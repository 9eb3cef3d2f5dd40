"""What is to be done with an item, given what is known of its article. Pure, and the same for the same input again."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from ingest.parse import Parsed, host_of
from rag.model import Article, Version
from rag.records import BY_HAND, Known, Withdrawal


class Action(StrEnum):
    """What becomes of an item."""

    ADD = "added"
    CHANGE = "changed"
    KEEP = "unchanged"
    WITHDRAW = "withdrawn"
    OLDER = "older"
    """A version of its own, but older than the one that is current, which stays so."""


def decide(parsed: Parsed, known: Known | None) -> Action:
    """What to do with an item (with its facts completed by `completed`).

    What was stored before is a repeat, whatever came after it, so that the same inputs come to rest. A text that was
    seen before is one too, unless the item says that it is newer than what is current: then the article was put back to
    what it was. An item that says it is older than what is current does not take its place; and what was withdrawn
    comes back only with what says that it is newer than the notice. Nor does a stub take the place of a whole article:
    a page that was fetched whole may show a paywall the next time.
    """
    if parsed.withdrawn:
        return _of_notice(parsed, known)
    if known is None or (known.last is None and known.withdrawal is None):
        return Action.ADD
    statement = parsed.statement
    if statement in known.statements:
        return Action.KEEP
    seen = any(content_hash == statement[0] for content_hash, *_ in known.statements)
    notice = known.withdrawal if known.withdrawal and known.withdrawal.why != BY_HAND else None
    if notice and not _is_newer_than_notice(parsed, known.last, notice):
        return Action.KEEP if seen else Action.OLDER
    if known.last is None:
        return Action.ADD
    if not seen:
        return Action.OLDER if _gives_way(parsed, known.last) else Action.CHANGE
    tells = _says_more if parsed.text_hash == known.last_text_hash else _goes_back
    return Action.CHANGE if notice or tells(parsed, known.last) else Action.KEEP


def completed(parsed: Parsed, known: Known | None) -> Parsed:
    """The item under its article's id; where its words are the current ones, with what is known of them besides.

    What an item leaves out is no change: a feed says less of an article than its page does.
    """
    if known is None:
        return parsed
    article = replace(parsed.article, id=known.article_id)
    if known.last is not None and parsed.text_hash == known.last_text_hash:
        article = _with_facts_of(article, known.last.article)
    return replace(parsed, article=article)


def _with_facts_of(article: Article, before: Article) -> Article:
    only_host = article.source == host_of(article.url)
    return replace(
        article,
        source=(before.source or article.source) if only_host else article.source or before.source,
        authors=article.authors or before.authors,
        published_at=article.published_at or before.published_at,
        category=article.category or before.category,
        language=article.language or before.language,
    )


def _of_notice(parsed: Parsed, known: Known | None) -> Action:
    if known is None:
        return Action.WITHDRAW
    if parsed.notice_hash in known.notices:
        return Action.KEEP
    if known.last is None:
        return Action.WITHDRAW
    notice = replace(parsed, article=replace(parsed.article, published_at=None))  # of the article, not of the notice
    came_back_since = _order(notice, known.last) < 0
    return Action.KEEP if came_back_since else Action.WITHDRAW


def _is_newer_than_notice(parsed: Parsed, last: Version | None, notice: Withdrawal) -> bool:
    """Whether an item says that it is newer than the notice, or, if that has no time, than what it withdrew."""
    if parsed.revision is not None and notice.revision is not None:
        return parsed.revision > notice.revision
    since = notice.stated_at or (_touched(last.article) if last else None)
    return _is_before(since, _touched(parsed.article))


def _says_more(parsed: Parsed, last: Version) -> bool:
    """Whether the words that are current come with another embargo, or with a new note, and not from an older item."""
    order = _order(parsed, last)
    if order < 0:
        return False
    said = parsed.embargoed_until is not None or parsed.revision is not None or order > 0
    embargo = said and parsed.embargoed_until != last.embargoed_until
    return embargo or (order > 0 and parsed.note is not None and parsed.note != last.note)


def _gives_way(parsed: Parsed, last: Version) -> bool:
    """Whether what is current is better than an item: whole, where that is a stub; else newer."""
    if bool(parsed.article.stub) != bool(last.article.stub):
        return bool(parsed.article.stub)
    return _order(parsed, last) < 0


def _goes_back(parsed: Parsed, last: Version) -> bool:
    """Whether another text that was seen before is stated to be newer than what became of its article since."""
    # When it was fetched does not tell here: two addresses of one article may give its text in two forms for ever.
    return _order(replace(parsed, fetched_at=None), last) > 0


def _order(parsed: Parsed, last: Version) -> int:
    """Whether an item is older (-1) or newer (1) than a version, as far as both say; else 0."""
    pairs = (
        (parsed.revision, last.revision),
        (_touched(parsed.article), _touched(last.article)),
        (parsed.fetched_at, _stated_fetch(last)),
    )
    for mine, theirs in pairs:
        if mine is not None and theirs is not None and mine != theirs:
            return -1 if mine < theirs else 1  # type: ignore[operator]  # a pair is of one type
    return 0


def _touched(article: Article) -> datetime | None:
    """When an article says that it was last worked on."""
    return article.updated_at or article.published_at


def _stated_fetch(version: Version) -> datetime | None:
    return next((date.moment for date in version.dates if date.kind == "fetched"), None)


def _is_before(first: datetime | None, second: datetime | None) -> bool:
    return first is not None and second is not None and first < second
