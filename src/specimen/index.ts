export { FORGERIES, type Forgery } from './forgery.ts'
export type { Photographer } from './gallery.ts'
export type { Expectation } from './specimen.ts'
export { issueSpecimens, MAX_COUNT, type SpecimenOptions, type WrittenSpecimens } from './write-specimens.ts'
