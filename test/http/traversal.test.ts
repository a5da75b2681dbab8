/** No name in a URL leads to a file that the manifest does not list, however it is written. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createFixture, plantSecrets, SECRET } from './fixture.ts'
import { askAll, type Sent } from './pipelined.ts'
import { serve } from './served.ts'
import { makeCorpus } from './traversal-corpus.ts'

/** Where a parameter stands: the route, and which of its parameters. */
interface Place {
  method: string
  before: string
  after: string
}

/** Every parameter of every route. */
async function placesOf(t: TestContext): Promise<Place[]> {
  const {
    app: { routes },
  } = await createFixture(t)
  const places = new Map<string, Place>()
  for (const { method, path } of routes) {
    if (method === 'ALL') continue
    const parts = path.split(/(:[a-z]+(?:\{[^}]*\})?)/)
    for (let at = 1; at < parts.length; at += 2) {
      const fill = (some: string[]) =>
        some
          .join('')
          .replace(/:id\b/, 'pallets--flask')
          .replace(/:[a-z]+(\{[^}]*\})?/, 'overview.md')
      const place = { method, before: fill(parts.slice(0, at)), after: fill(parts.slice(at + 1)) }
      places.set(JSON.stringify(place), place)
    }
  }
  return [...places.values()]
}

/** Dots alone between slashes are no name but a way, which a URL's parser goes: to an address that anyone may ask for. */
const isElsewhere = (target: string): boolean => /(?:^|[/\\])(?:\.|%2e){1,2}(?:[/\\]|$)/i.test(target)

/**
 * Over sockets, and nothing between that resolves a dot. All names in all places are over half a million requests; a usual
 * run asks for each name in one place, another one for the next. `TRAVERSAL=all` asks for all.
 */
test('no name leads out, in any place of any route', { timeout: 2_400_000 }, async (t) => {
  const places = await placesOf(t)
  assert.ok(places.length >= 25, `${places.length} places`)
  const corpus = makeCorpus()
  assert.ok(corpus.length > 20_000, `${corpus.length} names`)
  const { port, queue, docsKey, folder } = await serve(t, { DOCSPOOL_SEARCHES_PER_MINUTE: '0' })
  await plantSecrets(folder, docsKey)
  queue.move('pallets--flask', { status: 'completed' }, docsKey)
  const isAll = process.env.TRAVERSAL === 'all'
  const requests: Sent[] = []
  for (const [n, { method, before, after }] of places.entries()) {
    for (let at = isAll ? 0 : n; at < corpus.length; at += isAll ? 1 : places.length) {
      requests.push({ method, target: before + corpus[at] + after })
    }
  }
  const odd: string[] = []
  const elsewhere = new Map<number, number>()
  await askAll(port, requests, ({ method, target }, status, text) => {
    if (isElsewhere(target)) elsewhere.set(status, (elsewhere.get(status) ?? 0) + 1)
    else if (![400, 401, 404].includes(status)) odd.push(`${status} ${method} ${target.slice(0, 200)}`)
    if (status >= 500 || text.includes(SECRET) || text.includes('root:') || text.includes('"key":'))
      odd.push(`${method} ${target}`)
  })
  t.diagnostic(
    `${requests.length} requests: ${places.length} places, ${corpus.length} names; resolved to another address: ${JSON.stringify([...elsewhere])}; odd: ${odd.length}`,
  )
  assert.deepEqual(odd.slice(0, 20), [])
})

test('ids that cannot be ids are 404 on every route, and the queue is not asked', async (t) => {
  const app = await createFixture(t)
  const ids = [
    '..%2f..',
    '%00',
    'a%00b',
    'a%2fb',
    'a%5cb',
    '%ff',
    '%zz',
    '.hidden',
    'a'.repeat(300),
    'a%0d%0ab',
    'a b',
    'ä',
    '%F0%9F%92%A9',
    '<script>',
    '%3Cscript%3E',
    "'",
    '%22',
    '*',
    'a;b',
    'a:b',
    'C:',
    '%252e%252e',
    'a%20',
    '$(id)',
    '`id`',
    '|',
    '%E2%80%AE',
  ]
  const routes: [method: string, before: string, after: string][] = [
    ['GET', '/api/job/', ''],
    ['GET', '/api/jobs/', ''],
    ['DELETE', '/api/job/', ''],
    ['POST', '/api/job/', '/cancel'],
    ['POST', '/api/job/', '/retry'],
    ['GET', '/jobs/', ''],
    ['POST', '/jobs/', '/cancel'],
    ['POST', '/jobs/', '/retry'],
    ['POST', '/jobs/', '/delete'],
    ['GET', '/docs/', ''],
    ['GET', '/static-docs/', ''],
    ['GET', '/static-docs/', '/'],
    ['GET', '/static-docs/', '/overview.md'],
  ]
  for (const id of ids) {
    for (const [method, before, after] of routes) {
      const url = `http://localhost${before}${id}${after}`
      const answer = await app.request(url, { method })
      assert.equal(answer.status, 404, `${method} ${url}`)
      assert.ok(!(await answer.text()).includes('<script>'), url)
    }
  }
  assert.deepEqual(app.queue.asked, [])
})

test('names of assets are looked up', async (t) => {
  const app = await createFixture(t)
  for (const name of [
    '../package.json',
    '..%2fpackage.json',
    '__proto__',
    'constructor',
    'nope.css',
    '%00',
    'docspool.css%00',
  ]) {
    assert.equal((await app.request(`http://localhost/assets/${name}`)).status, 404, name)
  }
})
