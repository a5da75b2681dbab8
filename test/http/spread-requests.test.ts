import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Hono } from 'hono'
import type { AppEnv } from '#http/deps.ts'
import { spreadRequests } from '#http/spread-requests.ts'

/** An application whose requests take `ms` each by a clock of its own, and what happened in which turn of the loop. */
function subject(ms: number) {
  const happened: string[] = []
  let now = 0
  const app = new Hono<AppEnv>()
  app.use(spreadRequests(setImmediate, () => now))
  app.get('*', (c) => {
    now += ms
    happened.push(c.req.path)
    return c.text('')
  })
  return { app, happened }
}

/** The paths that were answered, with `|` for each turn of the loop. */
async function follow({ app, happened }: ReturnType<typeof subject>, paths: string[]): Promise<string> {
  let isOver = false
  const turn = (): void => {
    happened.push('|')
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  await Promise.all(paths.map((path) => app.request(path)))
  isOver = true
  return happened.join(' ')
}

describe('requests that come at once', () => {
  it('begin in one turn while they take little', async () => {
    assert.match(await follow(subject(1), ['/1', '/2', '/3', '/4']), /^\/1 \/2 \/3 \/4/)
  })

  it('begin in turns of their own, in their order, when each takes long', async () => {
    assert.match(await follow(subject(20), ['/1', '/2', '/3', '/4']), /^\/1 (\| )+\/2 (\| )+\/3 (\| )+\/4/)
  })

  it('do not hold up the question whether the server is alive', async () => {
    assert.match(await follow(subject(20), ['/1', '/2', '/3', '/healthz']), /^\/1 \/healthz (\| )+\/2 (\| )+\/3/)
  })
})
