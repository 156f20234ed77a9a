"""Trains the recogniser, by framewise cross-entropy on exact character positions:

    PYTHONPATH=.. python3 train_recogniser.py MINUTES [WORKERS]"""
import os
import sys
from functools import lru_cache

import numpy as np
import torch
from torch.nn import functional as F

import strips
from manifest import MODELS
from networks import Recogniser
from training import DEVICE, ON_GPU, default_workers, train

WINDOW, STEP = 384, 4
BATCH = 256 if ON_GPU else 64
BUILD = os.path.join(MODELS, 'built/mrz')
CHECKPOINT = os.path.join(BUILD, 'recogniser.pt')
REPLAYED = 60_000


def loss_of(model, rows):
    """On windows of half a line: the network sees no farther, so each costs half and a replayed line shows another part. Its
    contrast and noise are another's each time."""
    lines, targets = rows.draw(BATCH)
    count = WINDOW // STEP
    marked = (targets >= 0) & (targets != strips.BLANK)
    end = (marked * torch.arange(1, 1 + strips.WIDTH // STEP, device=DEVICE)).amax(1) + 2 * strips.PITCH // STEP
    room = (end - count + 1).clamp(1, strips.WIDTH // STEP - count + 1)
    start = (torch.rand(BATCH, device=DEVICE) * room).long()[:, None]
    wanted = targets.gather(1, start + torch.arange(count, device=DEVICE)).long()
    columns = STEP * start + torch.arange(WINDOW, device=DEVICE)
    seen = lines.gather(2, columns[:, None].expand(-1, strips.HEIGHT, -1))[:, None].float()
    contrast, noise = torch.rand(BATCH, device=DEVICE) * 0.3 + 0.85, torch.rand(BATCH, device=DEVICE) ** 2 * 0.1
    seen = seen * contrast[:, None, None, None] + torch.randn_like(seen) * noise[:, None, None, None]
    return F.nll_loss(model(seen).flatten(0, 1), wanted.flatten(), ignore_index=strips.IGNORED)


@lru_cache(None)
def unseen(held_out):
    return strips.sample(99, 60, held_out)


def report(model):
    """Frame accuracy on unseen zones, in the types that are trained on and in others."""
    rates = []
    for name, held_out in (('known types', False), ('held-out types', True)):
        xs, ys = unseen(held_out)
        with torch.no_grad():
            found = np.concatenate([model(torch.from_numpy(part.astype(np.float32))[:, None].to(DEVICE)).argmax(2).cpu().numpy()
                                    for part in np.array_split(xs, 4)])
        marked = (ys >= 0) & (ys != strips.BLANK)
        rates.append(f'{name} {100 * (found == ys)[marked].mean():.2f} % of character frames')
    return ', '.join(rates)


if __name__ == '__main__':
    os.makedirs(BUILD, exist_ok=True)
    train(Recogniser(), strips.sample, loss_of, report, minutes=float(sys.argv[1]), replayed=REPLAYED, rate=3e-3 if ON_GPU else 2e-3,
          workers=int(sys.argv[2]) if len(sys.argv) > 2 else default_workers(), seed=1, checkpoint=CHECKPOINT)
