import type { ModelSet } from '../onnx/index.ts'
import type { MrzReader } from './reading.ts'
import { createTesseractReader } from './tesseract-reader.ts'

/** The reader of this installation; it starts with the first picture, so that chip and face work never waits for it. */
export async function createMrzReader(_models: ModelSet): Promise<MrzReader> {
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
