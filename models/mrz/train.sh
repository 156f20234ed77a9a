#!/bin/sh
# Trains both networks again from nothing and writes models/mrz-*.onnx:
#
#     ./train.sh [MINUTES]
#
# so many for each network (60). Needs, from Debian: python3-torch python3-opencv python3-pil libopenblas0-pthread fonts-ocr-b
# fonts-dejavu fonts-liberation fonts-freefont-ttf fonts-inconsolata fonts-jetbrains-mono fonts-noto-mono fonts-urw-base35; and
# from npm: bwip-js (npm ci). Cores make the pictures, all but one; a GPU is used where there is one.
set -e
cd "$(dirname "$0")"
export PYTHONPATH=.. OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
# Large buffers come back from the allocator's own heap: a third less time than asking the kernel each time.
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=100000000
python3 train_detector.py "${1:-60}"
python3 train_recogniser.py "${1:-60}"
python3 finish_recogniser.py 7
python3 export.py
# onnxruntime's tools need a younger numpy than Debian's torch.
python3 -m venv ../built/mrz/quantiser
../built/mrz/quantiser/bin/pip install --quiet onnxruntime==1.32.0 onnx==1.23.2 opencv-python-headless==5.0.0.93 pillow==13.0.0
../built/mrz/quantiser/bin/python quantise.py
