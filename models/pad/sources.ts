import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createFaceAnalyser, eyeCentres, type FaceAnalyser, MESH, meshPoint, midpoint } from '../../src/face/index.ts'
import sharp from '../../src/image/codec.ts'
import { decodePicture, type Picture } from '../../src/image/index.ts'
import { openModels } from '../../src/onnx/index.ts'
import { randomPerson } from '../../src/specimen/person/random-person.ts'
import { type CutOut, cutOut } from './persons.ts'

/**
 * Prepares the faces that attacks are simulated on:
 *
 *     npx tsx models/pad/sources.ts OUT [--persons N] [PICTURES...]
 *
 * N persons who do not exist, drawn in several views, and, when folders are named, every picture in them that shows one
 * large face. OUT then holds `NNNNN.webp` (persons with their coverage as alpha) and `sources.json`: file, subject, and the
 * points that place the crop: eye centres, outer eye corners, mouth and chin, in pixels.
 */
const VIEWS = 6
/** Persons are numbered from here: far from the seeds of the cast. */
const FIRST_SEED = 70_000

interface Source {
  readonly file: string
  readonly subject: string
  readonly points: readonly (readonly [number, number])[]
}

async function prepare(out: string, persons: number, folders: readonly string[]): Promise<void> {
  await mkdir(out, { recursive: true })
  const models = await openModels({ roles: ['face-detection', 'face-mesh', 'face-recognition'] })
  const faces = createFaceAnalyser(models)
  const sources: Source[] = []
  const keep = async (subject: string, picture: Picture, shown: CutOut | Picture) => {
    const points = await pointsOf(faces, picture)
    if (!points) return
    const file = `${String(sources.length).padStart(5, '0')}.webp`
    await writeFile(join(out, file), await webp(shown))
    sources.push({ file, subject, points })
  }
  for (let i = 0; i < persons; i++) {
    const person = randomPerson(FIRST_SEED + i)
    for (let view = 0; view < VIEWS; view++) {
      const drawn = cutOut(person, FIRST_SEED + 1000 * view + i)
      await keep(person.id, opaque(drawn), drawn)
    }
  }
  for (const folder of folders) {
    for (const name of (await readdir(folder)).filter((file) => /\.(jpe?g|png)$/i.test(file)).sort()) {
      const picture = await decodePicture(await readFile(join(folder, name)))
      await keep(subjectOf(name), picture, picture)
    }
  }
  await writeFile(join(out, 'sources.json'), JSON.stringify(sources))
  await models.close()
  console.log(`${sources.length} pictures of ${new Set(sources.map(({ subject }) => subject)).size} people`)
}

/** `Name_0001.jpg` is a picture of Name. */
const subjectOf = (file: string): string => basename(file).replace(/[_-]?\d*\.[^.]+$/, '')

async function pointsOf(faces: FaceAnalyser, picture: Picture): Promise<Source['points'] | undefined> {
  const geometry = await faces.locate(picture)
  if ('reason' in geometry || geometry.rival > 0.5) return undefined
  const { mesh } = geometry
  const mouth = midpoint(meshPoint(mesh, MESH.mouthRight), meshPoint(mesh, MESH.mouthLeft))
  const outer = [MESH.rightEye.outer, MESH.leftEye.outer].map((index) => meshPoint(mesh, index))
  return [...eyeCentres(mesh), ...outer, mouth, meshPoint(mesh, MESH.chin)].map(({ x, y }) => [x, y] as const)
}

function webp({ width, height, data }: CutOut | Picture): Promise<Buffer> {
  const channels = data.length === 4 * width * height ? 4 : 3
  return sharp(data, { raw: { width, height, channels } }).webp({ quality: 95 }).toBuffer()
}

function opaque({ width, height, data }: CutOut): Picture {
  return { width, height, data: data.filter((_, index) => index % 4 !== 3) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out = '', ...rest] = process.argv.slice(2)
  const at = rest.indexOf('--persons')
  const [, count] = at < 0 ? [] : rest.splice(at, 2)
  await prepare(out, Number(count ?? 160), rest)
}
