import type { MrzAnswer, MrzFrame } from '../mrz/read-document.ts'
import type { MrzReading } from '../mrz/reading.ts'
import { paint, print } from './output.ts'

/** Prints what was read, for people. */
export function printMrz(title: string, answer: MrzAnswer): void {
  print(paint('bold', title))
  for (const [i, frame] of (answer.frames ?? []).entries()) printFrame(i + 1, frame)
  if (answer.found) printReading(answer)
  else print(`  ${paint('yellow', '?')} no machine readable zone: ${answer.reason}`)
  answer.secondOpinion?.lines.forEach((line, i) => {
    const agreement = Math.round(100 * answer.secondOpinion!.agreement[i]!)
    print(`  ${line}  ${agreement} % as tesseract.js reads it`)
  })
  const { advice, zone } = answer.capture
  if (advice.code !== 'none') print(`  ${paint('yellow', '→')} ${advice.text}`)
  if (!zone) return
  const { pixelsPerCharacter, sharpness, contrast, glare } = zone
  const measures = [`${pixelsPerCharacter} pixels a character`, `sharpness ${sharpness}`, `contrast ${contrast}`]
  print(`  ${[...measures, `glare ${glare}`].join(', ')}`)
}

function printReading(reading: MrzReading): void {
  for (const line of reading.lines) print(`  ${line}`)
  const { document } = reading
  print(`  ${[document.givenNames, document.surname].filter(Boolean).join(' ')}, born ${document.dateOfBirth}`)
  print(`  ${document.format} ${document.issuingState} ${document.documentNumber}, expires ${document.dateOfExpiry}`)
  for (const [field, holds] of Object.entries(reading.checkDigits)) {
    print(`  ${holds ? paint('green', '✓') : paint('red', '✗')} check digit ${field}`)
  }
  for (const { line, column, read, repaired, because } of reading.corrections) {
    print(`  ${paint('yellow', '~')} line ${line}, column ${column}: ${read} read, ${repaired} taken (${because})`)
  }
  for (const field of reading.doubtful) {
    print(`  ${paint('yellow', '?')} ${field} is doubtful, confidence ${reading.confidences[field]!.toFixed(3)}`)
  }
  for (const doubt of reading.doubts ?? []) print(`  ${paint('yellow', '?')} ${doubt}`)
  const verdict = reading.accepted ? paint('green', 'may be relied on') : paint('yellow', 'may not be relied on')
  print(`  ${verdict}, confidence ${reading.confidence.toFixed(3)}`)
}

function printFrame(number: number, { use, confidence, capture }: MrzFrame): void {
  const alone = confidence === undefined ? '' : `, confidence ${confidence.toFixed(3)} alone`
  print(`  frame ${number}: ${use}${alone}${capture.advice.code === 'none' ? '' : ` (${capture.advice.code})`}`)
}
