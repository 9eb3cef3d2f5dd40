"""The text of one JSON record as an item; shared by the two JSON formats."""

from json import JSONDecodeError, JSONDecoder

from ingest.sources.decode import UNDECODABLE
from ingest.sources.items import LONGEST_RECORD, TOO_LONG, RawItem, Reject
from ingest.sources.json_feed import json_feed_item
from ingest.sources.ninjs import ninjs_item

# Not strict: raw tabs and newlines inside strings are common, and mean what they look like.
_DECODER = JSONDecoder(strict=False)


def json_record(file: str, record: str, text: str, encoding: str) -> RawItem | Reject:
    """The record, or why it is none. Of a key that is there twice the last counts, as everywhere in Python.

    News items of agencies (ninjs) and of JSON Feeds come with the names that ingest.parse knows.
    """
    if len(text) > LONGEST_RECORD:
        return Reject(file, TOO_LONG, record)
    if UNDECODABLE in text:
        return Reject(file, f"it has bytes that are no {encoding}", record)
    try:
        fields = _DECODER.decode(text)
    except RecursionError:
        return Reject(file, "it is nested too deeply", record)
    except JSONDecodeError as error:
        return Reject(file, f"it is no JSON: {error.msg} at character {error.pos + 1}", record)
    except ValueError:  # an integer of thousands of digits
        return Reject(file, "it holds a number that is too large", record)
    if not isinstance(fields, dict):
        return Reject(file, "it is no JSON object", record)
    return ninjs_item(file, record, fields) or json_feed_item(file, record, fields) or RawItem(file, fields, record)
