"""Values of the library as the JSON documents that `--json` and `--batch` write. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.diff import Paragraph, compare
from rag.model import Answer, Article, Citation, Claim, Hit, Plan, Ranking, Report, Version

if TYPE_CHECKING:
    from ingest.care import Checkup
    from ingest.report import IngestReport
    from rag.evaluation import Comparison, Run
    from rag.records import Backup, CorpusStatus, Facet, Fault, Withdrawal

Document = dict[str, Any]


def article_document(article: Article) -> Document:
    """What is known of an article."""
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "source": article.source,
        "authors": list(article.authors),
        "published_at": _time(article.published_at),
        "updated_at": _time(article.updated_at),
        "category": article.category,
    }


def ranking_document(ranking: Ranking) -> Document:
    """What `search` writes."""
    return {
        "query": ranking.query,
        "hits": [_hit(hit) for hit in ranking],
        "origins": ranking.origins,
        "reports": ranking.reports,
        "plan": _plan(ranking.plan),
        "timings": _timings(ranking.timings),
    }


def answer_document(answer: Answer) -> Document:
    """What `ask` writes. `reason` is a sentence for people; `reason_code` is one of the values of rag.model.Reason."""
    return {
        "question": answer.question,
        "text": answer.text,
        "abstained": answer.abstained,
        "reason": answer.abstention.explanation if answer.abstention else None,
        "reason_code": answer.abstention.reason.value if answer.abstention else None,
        "claims": [_claim(claim) for claim in answer.claims],
        "citations": [_citation(citation) for citation in answer.citations],
        "nearest": [_hit(hit) for hit in answer.nearest],
        "confidence": _number(answer.confidence),
        "origins": answer.origins,
        "reports": answer.reports,
        "conflicts": list(answer.conflicts),
        "as_of": _time(answer.as_of),
        "reader": answer.reader,
        "plan": _plan(answer.plan),
        "timings": _timings(answer.timings),
    }


def listing_document(articles: Iterable[Article], *, total: int, offset: int, limit: int) -> Document:
    """What `articles` writes: a page of articles, and how many there are in all."""
    return {
        "articles": [article_document(article) for article in articles],
        "total": total,
        "offset": offset,
        "limit": limit,
    }


def version_document(
    version: Version,
    versions: Iterable[Version],
    withdrawal: "Withdrawal | None",
    copies: Iterable[Article],
    same_story: Iterable[Article],
) -> Document:
    """What `show` writes: one version, and what is known of all; `withdrawn` says why the article is."""
    return {
        "article": article_document(version.article),
        "version": version.number,
        "versions": [_version(each) for each in versions],
        "text": version.text,
        "stub": version.article.stub,
        "furniture": [list(bounds) for bounds in version.furniture],
        "withdrawn": withdrawal.why if withdrawal else None,
        "copies": [article_document(copy) for copy in copies],
        "same_story": [article_document(report) for report in same_story],
    }


def difference_document(old: Version, new: Version) -> Document:
    """What `show --diff` writes. Joined, what is same or gone is the old text, and what is same or new the new one."""
    return {
        "article": article_document(new.article),
        "from": old.number,
        "to": new.number,
        "title": _changes(compare(old.article.title, new.article.title)),
        "changes": _changes(compare(old.text, new.text)),
    }


def report_document(report: "IngestReport") -> Document:
    """What `ingest` writes; with --dry-run, what would become of each item."""
    rehearsed = {
        "items": [
            {"item": planned.item, "action": planned.action, "id": planned.article_id, "title": planned.title}
            for planned in report.planned
        ]
    }
    return {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "withdrawn": report.withdrawn,
        "grouped": report.grouped,
        "rejected": [
            {"item": reject.item, "reason": reject.reason, "file": reject.file, "record": reject.record}
            for reject in report.rejected
        ],
        "notes": list(report.notes),
        "passages": report.passages,
        "embedded": report.embedded,
        "seconds": _number(report.seconds),
        "epoch": report.epoch,
        "stopped": report.stopped,
        "dry_run": report.dry_run,
        **(rehearsed if report.dry_run else {}),
    }


def status_document(
    status: "CorpusStatus", *, corpus: str, size: int, sources: Sequence["Facet"], categories: Sequence["Facet"]
) -> Document:
    """What `status` writes; `bytes` is the corpus folder's size on disk."""
    embedder = status.embedder
    return {
        "corpus": corpus,
        "articles": status.articles,
        "versions": status.versions,
        "passages": status.passages,
        "withdrawn": status.withdrawn,
        "embargoed": status.embargoed,
        "copy_groups": status.copy_groups,
        "articles_of_stories": status.articles_of_stories,
        "first_published": _time(status.first_published),
        "last_published": _time(status.last_published),
        "sources": [_facet(facet) for facet in sources],
        "categories": [_facet(facet) for facet in categories],
        "embedder": embedder
        and {
            "name": embedder.name,
            "dimension": embedder.dimension,
            "sha256": embedder.sha256,
            "arithmetic": dict(status.arithmetic),
        },
        "epoch": status.epoch,
        "bytes": size,
    }


