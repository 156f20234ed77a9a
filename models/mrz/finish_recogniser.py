"""Goes on with the recogniser that train_recogniser.py left, on zones in OCR-B alone, as ICAO 9303-3 asks for it: many types teach
what a character may look like, but blur what tells 0 from O in this one.

    PYTHONPATH=.. python3 finish_recogniser.py MINUTES [WORKERS]"""
import sys
from functools import partial

import torch

import strips
from networks import Recogniser
from train_recogniser import CHECKPOINT, REPLAYED, loss_of, report
from training import default_workers, train

if __name__ == '__main__':
    model = Recogniser()
    model.load_state_dict(torch.load(CHECKPOINT))
    train(model, partial(strips.sample, ocrb_alone=True), loss_of, report, minutes=float(sys.argv[1]), replayed=REPLAYED, rate=4e-4,
          workers=int(sys.argv[2]) if len(sys.argv) > 2 else default_workers(), seed=77, checkpoint=CHECKPOINT)
