import { setFlagsFromString } from 'node:v8'

/**
 * Decoded pictures lie outside V8's heap, but V8 counts them as its growth: with the heap of some 15 MB that a thread has,
 * every verification would bring one or two full collections, a fifth of its CPU. A thread whose heap may reach this many
 * MB before the first one has a full collection in some forty verifications; pictures go with the quick ones.
 */
const ROOM_MB = 64

/** For the threads that this process starts from now on: worker threads take no such option of their own. */
export function giveThreadsHeapRoom(): void {
  setFlagsFromString(`--initial-heap-size=${ROOM_MB}`)
}
