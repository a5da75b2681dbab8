import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { indexFolder } from '#cross-search/sqlite/generation.ts'
import { createIndexFile } from '#cross-search/sqlite/index-file.ts'
import { createSqliteIndex } from '#cross-search/sqlite/sqlite-index.ts'
import { createUpdate, readSet } from '#cross-search/update.ts'
import type { CrossSearchAnswer } from '#http/cross-search.ts'
import { createSetStore } from '#store/sets.ts'
import { jobsOf } from '#worker/keep-index.ts'
import { conforms } from '../support/conformance.ts'
import { exampleSet } from './fixture.ts'
import { connect, SECRET_ID, serveShop } from './mcp/shop.ts'
import type { Served } from './served.ts'

/** The shop with an index, which `update` brings in step with the jobs as the supervisor does. */
async function serveIndexed(t: TestContext, settings: Record<string, string> = {}) {
  const served = await serveShop(t, { DOCSPOOL_SEARCHES_PER_MINUTE: '0', ...settings })
  const index = createSqliteIndex(createIndexFile(indexFolder(served.folder)))
  t.after(() => index.close())
  const sets = createSetStore(`${served.folder}/docs`)
  const step = createUpdate({
    jobs: jobsOf(served.queue, { allowedHosts: ['github.com'], allowPrivateNetworks: false, localRepos: [] }),
    index: {
      ...index,
      generation: async () => 'one',
      async put(job) {
        const set = await readSet(sets, job)
        if (set !== undefined) await index.put(set)
        return set !== undefined
      },
    },
    onFailure: (_, error) => {
      throw error
    },
  })
  const update = async (): Promise<void> => {
    for (let times = 0; times < 3; times++) await step()
  }
  await update()
  return { served, update, index }
}

async function search(served: Served, query: string): Promise<CrossSearchAnswer> {
  const { status, headers, body } = await served.ask(`/api/search?${query}`)
  await conforms(
    'GET',
    '/api/search',
    new Response(body, { status, headers: { 'content-type': `${headers['content-type']}`, etag: `${headers.etag}` } }),
  )
  assert.equal(status, 200, body)
  return JSON.parse(body)
}

const codeOf = async (served: Served, path: string): Promise<unknown> => {
  const { status, body } = await served.ask(path, { headers: { accept: 'application/json' } })
  return [status, JSON.parse(body).code]
}

