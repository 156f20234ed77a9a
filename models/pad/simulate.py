"""Simulates pictures to train and to validate on, before training, so that several trainings can share them:

    python3 simulate.py SOURCES OUT SHARDS

writes OUT/train-NNN.npz (1 000 pictures each, those that are there are kept) and OUT/kept.npz, pictures of the people that are not trained on."""
import os
import sys
import time

import numpy as np

from faces import load
from scenes import Maker

SHARD, KEPT = 1000, 2000


def simulate(maker, seed, count):
    rng = np.random.default_rng(seed)
    pictures, labels = zip(*(maker.sample(rng) for _ in range(count)))
    return np.stack(pictures), np.array(labels, np.uint8)


def write(path, maker, seed, count):
    if os.path.exists(path):
        return
    start = time.process_time()
    pictures, labels = simulate(maker, seed, count)
    np.savez(path + '.part.npz', pictures=pictures, labels=labels)
    os.replace(path + '.part.npz', path)
    print(f'{path}: {1000 * (time.process_time() - start) / count:.1f} ms a picture', flush=True)


if __name__ == '__main__':
    sources, out, shards = sys.argv[1], sys.argv[2], int(sys.argv[3])
    os.makedirs(out, exist_ok=True)
    train, kept = load(sources)
    print(f'{len(train)} sources, {len(kept)} kept', flush=True)
    write(os.path.join(out, 'kept.npz'), Maker(kept), 9, KEPT)
    maker = Maker(train)
    for shard in range(shards):
        write(os.path.join(out, f'train-{shard:03d}.npz'), maker, 1000 + shard, SHARD)
