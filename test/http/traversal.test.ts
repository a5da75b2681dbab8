/** No name in a URL leads to a file that the manifest does not list, however it is written. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '#base/log.ts'
import { createFixture, SECRET } from './fixture.ts'

const DOTS = [
  '..',
  '%2e%2e',
  '%2E.',
  '.%2e',
  '%252e%252e',
  '．．',
  '%ef%bc%8e%ef%bc%8e',
  '%c0%ae%c0%ae',
  '%u002e%u002e',
  '..%00',
  '....',
  '..;',
]
const SLASHES = [
  '/',
  '%2f',
  '%2F',
  '%252f',
  '\\',
  '%5c',
  '%255c',
  '//',
  '/./',
  '%c0%af',
  '／',
  '%ef%bc%8f',
  '∕',
  '%2f%2f',
]
const TARGETS = [
  'secret.md',
  'secret.md%00',
  'secret.md%00.md',
  'etc/passwd',
  'etc%2fpasswd',
  'unlisted.md',
  'manifest.json',
  'html/overview.html',
  'html%2foverview.html',
  'proc/self/environ',
  'overview.md/../unlisted.md',
  'secret.md?x',
  'secret.md%23',
  'windows%5cwin.ini',
]
const PREFIXES = ['', '/', '%2f', 'html/', 'overview.md/', './', 'C:', 'file:%2f%2f']
const PLAIN = [
  'unlisted.md',
  'manifest.json',
  'html/overview.html',
  'html%2foverview.html',
  'OVERVIEW.MD',
  'overview.md%00',
  'overview.md.',
  'overview.md%20',
  'overview.md/',
  'overview',
  '.',
  '..',
  '%00',
  '%',
  '%ff',
  '%zz',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'overview.html',
  '%6fverview.html',
  'o%cc%88verview.md',
  '~root',
  '*',
  'overview.md::$DATA',
  'a'.repeat(5_000),
]

function* names(): Generator<string> {
  yield* PLAIN
  for (const prefix of PREFIXES) {
    for (const dots of DOTS) {
      for (const slash of SLASHES) {
        for (const target of TARGETS) yield `${prefix}${dots}${slash}${target}`
      }
    }
    for (let depth = 2; depth <= 8; depth++) yield `${prefix}${'..%2f'.repeat(depth)}etc/passwd`
  }
}

test('names of pages that are not in the manifest are 404', { timeout: 120_000 }, async (t) => {
  const app = await createFixture(t, { log: createLog('test', 'silent') })
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  let count = 0
  for (const name of names()) {
    const url = `http://localhost/static-docs/pallets--flask/${name}`
    const answer = await app.request(url)
    count++
    const body = await answer.text()
    assert.ok(!body.includes(SECRET) && !body.includes('root:') && !body.includes('"key":'), url)
    // `new URL` resolves plain dots as a browser does; the few names it turns into real addresses are not traversals.
    const { pathname } = new URL(url)
    if (pathname.startsWith('/static-docs/pallets--flask/') && pathname !== '/static-docs/pallets--flask/') {
      assert.equal(answer.status, 404, url)
    } else {
      assert.ok([200, 301, 302, 404].includes(answer.status), url)
    }
  }
  assert.ok(count > 15_000, `${count} names`)
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
