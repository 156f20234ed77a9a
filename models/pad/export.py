"""Writes the trained network as models/pad.onnx, its hash and its threshold into the manifest:

    python3 export.py FOLDER

FOLDER holds what train.py wrote. The threshold is the one that doubts 4 % of the live pictures of people who were not trained on."""
import hashlib
import json
import os
import sys

import numpy as np
import torch

from network import Network
from train import liveness, report

HERE = os.path.dirname(os.path.abspath(__file__))
DOUBTED = 0.04


def export(folder):
    model = Network()
    model.load_state_dict(torch.load(os.path.join(folder, 'pad.pt')))
    model.eval()
    kept = np.load(os.path.join(folder, 'kept.npz'))
    scores = liveness(model, kept['pictures'])
    threshold = float(np.quantile(scores[kept['labels'] == 0], DOUBTED))
    print(report(scores, kept['labels'], DOUBTED))
    path = os.path.join(HERE, '..', 'pad.onnx')
    torch.onnx.export(model, torch.zeros(1, 3, 96, 96), path, opset_version=13, input_names=['pixels'], output_names=['logits'])
    with open(path, 'rb') as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    manifest = os.path.join(HERE, '../manifest.json')
    with open(manifest, encoding='utf-8') as file:
        content = json.load(file)
    next(entry for entry in content['models'] if entry['id'] == 'pad')['sha256'] = digest
    content['fusion']['pad']['threshold'] = round(threshold, 3)
    with open(manifest, 'w', encoding='utf-8') as file:
        file.write(json.dumps(content, indent=2, ensure_ascii=False) + '\n')
    print(path, os.path.getsize(path), 'bytes', digest, 'threshold', round(threshold, 3))


if __name__ == '__main__':
    export(sys.argv[1])
