import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Hono } from 'hono'
import type { AppEnv } from '#http/deps.ts'
import type { Limits } from '#http/limits/client-limits.ts'
import { Refusal } from '#http/problem.ts'
import { spreadRequests } from '#http/spread-requests.ts'

/** An application whose requests take `ms` each by a clock of its own, and what happened in which turn of the loop. */
function subject(ms: number) {
  const happened: string[] = []
  let now = 0
  const app = new Hono<AppEnv>()
  app.use((c, next) => {
    c.set('limits', {
      callerOf: () => ({ client: c.req.header('client'), signal: c.req.raw.signal }),
    } as Partial<Limits> as Limits)
    return next()
  })
  app.use(spreadRequests(setImmediate, () => now))
  app.onError((error, c) => c.text(error instanceof Refusal ? error.code : String(error), 503))
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

  it('of another client is not behind all of the first, and those of who has left are not begun', async () => {
    const { app, happened } = subject(20)
    const left = new AbortController()
    const ask = (path: string, client: string, signal?: AbortSignal) =>
      app.request(path, { headers: { client }, ...(signal && { signal }) })
    const all = [
      ...['/1', '/2', '/3', '/4'].map((path) => ask(path, 'one')),
      ...['/5', '/6'].map((path) => ask(path, 'gone', left.signal)),
      ask('/7', 'two'),
    ]
    left.abort()
    await Promise.allSettled(all)
    assert.deepEqual(happened, ['/1', '/2', '/7', '/3', '/4'])
  })

  it('beyond so many of one client is refused, and one of another is begun', async () => {
    const { app, happened } = subject(20)
    const answers = Array.from({ length: 1_300 }, () => app.request('/many', { headers: { client: 'one' } }))
    const other = app.request('/other', { headers: { client: 'two' } })
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    assert.deepEqual([(await other).status, statuses.filter((status) => status === 503).length], [200, 275])
    assert.ok(happened.indexOf('/other') < 4)
  })

  it('begins in ever larger numbers while each takes little', async () => {
    const { app, happened } = subject(0.01)
    let turns = 0
    const turn = (): void => {
      turns += 1
      if (happened.length < 900) setImmediate(turn)
    }
    await app.request('/first')
    const clients = Array.from({ length: 5 }, (_, n) => `${n}`)
    setImmediate(turn)
    await Promise.all(
      clients.flatMap((client) => Array.from({ length: 200 }, () => app.request('/', { headers: { client } }))),
    )
    assert.ok(turns < 200, `${turns}`)
  })
})
