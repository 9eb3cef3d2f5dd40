"""One question's hits and answer to a result, with every measure that can be taken of it."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from ir_measures import RR, iter_calc, nDCG

from rag.corpus import Corpus
from rag.evaluation.gold import Gold
from rag.evaluation.judge import exact_match, f1, holds_answer, holds_quote, is_repeat, is_stance, same_words, shingles
from rag.evaluation.results import Cited, FoundHit, Given, Result, Said
from rag.evaluation.sets import Question
from rag.model import Answer, Citation, Claim, Hit

_RANKED = (nDCG @ 10, RR @ 10)
DEPTH = 10
"""Hits that the measures look at."""


def score(
    question: Question,
    gold: Gold,
    hits: Sequence[Hit],
    answer: Answer,
    corpus: Corpus,
    milliseconds: Mapping[str, float],
) -> Result:
    """The result of a question, from what search found and ask answered."""
    found = tuple(_found(question, gold, hit) for hit in hits)
    cited = tuple(_cited(gold, citation, corpus) for citation in answer.citations)
    values = {
        **_ranked(gold, hits[:DEPTH]),
        **_repeats(hits[:DEPTH]),
        **facts(question, found[:DEPTH]),
        **answers_found(question, found[:DEPTH]),
        **_answered(question, answer),
        **_citations(gold, cited),
        **_declined(question, answer),
    }
    return Result(question.id, found, _given(answer, cited), values, gold.missing, dict(milliseconds))


def _found(question: Question, gold: Gold, hit: Hit) -> FoundHit:
    passage = hit.passage
    carriers = {passage.article.id, *hit.also_in}
    evidence = tuple(
        number
        for number, (each, article) in enumerate(zip(gold.evidence, gold.articles, strict=True))
        if (holds_quote(passage.text, each.quote) if each.quote else article in carriers)
    )
    answers = not is_stance(question.answers) and holds_answer(passage.text, question.answers)
    place = (passage.id, passage.article.id, passage.version, passage.start, passage.end)
    return FoundHit(hit.rank, round(float(hit.score), 6), *place, evidence, answers)


def _cited(gold: Gold, citation: Citation, corpus: Corpus) -> Cited:
    text = corpus.article(citation.article.id, citation.version).text
    carriers = {citation.article.id, *citation.also_in}
    evidence = tuple(
        number
        for number, (each, article) in enumerate(zip(gold.evidence, gold.articles, strict=True))
        if (article in carriers or each.url in carriers) and (not each.quote or same_words(citation.quote, each.quote))
    )
    exact = text[citation.start : citation.end] == citation.quote
    place = (citation.article.id, citation.version, citation.start, citation.end)
    return Cited(citation.number, *place, tuple(citation.also_in), exact, evidence)


def _given(answer: Answer, cited: tuple[Cited, ...]) -> Given:
    if answer.abstention is not None:
        reason = {"reason_code": answer.abstention.reason.value, "reason": answer.abstention.explanation}
    else:
        reason = {}
    quotes = {citation.number: citation.quote for citation in answer.citations}
    return Given(
        **reason,
        confidence=None if answer.confidence is None else round(float(answer.confidence), 6),
        origins=answer.origins,
        reader=answer.reader,
        claims=tuple(_said(claim, quotes) for claim in answer.claims),
        citations=cited,
    )


def _said(claim: Claim, quotes: Mapping[int, str]) -> Said:
    own = claim.text if quotes.get(claim.citations[0]) != claim.text else None
    span = claim.span
    bounds = None if span is None else (span.start, span.end)
    return Said(claim.citations, round(float(claim.support), 6), bounds, "" if span is None else span.kind, own)


def _ranked(gold: Gold, hits: Sequence[Hit]) -> dict[str, float]:
    """The measures of trec_eval, at the places of hits: "in the first 5" means in the first 5 hits.

    So a hit takes its place even if all its evidence stands in an earlier one, as another passage of an article that is
    relevant as a whole does. What a hit stands for in copies is found with it; nDCG, which knows one document a place,
    takes that as if it came behind.
    """
    if not gold.evidence:
        return {}
    relevant = gold.judgements()
    places: list[list[str]] = []
    for hit in hits:
        earlier = set(chain.from_iterable(places))
        new = [document for document in dict.fromkeys(gold.documents(hit)) if document in relevant.keys() - earlier]
        places.append(new or [f"nothing new at {hit.rank}"])
    ranking = {document: -float(place) for place, document in enumerate(chain.from_iterable(places))}
    judged = iter_calc(_RANKED, {"q": relevant}, {"q": ranking})
    recalls = {f"R@{k}": len(relevant.keys() & chain.from_iterable(places[:k])) / len(relevant) for k in (5, 10)}
    return recalls | {str(metric.measure): float(metric.value) for metric in judged}


def _repeats(hits: Sequence[Hit]) -> dict[str, float]:
    """The share of hits that say what an earlier hit of another article says."""
    if not hits:
        return {}
    said = [shingles(hit.passage.text) for hit in hits]
    articles = [hit.passage.article.id for hit in hits]
    repeated = sum(
        is_repeat(each, [said[earlier] for earlier in range(place) if articles[earlier] != articles[place]])
        for place, each in enumerate(said)
    )
    return {"repeats@10": repeated / len(hits)}


def facts(question: Question, found: Sequence[FoundHit]) -> dict[str, float]:
    """MultiHop-RAG's measures (Tang and Yang, arXiv:2401.15391), and recall of the single facts, over the hits given.

    Empty when no evidence of the question has a quote.
    """
    quoted = {number for number, evidence in enumerate(question.evidence) if evidence.quote}
    if not quoted:
        return {}
    ranks = [hit.rank for hit in found if quoted & set(hit.evidence)]
    held = quoted & {number for hit in found for number in hit.evidence}
    return {
        "Hits@4": float(any(rank <= 4 for rank in ranks)),
        "Hits@10": float(bool(ranks)),
        "MRR@10": 1 / ranks[0] if ranks else 0.0,
        "fact recall@10": len(held) / len(quoted),
        "all facts@10": float(held == quoted),
    }


def answers_found(question: Question, found: Sequence[FoundHit]) -> dict[str, float]:
    """Whether an accepted answer stands in the first 1, 5 and 10 hits; empty when none can be looked for in a text."""
    if not _has_words(question):
        return {}
    return {f"answer in first {k}": float(any(hit.answers for hit in found[:k])) for k in (1, 5, 10)}


def _answered(question: Question, answer: Answer) -> dict[str, float]:
    """What can be said of the answer's words; `wrong` is what the risk-coverage curve counts."""
    values: dict[str, float] = {}
    short = _short(answer)
    if question.answerable and question.answers:
        values |= {"exact match": exact_match(short, question.answers), "F1": f1(short, question.answers)}
    right: bool | None = None
    if question.answerable is False:
        right = False
    elif _has_words(question):
        right = not answer.abstained and holds_answer(answer.text or "", question.answers)
        values["answer in the answer"] = float(right)
        values["answer in the span"] = float(any(holds_answer(span, question.answers) for span in _spans(answer)))
    if right is not None and not answer.abstained:
        values["wrong"] = float(not right)
        if question.answerable:
            values["right when answered"] = float(right)
    return values


