"""Questions of an evaluation run, each with its evidence, its answer and its hits, as markup."""

from collections.abc import Iterable

from rag.evaluation import Outcome, QuestionView
from rag.evaluation.view import CitationView, ClaimView, EvidenceView, HitView
from rag.model import Article
from rag.ui.markup import Element, element
from rag.ui.places import Place
from rag.ui.wording import describe, outlet_and_day

_KINDS = {
    Outcome.RIGHT: "outcome good",
    Outcome.DECLINED_RIGHTLY: "outcome good",
    Outcome.WRONG: "outcome bad",
    Outcome.DECLINED_WRONGLY: "outcome bad",
}


def questions_view(views: Iterable[QuestionView]) -> Element:
    """The questions, each to be opened."""
    return element("div", *map(_question, views))


def _question(view: QuestionView) -> Element:
    question = view.question
    named = ", ".join(part for part in (question.id, question.type) if part)
    head = element(
        "summary",
        element("span", view.outcome.value, kind=_KINDS.get(view.outcome, "outcome")),
        question.text,
        " ",
        element("span", named, kind="quiet"),
    )
    body = [element("p", _expected(view)), *_filters(view)]
    body += _list("Evidence", "ul", map(_evidence, view.evidence))
    body += [element("h3", "Answer", kind="label"), *_answer(view)]
    body += _list("Citations", "ol", map(_citation, view.citations))
    body += _list("Hits", "ol", map(_hit, view.hits))
    return element("details", head, element("div", *body, _values(view)), kind="asked")


def _expected(view: QuestionView) -> str:
    question = view.question
    if question.answers:
        return f"Accepted: {' or '.join(f'“{answer}”' for answer in question.answers)}"
    if question.answerable is False:
        return "It is to be declined."
    return "No accepted answer is known."


def _filters(view: QuestionView) -> list[Element]:
    filters = view.question.filters
    return [element("p", describe(filters), kind="quiet")] if filters else []


def _list(title: str, tag: str, items: Iterable[Element]) -> list[Element]:
    listed = tuple(items)
    if not listed:
        return []
    return [element("h3", title, kind="label"), element("ol" if tag == "ol" else "ul", *listed)]


def _evidence(each: EvidenceView) -> Element:
    states = [f"in hit {each.rank}" if each.rank else "not found", "cited" if each.cited else ""]
    states.append("stands in no passage that could be found" if each.missing else "")
    quote = element("span", f"“{each.evidence.quote}” ", kind="quote") if each.evidence.quote else None
    link = element("a", each.evidence.url, href=Place(each.evidence.url).link)
    return element("li", quote, link, element("span", f" {', '.join(filter(None, states))}", kind="quiet"))


def _answer(view: QuestionView) -> list[Element]:
    given = view.result.answer
    if given.abstained:
        return [element("p", f"Declined: {given.reason}")]
    parts = [_claim(claim) for claim in view.claims]
    if given.confidence is not None:
        parts.append(element("p", f"confidence {given.confidence:.2f}", kind="quiet"))
    return parts


def _claim(each: ClaimView) -> Element:
    numbers = "".join(f"[{number}]" for number in each.claim.citations)
    marked = element("mark", each.marked) if each.marked else None
    return element("p", each.before, marked, f"{each.after} {numbers}", kind="quote")


def _citation(each: CitationView) -> Element:
    cited = each.cited
    place = Place(cited.article, cited.version, cited.start, cited.end)
    states = ["evidence" if cited.evidence else "", "" if cited.exact else "not exact"]
    return _found(f"[{cited.number}] ", each.article, place, each.quote, ", ".join(filter(None, states)))


def _hit(each: HitView) -> Element:
    hit = each.hit
    place = Place(hit.article, hit.version, hit.start, hit.end)
    states = ["evidence" if hit.evidence else "", "holds an accepted answer" if hit.answers else ""]
    return _found(f"{hit.rank}. ", each.article, place, each.excerpt, ", ".join(filter(None, states)))


def _found(number: str, article: Article | None, place: Place, words: str, state: str) -> Element:
    """Words of an article with a link to where they stand, while it is in the corpus."""
    named = element("a", article.title, href=place.link) if article else element("span", place.article)
    return element(
        "li",
        number,
        named,
        element("span", f" {outlet_and_day(article)}" if article else "", kind="quiet"),
        element("span", f" {state}", kind="outcome good") if state else None,
        element("p", words, kind="quote"),
    )


def _values(view: QuestionView) -> Element:
    taken = "; ".join(f"{name} {value:.2f}" for name, value in view.result.values.items())
    return element("p", taken, kind="quiet")
