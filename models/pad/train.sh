#!/bin/sh
# Trains the detector of presentation attacks again from nothing and writes models/pad.onnx, with its hash and threshold into
# the manifest:
#
#     ./train.sh MINUTES [FOLDER_OF_FACE_PICTURES...]
#
# Needs, from Debian: python3-torch python3-opencv python3-numpy; and the project itself (npm ci). Without a folder it trains
# on drawn persons alone. Nobody whose picture is in a folder may be in a set that the detector is measured on. Cores make the
# pictures, all but one; a GPU is used where there is one.
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$here/../built/pad
minutes=$1
shift
export PYTHONPATH="$here/.." OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
# Large buffers come back from the allocator's own heap: a third less time than asking the kernel each time.
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=100000000
npx tsx "$here/sources.ts" "$work/sources" --persons 300 "$@"
python3 "$here/train.py" "$work/sources" "$work" "$minutes"
python3 "$here/export.py" "$work"
