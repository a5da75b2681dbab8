/** Readers who ask for the same page or comparison at once share the work, but neither their signals nor their limits. */

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Caller } from '#base/caller.ts'
import { Aborted } from '#base/errors.ts'
import type { Diff } from '#diff/change.ts'
import type { AppDeps } from '#http/deps.ts'
import { createSetStore } from '#store/sets.ts'
import { createFixture, exampleSet } from './fixture.ts'
import { serve } from './served.ts'

const SOURCE = '/static-docs/pallets--flask/source/app.py'
const DIFF: Diff = { step: 'none', changes: [] } as unknown as Diff

/** A thread that is busy: each caller waits until it leaves or the test goes on. */
function createBusy() {
  const callers: Caller[] = []
  let goOn = (): void => undefined
  const isFree = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const waiting = <T>(answer: T) =>
    async function wait(caller?: Caller): Promise<T> {
      if (caller !== undefined) callers.push(caller)
      await new Promise<void>((resolve, reject) => {
        caller?.signal.addEventListener('abort', () => reject(new Aborted('The caller has disconnected.')))
        void isFree.then(resolve)
      })
      return answer
    }
  return { callers, goOn: () => goOn(), waiting }
}

const page = new TextEncoder().encode('<p>made</p>')

async function world(t: TestContext) {
  const { callers, goOn, waiting } = createBusy()
  const sourcePages: AppDeps['sourcePages'] = {
    file: (_job, _key, _row, caller) => waiting(page)(caller),
    list: (_job, _key, caller) => waiting(page)(caller),
  }
  const json = new TextEncoder().encode('{"step":"none"}')
  const differ: AppDeps['differ'] = {
    whole: (_before, _after, caller) => waiting(json)(caller),
    shown: (_before, _after, caller) => waiting(DIFF)(caller),
  }
  const { app, queue, logged } = await createSources(t, { sourcePages, differ })
  /** Resolves when so many callers wait. */
  const wait = async (count: number): Promise<void> => {
    for (let turns = 0; callers.length < count && turns < 10_000; turns++) await turn()
    assert.equal(callers.length, count)
  }
  return { app, queue, logged, goOn, wait }
}

const sourceOf = (name: string, text: string) => ({
  ...{
    name,
    path: name,
    language: null,
    text,
    colours: new Uint8Array(),
    marks: { home: null, symbols: [], spans: [] },
  },
})

const withSources = (sources: ReturnType<typeof sourceOf>[]) => ({
  ...exampleSet,
  manifest: { ...exampleSet.manifest, sources: { files: sources.length, bytes: 1, left_out: 0 } },
  sources,
})

/** A job whose set has one source file. */
async function createSources(t: TestContext, change: Partial<AppDeps>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-shared-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const sets = createSetStore(folder)
  const key = await sets.publish(withSources([sourceOf('app.py', 'x = 1\n')]))
  const app = await createFixture(t, { sets, ...change })
  app.queue.move('pallets--flask', { status: 'completed' }, key)
  return app
}

test('a reader who leaves does not break the page or comparison of another', async (t) => {
  for (const to of [SOURCE, '/static-docs/pallets--flask/source/', '/api/diff/pallets--flask/pallets--flask'])
    for (const encoding of ['gzip', 'identity']) {
      const { app, goOn, wait, logged } = await world(t)
      const headers = { accept: 'text/html', 'accept-encoding': encoding }
      const gone = new AbortController()
      const first = app.request(to, { headers, signal: gone.signal })
      await wait(1)
      const second = app.request(to, { headers })
      await wait(2)
      gone.abort()
      const left = await first
      assert.equal(left.status, 503, `${to} ${encoding}`)
      goOn()
      assert.equal((await second).status, 200, `${to} ${encoding}`)
      assert.ok(!logged.some((line) => line.includes('INTERNAL')), logged.join(''))
    }
})

test('work that was aborted is never an internal error', async (t) => {
  for (const error of [new Aborted('Gone.'), new DOMException('Gone.', 'AbortError')]) {
    const sourcePages: AppDeps['sourcePages'] = {
      file: () => Promise.reject(error),
      list: () => Promise.reject(error),
    }
    const { request, logged } = await createSources(t, { sourcePages })
    const answer = await request(SOURCE, { headers: { accept: 'text/html' } })
    assert.equal(answer.status, 503)
    assert.equal(answer.headers.get('retry-after'), '2')
    assert.match(await answer.text(), /The request was ended before it was answered/)
    assert.ok(!logged.some((line) => line.includes('"stack"')), logged.join(''))
  }
})

test('a page of a source file is charged by its size when it is made, and free once it is kept', async (t) => {
  const settings = { DOCSPOOL_SEARCHES_PER_MINUTE: '10' }
  const { ask, queue, folder } = await serve(t, settings)
  const sources = ['a.txt', 'b.txt', 'c.txt'].map((name) => sourceOf(name, '"'.repeat(500_000)))
  const key = await createSetStore(path.join(folder, 'docs')).publish(withSources(sources))
  queue.move('pallets--flask', { status: 'completed' }, key)
  const read = (name: string, encoding = 'identity') =>
    ask(`/static-docs/pallets--flask/source/${name}`, { headers: { accept: 'text/html', 'accept-encoding': encoding } })
  const leftOf = (name: string, encoding?: string) =>
    read(name, encoding).then(({ status, headers }) => [status, /r=(\d+)/.exec(String(headers.ratelimit))?.[1]])
  // 3 MB of entities, and the page around them.
  assert.deepEqual(await leftOf('a.txt'), [200, '3'])
  assert.deepEqual(await leftOf('a.txt'), [200, undefined])
  assert.deepEqual(await leftOf('a.txt', 'gzip'), [200, undefined])
  assert.deepEqual(await leftOf('b.txt', 'gzip'), [200, '0'])
  const refused = await read('c.txt')
  assert.equal(refused.status, 429)
  assert.ok(Number(refused.headers['retry-after']) > 0)
  assert.equal((await read('b.txt')).status, 200)
})
