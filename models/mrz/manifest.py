"""What the manifest says of a trained network's file."""
import hashlib
import os
import re

MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')


def record_hash(file):
    """Writes the hash of models/`file` into the manifest."""
    path = os.path.join(MODELS, file)
    with open(path, 'rb') as content:
        digest = hashlib.sha256(content.read()).hexdigest()
    manifest = os.path.join(MODELS, 'manifest.json')
    with open(manifest, encoding='utf-8') as content:
        text = content.read()
    with open(manifest, 'w', encoding='utf-8') as content:
        content.write(re.sub(rf'("file": "{re.escape(file)}",\s+"sha256": ")[0-9a-f]+', rf'\g<1>{digest}', text))
    print(path, os.path.getsize(path), 'bytes', digest)