describe('a search of all repositories', () => {
  it('finds the repositories that are listed, and never a private one', async (t) => {
    const { served } = await serveIndexed(t)
    const { results, complete } = await search(served, 'q=shop')
    assert.deepEqual(
      results.map(({ job_id, kind, href }) => [job_id, kind, href]),
      [
        ['acme--shop', 'repository', '/static-docs/acme--shop/'],
        ['acme--shop', 'module', '/static-docs/acme--shop/src-app.md'],
      ],
    )
    assert.equal(complete, true)
    assert.deepEqual((await search(served, 'q=secret')).results, [])
    // Asking for it tells no more than asking for what is not there.
    const hidden = await search(served, 'q=shop+in:acme/secret')
    const missing = await search(served, 'q=shop+in:acme/nothing')
    assert.deepEqual([hidden.results, hidden.unknown_filters], [[], ['acme/secret']])
    assert.deepEqual([missing.results, missing.unknown_filters], [[], ['acme/nothing']])
    const links = await served.ask(`/api/links/${SECRET_ID}`)
    assert.deepEqual([JSON.parse(links.body).used_by, JSON.parse(links.body).uses], [[], []])
  })

  it('keeps a repository whatever is submitted of it, and takes in no commit of no branch or tag', async (t) => {
    const { served, update } = await serveIndexed(t)
    const { queue } = served
    const key = (await queue.read('acme--shop'))?.docsKey ?? assert.fail()
    const shop = { repo_url: 'https://github.com/acme/shop' }
    const jobsFound = async () => [...new Set((await search(served, 'q=shop')).results.map(({ job_id }) => job_id))]
    // Another set, while many jobs of the repository were submitted later.
    const sets = createSetStore(`${served.folder}/docs`)
    const other = await sets.publish({
      ...exampleSet,
      manifest: { ...exampleSet.manifest, ...shop, name: 'shop', full_name: 'acme/shop' },
    })
    queue.move('acme--shop', {}, other)
    const commit = 'c'.repeat(40)
    const foreign = { status: 'completed' as const, commit_id: commit, resolved_commit: commit, commit_on_ref: false }
    queue.move(`acme--shop@${commit}`, { ...shop, ...foreign }, key)
    queue.move(`acme--lib@${commit}`, { ...foreign, repo_url: 'https://github.com/acme/lib' }, key)
    for (let number = 0; number < 101; number++) {
      const commit_id = number.toString(16).padStart(40, '0')
      queue.move(`acme--shop@${commit_id}`, { ...shop, status: 'queued', commit_id })
    }
    await update()
    assert.deepEqual(await jobsFound(), ['acme--shop'])
    // It was taken in before this was recorded of it.
    queue.move('acme--shop', { commit_on_ref: false })
    await update()
    assert.deepEqual(await jobsFound(), [])
  })

  it('shows nothing of a job that is gone or has other documents, also before the index knows', async (t) => {
    const { served, update } = await serveIndexed(t)
    served.queue.move('acme--shop', {}, served.docsKey)
    assert.deepEqual((await search(served, 'q=shop')).results, [])
    await update()
    await served.queue.remove('acme--shop')
    assert.ok((await search(served, 'q=shop')).results.every(({ job_id }) => job_id !== 'acme--shop'))
    await update()
    assert.ok((await search(served, 'q=shop')).results.every(({ job_id }) => job_id !== 'acme--shop'))
  })

  it('is shown as a page, from the start page', async (t) => {
    const { served } = await serveIndexed(t)
    const page = await served.ask('/search?q=shop+in:repository&utm_source=x', { headers: { accept: 'text/html' } })
    assert.equal(page.status, 200)
    assert.match(page.body, /href="\/static-docs\/acme--shop\/"[^>]*>acme\/<mark>shop<\/mark></)
    assert.match((await served.ask('/', { headers: { accept: 'text/html' } })).body, /action="\/search"/)
    const strange = await served.ask(`/search?q=${encodeURIComponent('<script>alert(1)</script> in:"<b>"')}`, {
      headers: { accept: 'text/html' },
    })
    assert.ok(!/<script>alert|<b>/.test(strange.body))
  })

  it('is refused without a query, with a wrong one, and while there is no index', async (t) => {
    const { served, index } = await serveIndexed(t)
    assert.deepEqual(await codeOf(served, '/api/search'), [400, 'MISSING_FIELD'])
    assert.deepEqual(await codeOf(served, `/api/search?q=${'x'.repeat(201)}`), [400, 'BAD_FIELD'])
    assert.deepEqual(await codeOf(served, '/api/search?q=a&limit=51'), [400, 'BAD_FIELD'])
    assert.deepEqual(await codeOf(served, '/api/search?q=a&nothing=1'), [400, 'UNKNOWN_FIELD'])
    const hintOf = async (path: string): Promise<unknown> =>
      JSON.parse((await served.ask(path, { headers: { accept: 'application/json' } })).body).hint
    const known = 'The parameters are q, in (may be repeated) and limit (1 to 50).'
    assert.equal(await hintOf('/api/search?q=a&nothing=1'), known)
    assert.equal(await hintOf('/api/search?q=a&q=b'), `${known} Send it once.`)
    assert.equal(await hintOf('/search?q=a&q=b'), 'The only parameter is q. Send it once.')
    index.close()
    const bare = await serveShop(t)
    for (const path of ['/api/search?q=a', '/api/links/acme--shop']) {
      assert.deepEqual(await codeOf(bare, path), [503, 'INDEX_NOT_READY'])
      assert.equal((await bare.ask(path)).headers['retry-after'], '30')
    }
  })

  it('falls under the limit of searches', async (t) => {
    const { served } = await serveIndexed(t, { DOCSPOOL_SEARCHES_PER_MINUTE: '3' })
    const codes: number[] = []
    for (let times = 0; times < 6; times++) codes.push((await served.ask('/api/search?q=shop')).status)
    assert.ok(codes.includes(429), codes.join(' '))
  })

  it('is a tool of agents: search without a repository', async (t) => {
    const { served } = await serveIndexed(t)
    const { call } = await connect(t, served.origin)
    const { isError, text, structured } = await call('search', { query: 'shop' })
    assert.ok(!isError, text)
    assert.equal(structured.repository, null)
    assert.match(text, /"repository":"https:\/\/github.com\/acme\/shop"/)
    assert.ok(!text.includes('secret'))
  })
})
