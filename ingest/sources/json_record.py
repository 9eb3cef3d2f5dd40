"""The text of one JSON record as an item; shared by the two JSON formats."""

from json import JSONDecodeError, JSONDecoder

from ingest.sources.decode import UNDECODABLE
from ingest.sources.items import LONGEST_RECORD, TOO_LONG, RawItem, Reject

# Not strict: raw tabs and newlines inside strings are common, and mean what they look like.
_DECODER = JSONDecoder(strict=False)


def json_record(where: str, text: str, encoding: str) -> RawItem | Reject:
    """The record, or why it is none. Of a key that is there twice the last counts, as everywhere in Python."""
    if len(text) > LONGEST_RECORD:
        return Reject(where, TOO_LONG)
    if UNDECODABLE in text:
        return Reject(where, f"it has bytes that are no {encoding}")
    try:
        record = _DECODER.decode(text)
    except RecursionError:
        return Reject(where, "it is nested too deeply")
    except JSONDecodeError as error:
        return Reject(where, f"it is no JSON: {error.msg} at character {error.pos + 1}")
    except ValueError:  # an integer of thousands of digits
        return Reject(where, "it holds a number that is too large")
    if not isinstance(record, dict):
        return Reject(where, "it is no JSON object")
    return RawItem(where, record)
