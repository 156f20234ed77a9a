"""Trains the detector on far pictures (any way up) and near ones in turn:

    PYTHONPATH=.. python3 train_detector.py MINUTES [WORKERS]"""
import os
import sys
from functools import lru_cache

import numpy as np
import torch
from torch.nn import functional as F

import scenes
from manifest import MODELS
from networks import Detector
from training import DEVICE, ON_GPU, default_workers, train

FARS, NEARS, UPSIDE_DOWN = (64, 32, 20) if ON_GPU else (8, 4, 2)
BUILD = os.path.join(MODELS, 'built/mrz')


def turned(images, truths, quarters):
    """Both by so many quarter turns to the left; the directions turn with them."""
    mask, cosine, sine = torch.rot90(truths, quarters, (2, 3)).unbind(1)
    for _ in range(quarters):
        cosine, sine = sine, -cosine
    return torch.rot90(images, quarters, (1, 2)), torch.stack([mask, cosine, sine], 1)


def part_loss(found, truth):
    mask = truth[:, 0]
    cross = F.binary_cross_entropy_with_logits(found[:, 0], mask)
    seen = torch.sigmoid(found[:, 0])
    overlap = 1 - (2 * (seen * mask).sum((1, 2)) + 20) / (seen.sum((1, 2)) + mask.sum((1, 2)) + 20)
    wrong = ((found[:, 1:] - truth[:, 1:]) ** 2).sum(1)
    return 4 * cross + overlap.mean() + (wrong * mask).sum() / (mask.sum() + 1)


def loss_of(model, rows):
    far, far_truth, near, near_truth = (column.float() for column in rows.draw(FARS))
    quarters = int(torch.randint(2, ()))  # all lie down or all stand
    over = turned(far[:UPSIDE_DOWN], far_truth[:UPSIDE_DOWN], quarters + 2)
    upright = turned(far[UPSIDE_DOWN:], far_truth[UPSIDE_DOWN:], quarters)
    far, far_truth = (torch.cat(both) for both in zip(over, upright))
    return part_loss(model(far[:, None]), far_truth) + part_loss(model(near[:NEARS, None]), near_truth[:NEARS])


@lru_cache(None)
def unseen():
    return scenes.sample(77, 48)


def report(model):
    """Overlap with the truth, the share with more than half, and with the direction right within 10 degrees."""
    images, truths, nears, near_truths = unseen()
    rates = []
    for name, x, y in (('far', images, truths), ('near', nears, near_truths)):
        with torch.no_grad():
            found, y = model(torch.from_numpy(x.astype(np.float32))[:, None].to(DEVICE)).cpu().numpy(), y.astype(np.float32)
        seen, mask = found[:, 0] > 0, y[:, 0] > 0.5
        has = mask.sum((1, 2)) > 0
        overlap = (seen & mask).sum((1, 2)) / np.maximum(1, (seen | mask).sum((1, 2)))
        angle = np.angle(np.sum((found[:, 1] + 1j * found[:, 2]) * np.conj(y[:, 1] + 1j * y[:, 2]) * mask, (1, 2)), deg=True)
        quiet = (seen.sum((1, 2)) < 8)[~has].mean() if (~has).any() else 1
        rates.append(f'{name}: overlap {overlap[has].mean():.3f}, above 0.5 {100 * (overlap[has] > 0.5).mean():.1f} %, direction right '
                     f'{100 * (np.abs(angle[has]) < 10).mean():.1f} %, negatives quiet {100 * quiet:.0f} %')
    return '; '.join(rates)


if __name__ == '__main__':
    os.makedirs(BUILD, exist_ok=True)
    train(Detector(), scenes.sample, loss_of, report, minutes=float(sys.argv[1]), replayed=8000, rate=2.5e-3,
          workers=int(sys.argv[2]) if len(sys.argv) > 2 else default_workers(), seed=2, checkpoint=os.path.join(BUILD, 'detector.pt'))