def _citations(gold: Gold, cited: Sequence[Cited]) -> dict[str, float]:
    if not cited:
        return {}
    values = {"citations exact": _share(cited, lambda each: each.exact)}
    if gold.evidence:
        covered = {number for each in cited for number in each.evidence}
        values["citation precision"] = _share(cited, lambda each: bool(each.evidence))
        values["citation recall"] = len(covered) / len(gold.evidence)
    return values


def _declined(question: Question, answer: Answer) -> dict[str, float]:
    if question.answerable is None:
        return {}
    name = "declined, answerable" if question.answerable else "declined, unanswerable"
    return {name: float(answer.abstained)}


def _has_words(question: Question) -> bool:
    """Whether an accepted answer can be looked for in a text."""
    return bool(question.answerable and question.answers) and not is_stance(question.answers)


def _spans(answer: Answer) -> list[str]:
    return [claim.text[claim.span.start : claim.span.end] for claim in answer.claims if claim.span]


def _short(answer: Answer) -> str:
    """The marked words of the first claim, or else all of it."""
    if not answer.claims:
        return ""
    first = answer.claims[0]
    return first.text[first.span.start : first.span.end] if first.span else first.text


def _share(cited: Sequence[Cited], which: Callable[[Cited], bool]) -> float:
    return sum(map(which, cited)) / len(cited)
