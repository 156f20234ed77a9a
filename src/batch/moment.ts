import { Fault } from '../check/index.ts'

/** A moment as callers write it: an ISO 8601 date, or date and time with an offset. Throws `moment-malformed`. */
export function readMoment(text: string): Date {
  const shape = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/
  const moment = new Date(text)
  if (!shape.test(text) || Number.isNaN(moment.getTime())) {
    throw new Fault('moment-malformed', 'malformed', 'a moment is written as 2026-11-24 or 2026-11-24T12:00:00Z')
  }
  return moment
}
