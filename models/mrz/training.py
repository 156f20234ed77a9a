"""What both trainings share: a seeded stream of shards made by worker processes, replayed from a sliding pool, and
weights that are averaged over the last steps."""
import copy
import math
import multiprocessing
import os
import time
from collections import deque

import numpy as np
import torch


def _quiet():
    os.nice(5)
    import cv2
    cv2.setNumThreads(1)
    torch.set_num_threads(1)


def shards(make, first_seed, workers):
    """Shards in the order of their seeds, made ahead of their use but not without bound."""
    pool = multiprocessing.get_context('fork').Pool(workers, _quiet)
    waiting, seed = deque(), first_seed
    while True:
        while len(waiting) < 4 * workers + 4:
            waiting.append(pool.apply_async(make, (seed,)))
            seed += 1
        yield waiting.popleft().get()


def halved(model):
    """The model computed in bfloat16, which processors with such instructions do in half the time."""
    def run(x):
        with torch.cpu.amp.autocast(dtype=torch.bfloat16):
            return model(x.contiguous(memory_format=torch.channels_last)).float()
    return run


def train(model, make, batch, loss_of, *, steps, fresh_every, pool_size, rate, seed, checkpoint, workers=1, report=None, resume=False):
    """Runs `steps` steps. Every `fresh_every` steps a new shard enters the pool and, when it is full, the oldest leaves;
    so the outcome depends on the seed alone, not on how fast shards are made. With `resume` it starts from the weights in
    `checkpoint`, on shards of its own, and only lets the rate fall."""
    seed, steady = (seed + 200, 0.4) if resume else (seed, 0.5)
    if resume:
        model.load_state_dict(torch.load(checkpoint))
    torch.manual_seed(seed)
    model = model.to(memory_format=torch.channels_last)
    rng = np.random.default_rng(seed)
    averaged = copy.deepcopy(model).eval()
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=1e-4)
    pool, source, start, total = deque(maxlen=pool_size), shards(make, seed * 1_000_000, workers), time.time(), 0.0
    for _ in range(max(4, pool_size // 20)):
        pool.append(next(source))
    for step in range(1, steps + 1):
        if step % fresh_every == 0:
            pool.append(next(source))
        progress = step / steps
        now = rate * min(1, step / (20 if resume else 200)) * (1 if progress < steady else 0.5 * (1 + math.cos(math.pi * (progress - steady) / (1 - steady))) + 0.01)
        for group in optimiser.param_groups:
            group['lr'] = now
        model.train()
        loss = loss_of(halved(model), *batch(rng, pool))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimiser.step()
        keep = min(0.998, step / (step + 20))
        with torch.no_grad():
            for mean, value in zip(averaged.state_dict().values(), model.state_dict().values()):
                if value.dtype.is_floating_point:
                    mean.mul_(keep).add_(value, alpha=1 - keep)
                else:
                    mean.copy_(value)
        total += float(loss.detach())
        if step % 50 == 0:
            print(f'{step} of {steps}, {time.time() - start:.0f} s, loss {total / 50:.4f}', flush=True)
            total = 0.0
        if step % 250 == 0 or step == steps:
            torch.save(averaged.state_dict(), checkpoint + '.part')
            os.replace(checkpoint + '.part', checkpoint)
            if report:
                report(averaged)
    return averaged
