"""What all trainings share: worker processes make pictures while the network trains on those that are there, until a given time
is over. On a GPU when there is one; all arithmetic of convolutions in bfloat16, which processors with such instructions do in
half the time.

Every shard of pictures depends on its seed alone. How many are made, and how many steps are taken, depends on the machine."""
import copy
import math
import multiprocessing
import os
import time
from collections import deque

import cv2
import torch

ON_GPU = torch.cuda.is_available()
DEVICE = 'cuda' if ON_GPU else 'cpu'
AVERAGED_EVERY = 10  # steps
_make = None


def _begin(make):
    global _make
    _make = make
    os.nice(5)
    torch.set_num_threads(1)


def _run(seed):
    return _make(seed)


class Shards:
    """make(first), make(first + 1) and so on, by worker processes, ahead of their use but not without bound."""

    def __init__(self, make, first, workers):
        self.processes = multiprocessing.get_context('fork').Pool(workers, _begin, (make,))
        self.waiting, self.seed, self.ahead = deque(), first, 4 * workers + 4
        self._order()

    def _order(self):
        while len(self.waiting) < self.ahead:
            self.waiting.append(self.processes.apply_async(_run, (self.seed,)))
            self.seed += 1

    def next(self):
        shard = self.waiting.popleft().get()
        self._order()
        return shard

    def ready(self):
        """Those that are made, in the order of their seeds."""
        while self.waiting[0].ready():
            yield self.next()


class Replay:
    """The latest `size` rows of all columns that shards consist of, on the device."""

    def __init__(self, size):
        self.size, self.made, self.columns = size, 0, None

    def __len__(self):
        return min(self.made, self.size)

    def add(self, shard):
        fresh = [torch.from_numpy(column).to(DEVICE) for column in shard]
        if self.columns is None:
            self.columns = [torch.empty((self.size, *column.shape[1:]), dtype=column.dtype, device=DEVICE) for column in fresh]
        places = (self.made + torch.arange(len(fresh[0]), device=DEVICE)) % self.size
        for column, rows in zip(self.columns, fresh):
            column[places] = rows
        self.made += len(fresh[0])

    def draw(self, count):
        rows = torch.randint(len(self), (count,), device=DEVICE)
        return [column[rows] for column in self.columns]


def halved(model):
    """The model computed in bfloat16."""
    def run(x):
        with torch.autocast(DEVICE, dtype=torch.bfloat16):
            return model(x.contiguous(memory_format=torch.channels_last)).float()
    return run


def average(averaged, model, keep):
    with torch.no_grad():
        for mean, value in zip(averaged.state_dict().values(), model.state_dict().values()):
            if value.dtype.is_floating_point:
                mean.mul_(keep).add_(value, alpha=1 - keep)
            else:
                mean.copy_(value)


def train(model, make, loss_of, report, *, minutes, workers, replayed, rate, seed, checkpoint, weight_decay=1e-4):
    """Trains `model` for so many minutes on what `make` makes of seeds, shards of equally long arrays, the latest `replayed` rows
    again and again. `loss_of` is given the model and the rows that it may draw from. Every minute the averaged weights are
    written to `checkpoint`, and `report` says how good they are. The rate stays for half of the time and then falls to
    nothing."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)  # also because its threads do not survive a fork
    torch.backends.cudnn.benchmark = True
    torch.manual_seed(seed)
    make(seed)  # what it keeps for later, the workers inherit
    source, rows = Shards(make, seed * 1_000_000, workers), Replay(replayed)
    model = model.to(DEVICE, memory_format=torch.channels_last)
    averaged = copy.deepcopy(model).eval()
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=weight_decay)
    start, step, total, since, saved = time.monotonic(), 0, torch.zeros((), device=DEVICE), 0, 0
    while len(rows) < replayed / 100:
        rows.add(source.next())
    while (progress := (time.monotonic() - start) / (60 * minutes)) < 1:
        for shard in source.ready():
            rows.add(shard)
        step += 1
        for group in optimiser.param_groups:
            group['lr'] = rate * min(1, step / 200) * (1 if progress < 0.5 else 0.5 * (1 + math.cos(math.pi * (2 * progress - 1))))
        model.train()
        loss = loss_of(halved(model), rows)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimiser.step()
        total += loss.detach()
        if step % AVERAGED_EVERY == 0:
            average(averaged, model, min(0.99, step / (step + 20 * AVERAGED_EVERY)))
        if progress * minutes >= saved + 1:
            saved += 1
            print(f'{saved} of {minutes:g} minutes, {step} steps, {rows.made} rows made, loss {float(total) / (step - since):.4f}; {report(averaged)}', flush=True)
            total, since = torch.zeros_like(total), step
            save(averaged, checkpoint)
    print(f'{step} steps, {rows.made} rows made; {report(averaged)}', flush=True)
    save(averaged, checkpoint)
    source.processes.terminate()


def save(model, checkpoint):
    torch.save({name: value.cpu().contiguous() for name, value in model.state_dict().items()}, checkpoint + '.part')
    os.replace(checkpoint + '.part', checkpoint)


def default_workers():
    """All cores but the one that trains."""
    return max(1, (os.cpu_count() or 2) - 1)
