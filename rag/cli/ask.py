"""`byline ask` and `byline search`."""

from typing import IO

import click

from rag.cli.batch import batch_option, run_batch
from rag.cli.documents import Document, answer_document, ranking_document
from rag.cli.invocation import Invocation, common_options, examples, write_json
from rag.cli.options import question_options
from rag.errors import UsageError
from rag.model import Filters
from rag.request import Request, read_question, read_text


@click.command(
    short_help="Answer a question, and show what the answer stands on.",
    epilog=examples(
        'byline ask "Who raised the oil forecast?"',
        'byline ask "What was the forecast?" --as-of 2024-04-01 --source Reuters',
        "byline ask --batch questions.jsonl",
    ),
)
@click.argument("question", nargs=-1, type=read_text)
@question_options
@click.option(
    "--llm",
    type=click.Choice(["none"]),
    expose_value=False,  # with one choice there is nothing to pass on
    help="Which language model writes the answer: none, the sentences are the articles' own.",
)
@batch_option
@common_options
def ask(invocation: Invocation, question: tuple[str, ...], filters: Filters, k: int, batch: IO[bytes] | None) -> None:
    """Answer QUESTION, with the exact words that each sentence of the answer stands on.

    A question that the articles do not answer is declined, with the reason and the nearest evidence. All articles are
    searched, unless options say which.
    """
    asked = _asked(question, batch)
    if batch is not None:
        with invocation.open_corpus() as corpus:

            def answered(request: Request) -> Document:
                return answer_document(corpus.ask(request.question, filters=request.filters, k=request.k))

            run_batch(batch, filters, k, answered)
        return
    with invocation.waiting("Reading what the articles say"), invocation.open_corpus() as corpus:
        answer = corpus.ask(asked, filters=filters, k=k)
    if invocation.as_json:
        write_json(answer_document(answer))
    else:
        from rag.cli.answer_page import show_answer
        from rag.cli.page import Page

        show_answer(Page(), answer)


@click.command(
    short_help="Find passages, without an answer.",
    epilog=examples(
        'byline search "oil forecast" -k 5',
        'byline search "oil forecast" --from 2024-03-01 --to 2024-03-31 --json',
        "byline search --batch queries.jsonl",
    ),
)
@click.argument("query", nargs=-1, type=read_text)
@question_options
@batch_option
@common_options
def search(invocation: Invocation, query: tuple[str, ...], filters: Filters, k: int, batch: IO[bytes] | None) -> None:
    """Find the passages nearest to QUERY, best first, without an answer.

    All articles are searched, unless options say which.
    """
    sought = _asked(query, batch)
    if batch is not None:
        with invocation.open_corpus() as corpus:

            def found(request: Request) -> Document:
                return ranking_document(corpus.search(request.question, filters=request.filters, k=request.k))

            run_batch(batch, filters, k, found)
        return
    with invocation.waiting("Searching"), invocation.open_corpus() as corpus:
        ranking = corpus.search(sought, filters=filters, k=k)
    if invocation.as_json:
        write_json(ranking_document(ranking))
    else:
        from rag.cli.answer_page import show_ranking
        from rag.cli.page import Page

        show_ranking(Page(), ranking)


def _asked(words: tuple[str, ...], batch: IO[bytes] | None) -> str:
    """The question, which needs no quotes around it; empty with --batch. Raises UsageError."""
    if batch is None:
        return read_question(" ".join(words))
    if words:
        raise UsageError("Give a question or --batch FILE, not both.")
    return ""
