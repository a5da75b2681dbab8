import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { conforms } from '../support/conformance.ts'
import { SECRET_ID, serveShop } from './mcp/shop.ts'
import type { Served } from './served.ts'

interface Got {
  status: number
  headers: Record<string, unknown>
  body: Record<string, unknown> & { results: { id: string }[]; code: string }
}

async function get(served: Served, path: string, headers: Record<string, string> = {}): Promise<Got> {
  const answer = await served.ask(`/api/graph/${path}`, { headers: { accept: 'application/json', ...headers } })
  const type = `${answer.headers['content-type'] ?? ''}`
  const body = answer.status === 304 ? null : answer.body
  const sent: Record<string, string> = type === '' ? {} : { 'content-type': type }
  await conforms('GET', `/api/graph/${path}`, new Response(body, { status: answer.status, headers: sent }))
  return { status: answer.status, headers: answer.headers, body: body === null ? {} : JSON.parse(body) } as Got
}

describe('the graph over HTTP', () => {
  it('is answered in threads, in pages, with a tag', async (t) => {
    const served = await serveShop(t)
    const first = await get(served, 'acme--shop/callers?symbol=Shop.sell&limit=1')
    assert.deepEqual(
      [first.status, first.body.total, first.body.results.map(({ id }) => id)],
      [200, 2, ['src/main.ts#main']],
    )
    const next = /^<\/api\/graph\/(.*)>; rel="next"$/.exec(`${first.headers.link}`)?.[1] ?? ''
    const second = await get(served, next)
    assert.deepEqual([second.body.next, second.body.results.map(({ id }) => id)], [null, ['test/shop.ts#testSell']])
    assert.equal(second.headers.link, undefined)
    const tag = `${first.headers.etag}`
    assert.equal(
      (await get(served, 'acme--shop/callers?symbol=Shop.sell&limit=1', { 'if-none-match': tag })).status,
      304,
    )
  })

  it('takes symbols and lines of a change more than once', async (t) => {
    const served = await serveShop(t)
    const { body } = await get(served, 'acme--shop/impact?symbol=main&lines=src/shop.ts:4&lines=src/shop.ts:23-24')
    assert.deepEqual(
      (body.changed as { id: string }[]).map(({ id }) => id),
      ['src/main.ts#main', 'src/shop.ts#Shop.sell', 'src/shop.ts#Market.sell'],
    )
  })

  it('refuses what it cannot answer, and says what would do', async (t) => {
    const served = await serveShop(t)
    const codeOf = async (path: string): Promise<unknown> => {
      const { status, body } = await get(served, path)
      return [status, body.code]
    }
    assert.deepEqual(await codeOf('acme--shop/callers?symbol=nothing'), [404, 'NO_SUCH_SYMBOL'])
    assert.deepEqual(await codeOf('acme--shop/outline?file=..%2F..%2Fetc%2Fpasswd'), [404, 'NO_SUCH_SYMBOL'])
    assert.deepEqual(await codeOf('acme--shop/callers'), [400, 'BAD_FIELD'])
    assert.deepEqual(await codeOf('acme--shop/callers?symbol=a&symbol=b'), [400, 'BAD_FIELD'])
    assert.deepEqual(await codeOf('acme--shop/callers?symbol=a&colour=red'), [400, 'UNKNOWN_FIELD'])
    assert.deepEqual(await codeOf('acme--shop/callers?symbol=a&kinds=calls,eats'), [400, 'BAD_FIELD'])
    assert.deepEqual(await codeOf('acme--shop/callers?symbol=a&limit=201'), [400, 'BAD_FIELD'])
    assert.deepEqual(await codeOf(`acme--shop/callers?symbol=${'a'.repeat(2_001)}`), [400, 'BAD_FIELD'])
    assert.deepEqual(await codeOf('acme--shop/impact'), [400, 'MISSING_FIELD'])
    assert.deepEqual(await codeOf(`acme--shop/impact?${'symbol=a&'.repeat(101)}`), [400, 'BAD_FIELD'])
    assert.deepEqual(await codeOf('acme--shop/impact?lines=src/shop.ts'), [400, 'BAD_FIELD'])
    assert.equal(
      (await get(served, 'acme--shop/impact?colour=red')).body.hint,
      'The parameters are symbol (may be repeated), lines (may be repeated), depth, limit, after.',
    )
    assert.deepEqual(await codeOf('acme--old/callers?symbol=Flask'), [404, 'NO_GRAPH_INDEX'])
    assert.deepEqual(await codeOf('acme--nothing/callers?symbol=a'), [404, 'NO_SUCH_JOB'])
    const { body } = await get(served, 'acme--shop/callers?symbol=sell')
    assert.deepEqual([body.code, body.total, (body.candidates as unknown[]).length], ['AMBIGUOUS_SYMBOL', 2, 2])
    assert.match(`${body.hint}`, /src\/shop.ts#Shop.sell, src\/shop.ts#Market.sell/)
  })

  it('is as private as the documents, and counted as searches', async (t) => {
    const served = await serveShop(t, { DOCSPOOL_SEARCHES_PER_MINUTE: '3' })
    assert.equal((await get(served, `${SECRET_ID}/callers?symbol=main`)).status, 200)
    assert.equal((await get(served, `acme--secret~p${'b'.repeat(32)}/callers?symbol=main`)).status, 404)
    const statuses: number[] = []
    for (let times = 0; times < 4; times++) statuses.push((await get(served, 'acme--shop/callers?symbol=main')).status)
    assert.deepEqual(statuses, [200, 200, 429, 429])
    // A question that is invalid is not counted.
    assert.equal((await get(served, 'acme--shop/impact')).status, 400)
  })
})
