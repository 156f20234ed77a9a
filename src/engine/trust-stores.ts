import { openTrustStore, type TrustStore } from '../chip/index.ts'
import { type TrustBundle, unbundleTrust } from './trust-bundle.ts'

/** How many parsed trust stores a thread keeps: the server's own, the one before a reload, a batch's others. */
const MAX_STORES = 4

/** The trust stores of one thread, each parsed once. */
export class TrustStores {
  readonly #stores = new Map<string, TrustStore>()

  open(bundle: TrustBundle): TrustStore {
    const store = this.#stores.get(bundle.id) ?? openTrustStore(unbundleTrust(bundle))
    this.#stores.delete(bundle.id)
    this.#stores.set(bundle.id, store)
    for (const oldest of this.#stores.keys()) if (this.#stores.size > MAX_STORES) this.#stores.delete(oldest)
    return store
  }
}
