import inspect
import re

from rag import errors
from rag.errors import ArticleNotFound, BylineError, CorpusMismatch, CorpusNotFound, SchemaMismatch


def _tree(base: type[BylineError], depth: int = 0) -> list[tuple[int, str]]:
    return [
        (depth, base.__name__),
        *(line for sub in base.__subclasses__() if sub.__module__ == errors.__name__ for line in _tree(sub, depth + 1)),
    ]


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    drawn = re.findall(r"^([│├└─ ]*)(\w+) {2,}\S", errors.__doc__ or "", re.MULTILINE)
    named = [(len(branches) // 4, name) for branches, name in drawn]
    assert named == _tree(BylineError)


def test_every_error_of_the_module_is_in_the_tree_and_says_what_it_means() -> None:
    classes = [each for _, each in inspect.getmembers(errors, inspect.isclass)]
    assert all(issubclass(each, BylineError) and each.__doc__ for each in classes)
    assert {each.__name__ for each in classes} == {name for _, name in _tree(BylineError)}


def test_each_message_names_what_is_wrong_and_says_what_to_do() -> None:
    assert "byline ingest FILE --corpus news" in str(CorpusNotFound("news"))
    assert "'nobody'" in str(ArticleNotFound("nobody"))
    assert "99" in str(SchemaMismatch(99, 1))
    assert "newer Byline" in str(SchemaMismatch(99, 1))
    mismatch = str(CorpusMismatch("embedder", "this-model", "that-model"))
    assert mismatch.index("this-model") < mismatch.index("that-model") < mismatch.index("--corpus")
