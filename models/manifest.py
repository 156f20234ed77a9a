"""What the manifest says of a trained network. Nothing but the value is touched: other programs write the rest."""
import hashlib
import os
import re

MODELS = os.path.dirname(os.path.abspath(__file__))


def _record(before, after, value):
    """Writes `value` over what stands between the two patterns, in the one place where they match."""
    path = os.path.join(MODELS, 'manifest.json')
    with open(path, encoding='utf-8') as manifest:
        text, places = re.subn(rf'({before})[^",]+(?={after})', rf'\g<1>{value}', manifest.read())
    if places != 1:
        raise ValueError(f'the manifest has {places} places for {value}')
    with open(path, 'w', encoding='utf-8') as manifest:
        manifest.write(text)


def record_hash(file):
    """Of models/`file`."""
    path = os.path.join(MODELS, file)
    with open(path, 'rb') as content:
        digest = hashlib.sha256(content.read()).hexdigest()
    _record(rf'"file": "{re.escape(file)}",\s+"sha256": "', '"', digest)
    print(path, os.path.getsize(path), 'bytes', digest)


def record_pad_threshold(threshold):
    """The least score of a live face that the project's own detector of presentation attacks does not doubt."""
    _record('"threshold": ', r',\s+"advisory"', round(threshold, 3))