def run_document(run: "Run", comparison: "Comparison | None" = None, report: Path | None = None) -> Document:
    """What `eval` writes: what was run, and its figures; a figure without a value says why."""
    return {
        "run": asdict(run.info),
        "finished": run.finished,
        "asked": len(run.results),
        "figures": [asdict(figure) for figure in run.figures],
        "rejected": [{"line": each.line, "reason": each.reason} for each in run.questions.rejected],
        "notes": list(run.notes()),
        "comparison": comparison and {**asdict(comparison), "tested": comparison.tested},
        "report": report and str(report),
    }


def checkup_document(checkup: "Checkup") -> Document:
    """What `doctor` writes: what was wrong, and what still is; after --compact, the bytes on disk before and now."""
    before, after = checkup.compacted or (None, None)
    return {
        "in_step": not checkup.left.faults,
        "passages": checkup.left.passages,
        "seconds": _number(checkup.left.seconds),
        "found": [_fault(fault) for fault in checkup.found.faults],
        "left": [_fault(fault) for fault in checkup.left.faults],
        "compacted": checkup.compacted and {"bytes_before": before, "bytes_after": after},
    }


def backup_document(backup: "Backup", file: str) -> Document:
    """What `backup` and `restore` write: what the file holds; `bytes` is the size of the database in it."""
    return {
        "file": file,
        "made_at": backup.made_at,
        "schema": backup.schema,
        "epoch": backup.epoch,
        "articles": backup.articles,
        "versions": backup.versions,
        "passages": backup.passages,
        "bytes": backup.bytes,
    }


def _fault(fault: "Fault") -> Document:
    return {
        "where": fault.where,
        "what": fault.what,
        "count": fault.count,
        "examples": list(fault.examples),
        "mendable": fault.mendable,
    }


def _hit(hit: Hit) -> Document:
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": _number(hit.score),
        "passage": passage.id,
        "article": article_document(passage.article),
        "version": passage.version,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "also_in": list(hit.also_in),
        "origin": hit.origin,
    }


def _plan(plan: Plan | None) -> Document | None:
    """What a question was taken to imply of the articles, and the parts that it was looked for in."""
    if plan is None:
        return None
    return {
        "implied": [
            {"kind": each.kind.value, "value": each.value, "start": each.start, "end": each.end}
            for each in plan.implied
        ],
        "parts": [{"query": part.query, "start": part.start, "end": part.end} for part in plan.parts],
    }


def _version(version: Version) -> Document:
    return {
        "version": version.number,
        "published_at": _time(version.article.published_at),
        "updated_at": _time(version.article.updated_at),
        "fetched_at": _time(version.fetched_at),
        "current": version.current,
        "revision": version.revision,
        "embargoed_until": _time(version.embargoed_until),
        "note": version.note,
        "dates": [
            {
                "kind": date.kind,
                "written": date.written,
                "origin": date.origin,
                "moment": _time(date.moment),
                "doubt": date.doubt,
            }
            for date in version.dates
        ],
    }


def _changes(paragraphs: Iterable[Paragraph]) -> list[Document]:
    return [{"kind": change.kind, "text": change.text} for paragraph in paragraphs for change in paragraph]


def _claim(claim: Claim) -> Document:
    span, time = claim.span, claim.time
    return {
        "text": claim.text,
        "citations": list(claim.citations),
        "support": _number(claim.support),
        "span": span
        and {"start": span.start, "end": span.end, "text": claim.text[span.start : span.end], "kind": span.kind},
        "time": time and {"from": time.first.isoformat(), "to": time.last.isoformat()},
    }


def _citation(citation: Citation) -> Document:
    return {
        "number": citation.number,
        "article": article_document(citation.article),
        "version": citation.version,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "also_in": list(citation.also_in),
        "origin": citation.origin,
        "reports": [_report(report) for report in citation.reports],
    }


def _report(report: Report) -> Document:
    """Where another article tells the same; a copy's `start` and `end` are 0."""
    return {
        "article": article_document(report.article),
        "version": report.version,
        "start": report.start,
        "end": report.end,
        "copy": report.is_copy,
        "origin": report.origin,
    }


def _facet(facet: "Facet") -> Document:
    return {"value": facet.value, "articles": facet.articles}


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _number(value: float | None) -> float | None:
    """A plain float, as JSON can say it: none of numpy's, and no NaN."""
    return float(value) if value is not None and isfinite(value) else None


def _timings(timings: Mapping[str, float]) -> dict[str, float]:
    return {step: round(float(milliseconds), 1) for step, milliseconds in timings.items() if isfinite(milliseconds)}
