import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { fakeEngine } from './fake-engine.ts'
import { form, post, serve } from './service.ts'

const page = () => form({ page: new Uint8Array(4) })

it('answers what is under way, takes nothing new, and waits for no idle connection', async () => {
  const engine = fakeEngine()
  let finish = () => {}
  const arrived = new Promise<void>((resolve) => {
    engine.work = () =>
      new Promise((done) => {
        finish = done
        resolve()
      })
  })
  const service = await serve(engine)
  const { port } = new URL(service.origin)
  const silent = connect(Number(port), '127.0.0.1')
  await new Promise((resolve) => silent.once('connect', resolve))

  const answer = post(`${service.origin}/v1/verifications`, page())
  await arrived
  const closed = service.close()
  await new Promise((resolve) => setTimeout(resolve, 100))
  await expect(fetch(`${service.origin}/healthz`)).rejects.toThrow()
  finish()
  expect((await answer).status).toBe(200)
  const begin = performance.now()
  await closed
  expect(performance.now() - begin).toBeLessThan(1000)
  silent.destroy()
})
