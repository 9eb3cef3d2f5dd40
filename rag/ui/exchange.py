"""A question with its answer and its evidence, as markup."""

from dataclasses import dataclass

from rag.model import Answer, Article, Citation, Claim, Filters, Hit, Implication, Implied
from rag.ui.markup import Element, element
from rag.ui.places import Place
from rag.ui.reports import report_item
from rag.ui.segments import segments
from rag.ui.wording import count, day, days, describe, origins_and_reports, outlet_and_day

WITHOUT = "without "
"""Before the key of what a chip takes out, in its value."""

_IMPLIED = {
    Implication.SOURCE: "outlet",
    Implication.AUTHOR: "author",
    Implication.PUBLISHED: "date",
    Implication.LATEST: "time",
}

DOUBTFUL = 0.5
"""Below this confidence a reader is more often wrong than right, and people are told."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of a session, with what it was answered from the corpus of an epoch.

    `number` counts from 1, `seconds` is how long it took. `without` was taken out of what the question seems to imply.
    """

    number: int
    question: str
    filters: Filters
    answer: Answer
    seconds: float
    epoch: int = 0
    without: tuple[Implied, ...] = ()


def exchange_view(exchange: Exchange) -> Element:
    """The question, then the answer with its citations, or why there is none with the nearest evidence."""
    parts = _declined(exchange) if exchange.answer.abstained else _answered(exchange)
    return element("section", element("h2", exchange.question), _chips(exchange.answer), *parts, kind="exchange")


def implied_in(exchange: Exchange, value: str) -> Implied | None:
    """What a click on a chip takes out of what the question implies; None of any other click."""
    implied = exchange.answer.plan.implied if exchange.answer.plan else ()
    return next((each for each in implied if value == f"{WITHOUT}{each.key}"), None)


def _chips(answer: Answer) -> Element | None:
    """What the question was taken to say of the articles; each can be taken out, and is then asked without."""
    if answer.plan is None or not answer.plan.implied:
        return None
    chips = (
        element(
            "button",
            _told(each),
            " ×",
            type="button",
            value=f"{WITHOUT}{each.key}",
            aria_label=f"Ask without {_told(each)}",
        )
        for each in {each.key: each for each in answer.plan.implied}.values()
    )
    return element("div", element("span", "Preferred:"), *chips, kind="chips", role="group", aria_label="Preferred")


def _told(implied: Implied) -> str:
    """What is implied, in words."""
    return f"{_IMPLIED[implied.kind]}: {days(implied.days) if implied.days else implied.value}"


def _answered(exchange: Exchange) -> list[Element]:
    answer = exchange.answer
    parts = [element("div", *(_claim(claim, answer) for claim in answer.claims), kind="claims")]
    if answer.confidence is not None and answer.confidence < DOUBTFUL:
        parts.append(element("p", "Doubtful: read the sources before you rely on this.", kind="notice caution"))
    parts += [element("p", conflict, kind="notice caution") for conflict in answer.conflicts]
    parts.append(element("p", " · ".join([*_witnesses(answer), *_circumstances(exchange)]), kind="quiet"))
    parts.append(element("h3", "Sources", kind="label"))
    parts.append(element("ol", *(element("li", *_citation(citation)) for citation in answer.citations), kind="cards"))
    return parts


def _declined(exchange: Exchange) -> list[Element]:
    answer = exchange.answer
    assert answer.abstention is not None
    parts = [element("p", answer.abstention.explanation, kind="declined")]
    parts.append(element("p", " · ".join(_circumstances(exchange)), kind="quiet"))
    if answer.nearest:
        parts.append(element("h3", "The nearest that was found", kind="label"))
        parts.append(element("ol", *(element("li", _hit_card(hit)) for hit in answer.nearest), kind="cards"))
    return parts


def _claim(claim: Claim, answer: Answer) -> Element:
    """A sentence with the words that answer marked, a link to each of its citations, and the days that it means."""
    span = (claim.span.start, claim.span.end) if claim.span else (0, 0)
    sentence = [element("mark", cut.text) if cut.lit else cut.text for cut in segments(claim.text, *span)]
    cited = [citation for citation in answer.citations if citation.number in claim.citations]
    markers = [
        element(
            "a",
            f"[{citation.number}]",
            kind="marker",
            href=Place.of(citation).link,
            aria_label=f"Source {citation.number}: {citation.article.source or citation.article.title}",
        )
        for citation in cited
    ]
    return element("p", *sentence, *markers, *_days(claim))


def _days(claim: Claim) -> list[Element | str]:
    """The days that "on Monday" means; nothing when the sentence itself names them."""
    if claim.time is None or days(claim.time) in claim.text:
        return []
    return [" ", element("span", f"({days(claim.time)})", kind="quiet")]


def _witnesses(answer: Answer) -> list[str]:
    return [origins_and_reports(answer.origins, answer.reports)] if answer.reports else []


def _circumstances(exchange: Exchange) -> list[str]:
    """Under which filters a question was asked, and how long it took."""
    parts = [describe(exchange.filters)] if exchange.filters else []
    if exchange.without:
        parts.append(f"without {' and '.join(map(_told, exchange.without))}")
    if exchange.answer.as_of and not exchange.filters.as_of:
        parts.append(f"as of {day(exchange.answer.as_of)}")
    verb = "searched" if exchange.answer.abstained else "answered"
    return [*parts, f"{verb} in {max(exchange.seconds, 0.1):.1f} s"]


def _citation(citation: Citation) -> list[Element | None]:
    """The cited words on a card that leads to them, and folded below it who else tells the same."""
    quote = element("span", citation.quote, kind="quote")
    card = _card(str(citation.number), citation.article, citation.origin, quote, Place.of(citation))
    if not citation.reports:
        return [card]
    summary = element("summary", f"Also in {count(len(citation.reports), 'report')}")
    reports = (report_item(report) for report in citation.reports)
    return [card, element("details", summary, element("ul", *reports, kind="reports"), kind="also")]


def _hit_card(hit: Hit) -> Element:
    text = element("span", hit.passage.text, kind="quote passage")
    return _card(None, hit.passage.article, hit.origin, text, Place.of(hit.passage))


def _card(number: str | None, article: Article, origin: str | None, text: Element, place: Place) -> Element:
    body = element(
        "span",
        element("span", outlet_and_day(article, origin), kind="from"),
        element("span", article.title, kind="title"),
        text,
    )
    kind = "card" if number else "card unnumbered"
    return element("a", element("span", number, kind="number") if number else None, body, kind=kind, href=place.link)
