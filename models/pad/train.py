"""Trains on simulated pictures, which are made meanwhile:

    PYTHONPATH=.. python3 train.py SOURCES FOLDER MINUTES [WORKERS]

writes the averaged weights to FOLDER/pad.pt every minute, and FOLDER/kept.npz, pictures of the people that are not trained on,
if it is not there."""
import os
import sys

import numpy as np
import torch
from torch import nn

from faces import load
from network import Network
from scenes import INPUT, Maker
from training import DEVICE, ON_GPU, Shards, default_workers, train

BATCH = 256 if ON_GPU else 64
SHARD, KEPT, KEPT_SEED = 200, 4000, 9
DOUBTED = 0.04  # of the live pictures of people who are not trained on, by the threshold
loss = nn.CrossEntropyLoss(label_smoothing=0.1)


def simulated(maker, seed):
    """A shard: pictures and what they are."""
    rng = np.random.default_rng(seed)
    pictures, labels = zip(*(maker.sample(rng) for _ in range(SHARD)))
    return np.stack(pictures), np.array(labels, np.uint8)


def kept_pictures(folder, faces, workers):
    path = os.path.join(folder, 'kept.npz')
    if not os.path.exists(path):
        maker = Maker(faces)
        source = Shards(lambda seed: simulated(maker, seed), KEPT_SEED, workers)
        pictures, labels = zip(*(source.next() for _ in range(KEPT // SHARD)))
        source.processes.terminate()
        np.savez(path, pictures=np.concatenate(pictures), labels=np.concatenate(labels))
    return np.load(path)


def as_input(pictures):
    return pictures.permute(0, 3, 1, 2).float()


def varied(pictures):
    """Mirrored, shifted by a few pixels, brighter, darker, tinted, or partly hidden."""
    def uniform(low, high, *shape):
        return low + (high - low) * torch.rand(len(pictures), *shape, device=DEVICE)

    line = torch.arange(INPUT, device=DEVICE)
    row = (line + uniform(-4, 5, 1).floor().long()).clamp(0, INPUT - 1)
    column = (line + uniform(-4, 5, 1).floor().long()).clamp(0, INPUT - 1)
    column = torch.where(uniform(0, 1, 1) < 0.5, INPUT - 1 - column, column)
    pictures = pictures[torch.arange(len(pictures), device=DEVICE)[:, None, None], row[:, :, None], column[:, None, :]].float()
    tint = uniform(-20, 20, 1) + 6 * torch.randn(len(pictures), 3, device=DEVICE)
    pictures = (pictures - 128) * uniform(0.75, 1.25, 1, 1, 1) + 128 + tint[:, None, None]
    top, left = uniform(0, 80, 1), uniform(0, 80, 1)
    hidden = ((line >= top) & (line < top + uniform(6, 24, 1)))[:, :, None] & ((line >= left) & (line < left + uniform(6, 24, 1)))[:, None, :]
    hidden = hidden & (uniform(0, 1, 1, 1) < 0.2)
    return torch.where(hidden[..., None], uniform(0, 255, 1, 1, 3), pictures).clamp(0, 255)


def loss_of(model, rows):
    pictures, labels = rows.draw(BATCH)
    return loss(model(as_input(varied(pictures))), labels.long())


def liveness(model, pictures, device='cpu'):
    model.eval()
    with torch.no_grad():
        parts = [torch.softmax(model(as_input(torch.from_numpy(pictures[i:i + 200]).to(device))), 1)[:, 0].cpu() for i in range(0, len(pictures), 200)]
    return torch.cat(parts).numpy()


def equal_error(live, attack):
    scores = np.sort(np.concatenate([live, attack]))
    rates = [(float((attack >= t).mean()), float((live < t).mean())) for t in scores[::max(1, len(scores) // 400)]]
    return min((max(pair), sum(pair) / 2) for pair in rates)[1]


def report(scores, labels):
    live = scores[labels == 0]
    threshold = float(np.quantile(live, DOUBTED))
    rates = [f'{name} EER {100 * equal_error(live, scores[labels == k]):.2f} %, {100 * (scores[labels == k] >= threshold).mean():.1f} % of {(labels == k).sum()} pass'
             for k, name in ((1, 'print'), (2, 'replay'))]
    return f'at {threshold:.3f} ({100 * DOUBTED:g} % of {len(live)} live doubted): ' + '; '.join(rates)


if __name__ == '__main__':
    sources, folder, minutes, *rest = sys.argv[1:]
    workers = int(rest[0]) if rest else default_workers()
    os.makedirs(folder, exist_ok=True)
    trained_on, others = load(sources)
    kept = kept_pictures(folder, others, workers)
    pictures, labels = kept['pictures'], kept['labels']
    maker = Maker(trained_on)
    print(f'{len(trained_on)} pictures to simulate with, {len(others)} kept', flush=True)
    train(Network(), lambda seed: simulated(maker, seed), loss_of, lambda model: report(liveness(model, pictures, DEVICE), labels),
          minutes=float(minutes), workers=workers, replayed=250_000, rate=2e-3, weight_decay=0.02, seed=1,
          checkpoint=os.path.join(folder, 'pad.pt'))
