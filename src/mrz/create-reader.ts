import type { ModelSet } from '../onnx/index.ts'
import { createNetworkReader } from './network/network-reader.ts'
import type { MrzReader } from './reading.ts'
import { createTesseractReader } from './tesseract-reader.ts'

/**
 * The reader of this installation: our own networks or, where their models are missing, tesseract.js, which starts with
 * the first picture, so that chip and face work never waits for it.
 */
export async function createMrzReader(models: ModelSet): Promise<MrzReader> {
  const own = createNetworkReader(models)
  if (own) return own
  let reader: Promise<MrzReader> | undefined
  return {
    async read(picture) {
      reader ??= createTesseractReader()
      return (await reader).read(picture)
    },
    async close() {
      await (await reader)?.close()
    },
  }
}
