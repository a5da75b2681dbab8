/** Dear requests of one caller, and others beside them, on a real server with a large set. */

import assert from 'node:assert/strict'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { largeSet } from '#bench/dearest/large-set.ts'
import { createSetStore } from '#store/sets.ts'
import { type Answered, serve } from '../../http/served.ts'

const DOCS = '/static-docs/acme--large'
const DEAR = `${DOCS}/?q=${encodeURIComponent('re pa te na st co de se fi li ma zq')}`
const { set, longFile } = largeSet(5_000, 60)

async function serveLarge(t: TestContext, settings: Record<string, string> = {}) {
  const served = await serve(t, settings)
  const key = await createSetStore(path.join(served.folder, 'docs')).publish(set)
  served.queue.move('acme--large', { status: 'completed' }, key)
  const { ask } = served
  /** @returns What is left of the searches of this address. */
  async function leftOf(to: string, localAddress: string): Promise<number> {
    const { headers } = await ask(to, { localAddress })
    return Number(/r=(\d+)/.exec(String(headers.ratelimit))?.[1])
  }
  /** Asks again while an archive is being created, as its answer says; each such request waits for it for half a minute. */
  async function askUntilMade(to: string, localAddress: string): Promise<Answered> {
    for (;;) {
      const answer = await ask(to, { localAddress })
      if (answer.status !== 503 || !answer.body.includes('The archive is being created.')) return answer
    }
  }
  return { ...served, leftOf, askUntilMade }
}

test('who asks for little is answered while others search, read large files or take archives', async (t) => {
  const { ask, askUntilMade } = await serveLarge(t)
  // So that nothing has to be loaded.
  assert.equal((await ask(DEAR)).status, 200)
  for (const to of [DEAR, `${DOCS}/source/${longFile}`, `${DOCS}.site.zip`]) {
    const order: string[] = []
    const dear = Array.from({ length: 4 }, async (_, n) => {
      const { status } = await askUntilMade(to, `127.0.0.${n + 2}`)
      order.push(`${status}`)
    })
    const others = Array.from({ length: 4 }, async () => {
      await ask('/healthz')
      order.push('health')
    })
    await Promise.all([...dear, ...others])
    assert.equal(order.at(-1), '200', `${to}: ${order}`)
    assert.ok(order.lastIndexOf('health') < order.length - 2, `${to}: ${order}`)
  }
})

test('beyond so many that wait, a search is refused with a code and a time', async (t) => {
  const { ask } = await serveLarge(t)
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => ask(DEAR, { headers: { accept: 'application/json' } })),
  )
  const refused = answers.filter(({ status }) => status === 503)
  assert.equal(refused.length + answers.filter(({ status }) => status === 200).length, 40)
  assert.ok(refused.length >= 20, `${refused.length}`)
  for (const { headers, body } of refused) {
    assert.equal((JSON.parse(body) as { code: string }).code, 'SERVER_BUSY')
    assert.match(String(headers['retry-after']), /^\d+$/)
  }
  assert.equal((await ask(DEAR)).status, 200)
})

test('a cheap search of another address is answered before most of the dear ones that came first', async (t) => {
  const { ask } = await serveLarge(t)
  const cheap = `${DOCS}/?q=zzzz`
  assert.equal((await ask(cheap, { localAddress: '127.0.0.9' })).status, 200)
  const order: string[] = []
  const dear = Array.from({ length: 16 }, async () => {
    const { status } = await ask(DEAR)
    order.push(`dear ${status}`)
  })
  // The first is answered: the others wait in the line.
  await Promise.race(dear)
  await ask(cheap, { localAddress: '127.0.0.2' }).then(({ status }) => order.push(`cheap ${status}`))
  const before = order.indexOf('cheap 200')
  await Promise.all(dear)
  assert.equal(order.filter((each) => each === 'dear 200').length, 16, `${order}`)
  assert.ok(before >= 0 && before < 8, `${order}`)
})

test('what takes much work takes more of what an address may search', async (t) => {
  const { leftOf, askUntilMade } = await serveLarge(t, { DOCSPOOL_SEARCHES_PER_MINUTE: '100' })
  const first = await leftOf(`${DOCS}/?q=zzzz`, '127.0.0.9')
  assert.ok(first < 99 && first >= 90, `${first}: the index had to be read`)
  assert.equal(await leftOf(`${DOCS}/?q=zzzz`, '127.0.0.2'), 99)
  const dear = await leftOf(DEAR, '127.0.0.3')
  assert.ok(dear < 99 && dear >= 88, `${dear}`)
  // An archive has to be made once, and then only sent.
  assert.equal(await leftOf(`${DOCS}.zip`, '127.0.0.4'), 70)
  assert.equal((await askUntilMade(`${DOCS}.zip`, '127.0.0.4')).status, 200)
  assert.equal(await leftOf(`${DOCS}.zip`, '127.0.0.5'), Number.NaN, 'it is kept')
})

test('looking for what may be meant counts as a search, and is left out where there is none left', async (t) => {
  const { ask, queue, docsKey } = await serveLarge(t, { DOCSPOOL_SEARCHES_PER_MINUTE: '2' })
  queue.move('pallets--flask', { status: 'completed' }, docsKey)
  const pages = [`/jobs/pallets--flusk`, `/static-docs/pallets--flask/src-ap.md`]
  const near = /\/static-docs\/pallets--flask\/src-app\.md|\/jobs\/pallets--flask/
  const ask2 = async (to: string) => await ask(to, { headers: { accept: 'text/html' } })
  for (const to of pages) assert.match((await ask2(to)).body, near, to)
  for (const to of pages) {
    const { status, body } = await ask2(to)
    assert.equal(status, 404)
    assert.doesNotMatch(body, near, to)
  }
})
