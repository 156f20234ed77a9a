/**
 * Works through the items with at most `limit` at a time and yields the answers in the items' order, each as soon as it
 * and all before it are there. At most a few times `limit` answers wait.
 */
export async function* inFlight<Item, Answer>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Answer>,
): AsyncGenerator<readonly [Item, Answer]> {
  const started: { readonly item: Item; readonly answer: Promise<Answer> }[] = []
  const first = async () => {
    const { item, answer } = started.shift()!
    return [item, await answer] as const
  }
  for (const item of items) {
    const answer = work(item)
    // Whoever awaits it hears of a failure; until then it is not unheard of.
    answer.catch(() => {})
    started.push({ item, answer })
    if (started.length >= limit) yield await first()
  }
  while (started.length > 0) yield await first()
}
