export type { Deviation } from './deviation.ts'
export { Fault, type FaultKind, type FaultRecord } from './fault.ts'
export { rounded, roundedRate } from './figures.ts'
export {
  type Evidence,
  failed,
  indeterminate,
  type Json,
  notPerformed,
  type Outcome,
  passed,
  type Status,
} from './outcome.ts'
export { exactProportion, type Proportion, ruleOfThree, wilsonProportion } from './proportion.ts'
