"""The cross-encoder adapter, over a tiny model that is made here: what it says is noise, but the same each time."""

from pathlib import Path

import pytest

from rag.errors import ModelError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    from rag.adapters.sbert import _bundled

    made = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = AutoTokenizer.from_pretrained(_bundled())
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=1.0,
    )
    config.num_labels = 1
    torch.manual_seed(1)
    BertForSequenceClassification(config).save_pretrained(made)
    tokenizer.save_pretrained(made)
    return made


def test_each_text_gets_a_score_that_depends_on_both(folder: Path) -> None:
    from rag.adapters.cross_encoder import SentenceTransformersReranker

    reranker = SentenceTransformersReranker(str(folder))
    texts = ["The bridge opened on Monday.", "Rents fell.", "The bridge opened on Monday."]
    scores = reranker.scores("When did the bridge open?", texts)
    assert scores.shape == (3,)
    assert scores[0] == pytest.approx(scores[2], abs=1e-4)
    assert scores[0] != pytest.approx(scores[1], abs=1e-4)
    assert scores[0] != pytest.approx(reranker.scores("Who sank?", texts)[0], abs=1e-4)
    assert reranker.scores("Who sank?", []).shape == (0,)


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    from rag.adapters.cross_encoder import SentenceTransformersReranker

    with pytest.raises(ModelError, match="nothing"):
        SentenceTransformersReranker(str(tmp_path / "nothing"))
