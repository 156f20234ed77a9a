"""Trains the detector on far pictures (any way up) and near ones in turn. python3 train_detector.py [STEPS [resume]]"""
import os
import sys

import numpy as np
import torch
from torch.nn import functional as F

import scenes
from networks import Detector
from training import train

FARS, NEARS = 8, 4
BUILD = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../built/mrz')


def batch(rng, pool):
    fars, nears = [], []
    high = 1 if rng.random() < 0.5 else 0  # all lie down or all stand
    for _ in range(FARS):
        images, truths, _, _ = pool[int(rng.integers(len(pool)))]
        k = int(rng.integers(len(images)))
        fars.append(scenes.turned(images[k], truths[k], (high + (2 if rng.random() < 0.3 else 0)) % 4))
    for _ in range(NEARS):
        _, _, images, truths = pool[int(rng.integers(len(pool)))]
        k = int(rng.integers(len(images)))
        nears.append((images[k], truths[k]))
    tensors = []
    for group in (fars, nears):
        for column in zip(*group):
            tensors.append(torch.from_numpy(np.stack(column).astype(np.float32)))
    return tensors


def part_loss(found, truth):
    mask = truth[:, 0]
    cross = F.binary_cross_entropy_with_logits(found[:, 0], mask)
    seen = torch.sigmoid(found[:, 0])
    overlap = 1 - (2 * (seen * mask).sum((1, 2)) + 20) / (seen.sum((1, 2)) + mask.sum((1, 2)) + 20)
    wrong = ((found[:, 1:] - truth[:, 1:]) ** 2).sum(1)
    return 4 * cross + overlap.mean() + (wrong * mask).sum() / (mask.sum() + 1)


def loss_of(model, far, far_truth, near, near_truth):
    return part_loss(model(far[:, None]), far_truth) + part_loss(model(near[:, None]), near_truth)


def report(model):
    """Share of far pictures with an overlap over 0.5 with the truth and the direction within 10 degrees."""
    images, truths, nears, near_truths = scenes.sample(77, 24)
    with torch.no_grad():
        for name, x, y in (('far', images, truths), ('near', nears, near_truths)):
            found, y = model(torch.from_numpy(x.astype(np.float32))[:, None]).numpy(), y.astype(np.float32)
            seen, mask = found[:, 0] > 0, y[:, 0] > 0.5
            has = mask.sum((1, 2)) > 0
            overlap = (seen & mask).sum((1, 2)) / np.maximum(1, (seen | mask).sum((1, 2)))
            angle = np.angle(np.sum((found[:, 1] + 1j * found[:, 2]) * np.conj(y[:, 1] + 1j * y[:, 2]) * mask, (1, 2)), deg=True)
            quiet = (seen.sum((1, 2)) < 8)[~has].mean() if (~has).any() else 1
            print(f'  {name}: overlap {overlap[has].mean():.3f}, above 0.5 {100 * (overlap[has] > 0.5).mean():.1f} %, direction right '
                  f'{100 * (np.abs(angle[has]) < 10).mean():.1f} %, negatives quiet {100 * quiet:.0f} %', flush=True)


if __name__ == '__main__':
    torch.set_num_threads(1)
    os.makedirs(BUILD, exist_ok=True)
    train(Detector(), scenes.sample, batch, loss_of, steps=int(sys.argv[1]) if len(sys.argv) > 1 else 3600, fresh_every=5,
          pool_size=250, rate=2.5e-3, seed=2, checkpoint=os.path.join(BUILD, 'detector.pt'), report=report, resume='resume' in sys.argv)
