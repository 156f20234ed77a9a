#!/bin/sh
# Trains the detector of presentation attacks again from nothing and writes models/pad.onnx, with its hash and threshold into
# the manifest:
#
#     ./train.sh [FOLDER_OF_FACE_PICTURES...]
#
# Needs, from Debian: python3-torch python3-opencv python3-numpy; and the project itself (npm ci). Without a folder it trains
# on drawn persons alone. Nobody whose picture is in a folder may be in a set that the detector is measured on.
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$here/../built/pad
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
# Large buffers come back from the allocator's own heap: a third less time than asking the kernel each time.
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=100000000
npx tsx "$here/sources.ts" "$work/sources" --persons 150 "$@"
python3 "$here/simulate.py" "$work/sources" "$work/pool" 60
python3 "$here/train.py" "$work/pool" "$work/pad.pt" 300
python3 "$here/export.py" "$work/pad.pt" "$work/pool"
