"""Trains the recogniser: framewise cross-entropy on exact character positions. python3 train_recogniser.py [STEPS [resume]]"""
import os
import sys

import numpy as np
import torch
from torch.nn import functional as F

import strips
from networks import Recogniser
from training import train

WINDOW, BATCH = 384, 64
BUILD = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../built/mrz')


def batch(rng, pool):
    """Windows of half a line: the network sees no farther, so each costs half and a replayed line shows another part."""
    xs, ys = np.empty((BATCH, 1, 32, WINDOW), np.float32), np.empty((BATCH, WINDOW // 4), np.int64)
    for i in range(BATCH):
        lines, targets = pool[int(rng.integers(len(pool)))]
        k = int(rng.integers(len(lines)))
        used = 4 * (np.flatnonzero((targets[k] >= 0) & (targets[k] != strips.BLANK))[-1] + 1) + 32
        start = 4 * int(rng.integers(0, max(1, (used - WINDOW) // 4 + 1)))
        start = min(start, strips.WIDTH - WINDOW)
        xs[i, 0] = lines[k][:, start:start + WINDOW]
        ys[i] = targets[k][start // 4:(start + WINDOW) // 4]
    return torch.from_numpy(xs), torch.from_numpy(ys)


def loss_of(model, x, y):
    return F.nll_loss(model(x).flatten(0, 1), y.flatten(), ignore_index=strips.IGNORED)


def report(model):
    """Frame accuracy on unseen zones, OCR-B and held-out fonts."""
    for name, held_out in (('ocr-b', False), ('held-out fonts', True)):
        xs, ys = strips.sample(99, 30, held_out)
        with torch.no_grad():
            found = model(torch.from_numpy(xs.astype(np.float32))[:, None]).argmax(2).numpy()
        marked = (ys >= 0) & (ys != strips.BLANK)
        print(f'  {name}: {100 * (found == ys)[marked].mean():.2f} % of character frames', flush=True)


if __name__ == '__main__':
    torch.set_num_threads(1)
    os.makedirs(BUILD, exist_ok=True)
    train(Recogniser(), strips.sample, batch, loss_of, steps=int(sys.argv[1]) if len(sys.argv) > 1 else 4000, fresh_every=3,
          pool_size=400, rate=2e-3, seed=1, checkpoint=os.path.join(BUILD, 'recogniser.pt'), report=report, resume='resume' in sys.argv)
