export { exactProportion, type Proportion, ruleOfThree, wilsonProportion } from '../../src/check/index.ts'
export {
  type ComparisonTrials,
  type DetPoint,
  detCurve,
  type ErrorRates,
  equalErrorRate,
  errorRatesAt,
  falseRejectAt,
  thresholdAt,
} from './comparison.ts'
export { describeProportion, percent } from './describe.ts'
export { type DetSeries, drawDetCurves } from './det-curve.ts'
export { type AttackRates, attackRates, type Presentation } from './presentation-attack.ts'
