import { expect, it } from 'vitest'
import { fakeEngine } from './fake-engine.ts'
import { form, post, serve } from './service.ts'

/** What identifies a person or a document, wherever a client may put it. */
const PERSONAL = ['ERIKSSON', 'ANNA', 'L898902C3', '1974-08-12', '740812', 'case-of-anna', 'secret-key', '127.0.0.1']

it('tells what happened and to nobody: no names, numbers, identifiers, keys or addresses', async () => {
  const engine = fakeEngine()
  const { origin, log } = await serve(engine)
  const page = new TextEncoder().encode('P<UTOERIKSSON<<ANNA<MARIA')
  const request = { id: 'case-of-anna' }
  const headers = { authorization: 'Bearer secret-key', 'x-request-id': 'case-of-anna', 'user-agent': 'ANNA' }
  await post(`${origin}/v1/verifications`, form({ page, request }), headers)
  await post(`${origin}/v1/verifications?name=ERIKSSON`, form({ page, request: '{"ERIKSSON' }), headers)
  await post(`${origin}/v1/verifications`, form({ ERIKSSON: page }), headers)
  await post(`${origin}/v1/mrz/L898902C3`, form({ page }), headers)
  engine.work = () => Promise.reject(new Error('cannot parse L898902C3 740812'))
  await post(`${origin}/v1/verifications`, form({ page, request }), headers)

  await expect.poll(() => log().match(/"status":500/)).toBeTruthy()
  const lines = log()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg === 'request')
  expect(lines.map(({ status }) => status)).toEqual([200, 400, 400, 404, 500])
  expect(lines[0]).toMatchObject({ method: 'POST', route: '/v1/verifications', verdict: 'undecided' })
  expect(lines[1]).toMatchObject({ problem: 'request-malformed' })
  expect(lines[3]).toMatchObject({ route: 'none', problem: 'not-found' })
  const withoutAddress = log().replace(/Server listening at [^"]*/, '')
  for (const personal of PERSONAL) expect(withoutAddress).not.toContain(personal)
})
