import type { Evidence } from '../../check/index.ts'

/** Reports an oddity of the file that is being read: a deviation's code, without the part that names the file. */
export type Note = (code: string, evidence?: Evidence) => void
