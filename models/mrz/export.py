"""Writes the trained networks as ONNX: the detector beside the manifest, with its hash in it, the recogniser, still in
floating point, where quantise.py finds it. PYTHONPATH=.. python3 export.py"""
import os

import torch

from manifest import MODELS, record_hash
from networks import Detector, Recogniser

BUILD = os.path.join(MODELS, 'built/mrz')


def export(model, name, path, shape, free):
    model.load_state_dict(torch.load(os.path.join(BUILD, f'{name}.pt')))
    torch.onnx.export(model.eval(), torch.zeros(shape), path, opset_version=13, input_names=['grey'], output_names=['found'], dynamic_axes=free)


if __name__ == '__main__':
    export(Detector(), 'detector', os.path.join(MODELS, 'mrz-detector.onnx'), (1, 1, 384, 384), {'grey': {2: 'height', 3: 'width'}, 'found': {2: 'rows', 3: 'columns'}})
    record_hash('mrz-detector.onnx')
    export(Recogniser(), 'recogniser', os.path.join(BUILD, 'recogniser.onnx'), (2, 1, 32, 768), {'grey': {0: 'lines', 3: 'width'}, 'found': {0: 'lines', 1: 'frames'}})
