"""Writes the trained network as models/pad.onnx, its hash and its threshold into the manifest:

    PYTHONPATH=.. python3 export.py FOLDER

FOLDER holds what train.py wrote. The threshold is the one that doubts 4 % of the live pictures of people who were not trained on."""
import os
import sys

import numpy as np
import torch

from manifest import MODELS, record_hash, record_pad_threshold
from network import Network
from train import DOUBTED, liveness, report


def export(folder):
    model = Network()
    model.load_state_dict(torch.load(os.path.join(folder, 'pad.pt')))
    model.eval()
    kept = np.load(os.path.join(folder, 'kept.npz'))
    scores = liveness(model, kept['pictures'])
    threshold = float(np.quantile(scores[kept['labels'] == 0], DOUBTED))
    print(report(scores, kept['labels']))
    torch.onnx.export(model, torch.zeros(1, 3, 96, 96), os.path.join(MODELS, 'pad.onnx'), opset_version=13, input_names=['pixels'], output_names=['logits'])
    record_hash('pad.onnx')
    record_pad_threshold(threshold)


if __name__ == '__main__':
    export(sys.argv[1])
