"""Trains on what simulate.py made:

    python3 train.py POOL CHECKPOINT THOUSANDS [SEED] [START]

Shows the network so many thousand pictures, whole rounds of the pool as it is at the start of each, and writes the averaged
weights to CHECKPOINT after every round. Seeds are fixed; one thread; START goes on from the weights of another training."""
import copy
import glob
import math
import os
import sys
import time

import numpy as np
import torch
from torch import nn

from network import Network

BATCH, RATE, SMOOTHING = 64, 2e-3, 0.1


def pool(folder):
    shards = [np.load(path) for path in sorted(glob.glob(os.path.join(folder, 'train-[0-9]*.npz'))) if '.part' not in path]
    return np.concatenate([s['pictures'] for s in shards]), np.concatenate([s['labels'] for s in shards])


def as_input(pictures):
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float().contiguous(memory_format=torch.channels_last)


def varied(rng, pictures):
    """Mirrored, shifted by a few pixels, brighter, darker, tinted, or partly hidden."""
    out = pictures.astype(np.float32)
    for i in range(len(out)):
        picture = out[i]
        if rng.random() < 0.5:
            picture = picture[:, ::-1]
        dx, dy = rng.integers(-4, 5, 2)
        picture = np.pad(picture, ((4, 4), (4, 4), (0, 0)), 'edge')[4 + dy:100 + dy, 4 + dx:100 + dx]
        out[i] = (picture - 128) * rng.uniform(0.75, 1.25) + 128 + rng.uniform(-20, 20) + rng.normal(0, 6, 3)
        if rng.random() < 0.2:
            x, y = rng.integers(0, 80, 2)
            out[i, y:y + rng.integers(6, 24), x:x + rng.integers(6, 24)] = rng.uniform(0, 255, 3)
    return np.clip(out, 0, 255)


def liveness(model, pictures):
    model.eval()
    with torch.no_grad():
        parts = [torch.softmax(model(as_input(pictures[i:i + 128])), 1)[:, 0] for i in range(0, len(pictures), 128)]
    return torch.cat(parts).numpy()


def equal_error(live, attack):
    scores = np.sort(np.concatenate([live, attack]))
    rates = [(float((attack >= t).mean()), float((live < t).mean())) for t in scores[::max(1, len(scores) // 400)]]
    return min((max(pair), sum(pair) / 2) for pair in rates)[1]


def report(model, kept):
    scores, labels = liveness(model, kept['pictures']), kept['labels']
    live = scores[labels == 0]
    threshold = float(np.quantile(live, 0.03))
    rates = [f'{name} EER {100 * equal_error(live, scores[labels == k]):.2f} %, {100 * (scores[labels == k] >= threshold).mean():.1f} % pass'
             for k, name in ((1, 'print'), (2, 'replay'))]
    return f'at {threshold:.3f} (3 % of live doubted): ' + '; '.join(rates)


def train(folder, checkpoint, thousands, seed=0, start=None):
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    kept = np.load(os.path.join(folder, 'kept.npz'))
    model = Network().to(memory_format=torch.channels_last)
    if start:
        model.load_state_dict(torch.load(start))
    averaged = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.02)
    loss_of = nn.CrossEntropyLoss(label_smoothing=SMOOTHING)
    steps, step, begun = 1000 * thousands // BATCH, 0, time.process_time()
    while step < steps:
        pictures, labels = pool(folder)
        order, total = rng.permutation(len(pictures)), []
        for first in range(0, len(order) - BATCH + 1, BATCH):
            if step == steps:
                break
            step += 1
            chosen = np.sort(order[first:first + BATCH])
            rate = RATE * min(1, step / 200) * (0.5 * (1 + math.cos(math.pi * step / steps)) + 0.01)
            for group in optimiser.param_groups:
                group['lr'] = rate
            model.train()
            loss = loss_of(model(as_input(varied(rng, pictures[chosen]))), torch.from_numpy(labels[chosen].astype(np.int64)))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            average(averaged, model, min(0.995, step / (step + 20)))
            total.append(float(loss.detach()))
        torch.save(averaged.state_dict(), checkpoint)
        print(f'{step} of {steps} steps, {len(pictures)} pictures, {time.process_time() - begun:.0f} s of CPU, loss {np.mean(total):.4f}; {report(averaged, kept)}', flush=True)


def average(averaged, model, keep):
    with torch.no_grad():
        for mean, value in zip(averaged.state_dict().values(), model.state_dict().values()):
            if value.dtype.is_floating_point:
                mean.mul_(keep).add_(value, alpha=1 - keep)
            else:
                mean.copy_(value)


if __name__ == '__main__':
    folder, checkpoint, thousands, *rest = sys.argv[1:]
    train(folder, checkpoint, int(thousands), int(rest[0]) if rest else 0, rest[1] if len(rest) > 1 else None)
