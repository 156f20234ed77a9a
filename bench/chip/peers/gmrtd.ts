import { execFile, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Our program in Go; it imports gmrtd as a public module. */
const PROGRAM = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('./gmrtd/', import.meta.url)
    : new URL('../../../../bench/chip/peers/gmrtd/', import.meta.url),
)

/** Fetching the modules and compiling them, with room for a slow machine. */
const BUILD_MS = 10 * 60_000

export interface Question {
  readonly repeats: number
  readonly documents: readonly {
    readonly files: Readonly<Record<string, Uint8Array>>
    readonly anchors: readonly Uint8Array[]
  }[]
  readonly lists: readonly { readonly list: Uint8Array; readonly anchor: Uint8Array }[]
}

export interface ForeignVerdict {
  readonly verdict: 'accepted' | 'rejected' | 'panicked'
  readonly because: string
  /** CPU time of one verification. */
  readonly microseconds: number
}

export interface Answer {
  readonly documents: readonly ForeignVerdict[]
  readonly lists: readonly ForeignVerdict[]
}

/** Asks gmrtd; a sentence where it cannot be asked: no Go on this machine, or no way to its module. */
export async function askGmrtd(question: Question): Promise<Answer | string> {
  try {
    await promisify(execFile)('go', ['version'])
  } catch {
    return 'gmrtd was not asked: there is no Go on this machine'
  }
  const folder = mkdtempSync(join(tmpdir(), 'genkend-gmrtd-'))
  try {
    cpSync(PROGRAM, folder, { recursive: true })
    const build = (...args: string[]) => promisify(execFile)('go', args, { cwd: folder, timeout: BUILD_MS })
    try {
      await build('mod', 'tidy')
      await build('build', '-o', 'gmrtd', '.')
    } catch (error) {
      const [reason = ''] = String((error as { stderr?: string }).stderr)
        .split('\n')
        .filter((line) => /403|404|error|cannot|not/i.test(line))
      return `gmrtd was not asked: its Go module could not be had or built (${reason.trim()})`
    }
    return JSON.parse(await run(join(folder, 'gmrtd'), JSON.stringify(question, asBase64)))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function run(program: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] })
    const output: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString())
      else reject(new Error(`the program in Go ended with ${code}`))
    })
    child.stdin.end(input)
  })
}

/** JSON.stringify asks a Buffer for its own form before it asks here. */
function asBase64(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key]
  return original instanceof Uint8Array ? Buffer.from(original).toString('base64') : value
}
