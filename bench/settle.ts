const SETTLED_MS = 1500

/** Repeats the work until the compiler has settled, as in a service that has run for a second. */
export async function settle(work: () => Promise<unknown>): Promise<void> {
  for (const start = performance.now(); performance.now() - start < SETTLED_MS; ) await work()
}
