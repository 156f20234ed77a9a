import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Writes one compact JSON object as a line of standard output: what `--json` promises. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** Writes a line for people to standard output. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** Writes a message to standard error, where progress and complaints belong. */
export function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Colours text when standard output is a terminal and `NO_COLOR` is not set. */
export function paint(style: Style, text: string): string {
  const colourful = process.stdout.isTTY && !process.env.NO_COLOR
  return colourful ? styleText(style, text, { validateStream: false }) : text
}
