"""Writes the trained networks as ONNX beside the manifest, and their hashes into it. python3 export.py"""
import hashlib
import os
import re

import torch

from networks import Detector, Recogniser

HERE = os.path.dirname(os.path.abspath(__file__))


def export(model, name, shape, free):
    model.load_state_dict(torch.load(os.path.join(HERE, '../built/mrz', f'{name}.pt')))
    path = os.path.join(HERE, '..', f'mrz-{name}.onnx')
    torch.onnx.export(model.eval(), torch.zeros(shape), path, opset_version=13, input_names=['grey'], output_names=['found'], dynamic_axes=free)
    with open(path, 'rb') as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    manifest = os.path.join(HERE, '../manifest.json')
    with open(manifest, encoding='utf-8') as file:
        text = file.read()
    with open(manifest, 'w', encoding='utf-8') as file:
        file.write(re.sub(rf'("file": "mrz-{name}.onnx",\s+"sha256": ")[0-9a-f]+', rf'\g<1>{digest}', text))
    print(path, os.path.getsize(path), 'bytes', digest)


if __name__ == '__main__':
    export(Detector(), 'detector', (1, 1, 384, 384), {'grey': {2: 'height', 3: 'width'}, 'found': {2: 'rows', 3: 'columns'}})
    export(Recogniser(), 'recogniser', (2, 1, 32, 768), {'grey': {0: 'lines', 3: 'width'}, 'found': {0: 'lines', 1: 'frames'}})
