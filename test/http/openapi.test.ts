import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { type TestContext, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { hc } from 'hono/client'
import { GENERATOR_VERSION } from '#base/version.ts'
import type { Api } from '#http/api/client-type.ts'
import { addressOf } from '#http/api/curl-command.ts'
import { templateOf } from '#http/api/openapi-document.ts'
import type { Example, Operation, Operations } from '#http/api/operation.ts'
import { table } from '#http/api/operations-table.ts'
import { PROBLEM_CODES } from '#http/error-statuses.ts'
import type { Metrics } from '#http/metrics.ts'
import { conforms, document, faultsOf, find } from '../support/conformance.ts'
import { createFixture, exampleSet } from './fixture.ts'

const operations = Object.entries(table as Operations) as [keyof Operations, Operation][]

/** Figures are not a matter of the interface; that there are some is. */
const metrics: Metrics = {
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  text: async () => '# EOF\n',
  answered() {},
  sent() {},
  answeredQuestion() {},
  rated() {},
  streamOpened() {},
}

/** A job that completed, with a log. */
/** An index of nothing. */
const crossSearcher = {
  search: async () => ({ hits: [], corrected: null, unknown: [], work: 0, isComplete: true }),
  links: async () => ({ usedBy: [], uses: [] }),
}

async function createExample(t: TestContext) {
  const app = await createFixture(t, { allowedModels: ['gpt-x'], metrics, crossSearcher })
  await app.request('/api/follows/github.com/pallets/flask', { method: 'PUT' })
  app.queue.move('pallets--flask', { status: 'completed', epoch: 1 }, app.docsKey)
  app.queue.tell('pallets--flask', {
    ...{ type: 'end', at: '2026-01-02T03:04:05.000Z', status: 'completed', error: null },
  })
  return app
}

function initOf(route: string, { accept, form, json, headers }: Example): RequestInit {
  const [method = ''] = route.split(' ')
  const sent = json === undefined ? undefined : JSON.stringify(json)
  return {
    method,
    headers: {
      accept: accept ?? '*/*',
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent !== undefined && { body: sent }),
    ...(form !== undefined && { body: new URLSearchParams(form) }),
  }
}

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)))
  assert.ok(valid, JSON.stringify(errors))
  assert.equal(validator.version, '3.1')
})

test('the document, the package and the program are of one version', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  assert.deepEqual([document.info.version, version], [GENERATOR_VERSION, GENERATOR_VERSION])
})

test('every route is in the document, and nothing else', async (t) => {
  const { app } = await createFixture(t, { access: { tokens: ['a token of some length'], for: 'writing' } })
  const routes = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${templateOf(path)}`)
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  )
  assert.deepEqual([...new Set(routes)].sort(), described.sort())
})

test('operations and parameters have one name each, and paths name their parameters', () => {
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.values(item).map((each) => ({ path, ...each })),
  )
  const ids = all.map(({ operationId }) => operationId)
  assert.deepEqual(ids, [...new Set(ids)])
  for (const { path, parameters = [] } of all) {
    const names = parameters.map(({ name, in: where }) => `${where} ${name}`)
    assert.deepEqual(names, [...new Set(names)])
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    assert.deepEqual(
      parameters.flatMap(({ name, in: where }) => (where === 'path' ? [name] : [])),
      inPath,
      path,
    )
  }
})

test('every code of a problem is an answer to something', () => {
  const named = JSON.stringify(document.components.responses)
  // Another method than those of the document has no operation; an id that no job can have is told as none.
  const unbound = PROBLEM_CODES.filter((code) => !named.includes(`"${code}"`))
  assert.deepEqual(unbound, ['BAD_JOB_ID', 'METHOD_NOT_ALLOWED'])
})

test('what the document shows as an answer is one', () => {
  let shown = 0
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, { responses }] of Object.entries(item)) {
      for (const [status, answer] of Object.entries(responses)) {
        if ('$ref' in answer) continue
        for (const [type, media] of Object.entries(answer.content ?? {})) {
          if (media.example === undefined) continue
          const pointer = ['paths', path, method, 'responses', status, 'content', type, 'schema']
          assert.equal(faultsOf(media.example, pointer), '', `${method} ${path} ${status}`)
          shown++
        }
      }
    }
  }
  assert.ok(shown > 10, `${shown} examples`)
})

test('what the document shows as a request is accepted, and fits its own schema', async (t) => {
  for (const [route, operation] of operations) {
    for (const example of operation.examples ?? []) {
      const app = await createExample(t)
      const address = addressOf(route, operation, example)
      const answer = await app.request(address, initOf(route, example))
      assert.ok(answer.status < 400, `${route}, ${example.title}: ${answer.status} ${await answer.clone().text()}`)
      const found = find(route.split(' ')[0] ?? '', new URL(address, 'http://localhost').pathname)
      assert.equal(found?.template, templateOf(route.split(' ')[1] ?? ''), route)
      for (const [type, body] of [
        ['application/json', example.json],
        ['application/x-www-form-urlencoded', example.form],
      ] as const) {
        if (body === undefined) continue
        const pointer: string[] = [
          'paths',
          found?.template ?? '',
          found?.method ?? '',
          'requestBody',
          'content',
          type,
          'schema',
        ]
        assert.equal(faultsOf(body, pointer), '', `${route}, ${example.title}`)
      }
    }
  }
})

test('a field that the document does not name, and an answer that it does not name, are noticed', async () => {
  const json = { 'content-type': 'application/json' }
  const queue = {
    queued: 0,
    processing: 0,
    completed: 0,
    failed: 0,
    paused: false,
    paused_since: null,
    oldest_waiting_s: null,
  }
  await conforms('GET', '/api/queue', Response.json({ ...queue, workers: 1 }))
  const wrong: [string, Response][] = [
    ['a field more', Response.json({ ...queue, workers: 1, secret: 1 })],
    ['a field less', Response.json(queue)],
    ['another status', new Response(null, { status: 204 })],
    ['another type', new Response('a', { headers: { 'content-type': 'text/csv' } })],
    ['a header more', Response.json({ ...queue, workers: 1 }, { headers: { ETag: '"a"' } })],
    [
      'a code of another status',
      new Response(
        JSON.stringify({ type: 'about:blank', title: '', status: 500, detail: '', code: 'NO_DOCS', hint: null }),
        { status: 500, headers: json },
      ),
    ],
  ]
  for (const [title, answer] of wrong) await assert.rejects(conforms('GET', '/api/queue', answer), title)
})

test('document and page are answered under tags, with commands for the address that was asked', async (t) => {
  const app = await createFixture(t)
  const json = await app.request('http://docs-test:81/openapi.json')
  assert.equal(json.status, 200)
  const served = (await json.json()) as typeof document
  assert.deepEqual(served.servers, [{ url: 'http://docs-test:81' }])
  assert.deepEqual(Object.keys(served.paths), Object.keys(document.paths))
  const page = await app.request('http://docs-test:81/api', { headers: { accept: 'text/html' } })
  const html = await page.text()
  for (const [, { id, aliases = [] }] of operations) {
    assert.match(html, new RegExp(`id="${id}"`))
    for (const alias of aliases) assert.ok(html.includes(`<code>${templateOf(alias)}</code>`), alias)
  }
  assert.match(html, /curl http:\/\/docs-test:81\/readyz/)
  const again = await app.request('http://docs-test:81/api', {
    headers: { 'if-none-match': page.headers.get('etag') ?? '' },
  })
  assert.equal(again.status, 304)
  const ipv6 = await (await app.request('http://[::1]:81/api')).text()
  assert.match(ipv6, /curl &#39;http:\/\/\[::1\]:81\/readyz&#39;/)
  // What no shell and no page takes as it is stands in neither.
  const odd = await (await app.request("http://a;b'$(c)/api")).text()
  assert.match(odd, /curl http:\/\/localhost\/readyz/)
  assert.doesNotMatch(odd, /\$\(c\)/)
})

test('the typed client knows what it may send and what it is answered', async (t) => {
  const fixture = await createExample(t)
  const client = hc<Api>('http://localhost', { fetch: fixture.app.request as typeof fetch })
  const submitted = await client.api.jobs.$post({ json: { repo_url: 'https://github.com/honojs/hono', priority: 1 } })
  assert.ok(submitted.ok)
  const body = await submitted.json()
  assert.ok('job_id' in body)
  const id: string = body.job_id
  const read = await client.api.job[':id'].$get({ param: { id }, query: { wait: '0' } })
  assert.ok(read.status === 200)
  assert.equal((await read.json()).priority, 1)
  const refused = await client.api.jobs.$post({ json: { repo_url: 'flask' } })
  assert.ok(!refused.ok)
  assert.equal((await refused.json()).code, 'NOT_A_URL')
  const list = await client.api.jobs.$get({ query: { status: 'completed' } })
  assert.ok(list.status === 200)
  assert.deepEqual(
    (await list.json()).jobs.map(({ job_id }) => job_id),
    ['pallets--flask'],
  )
  // @ts-expect-error: no such state.
  assert.equal((await client.api.jobs.$get({ query: { status: 'lost' } })).status, 400)
  const page = exampleSet.manifest.pages[0]?.file ?? ''
  const text = await client['static-docs'][':id'][':filename{.+}'].$get({
    param: { id: 'pallets--flask', filename: page },
    query: { format: 'md' },
  })
  assert.equal(await text.text(), '# Flask\n')
})

test('the document and its page are made once, whatever the service is called', async (t) => {
  let asked = 0
  const assets = { read: () => undefined, version: () => String(asked++) }
  const app = await createFixture(t, { assets })
  const read = async (host: string) => (await app.request(`http://${host}/openapi.json`)).text()
  const first = await read('one')
  const made = asked
  assert.ok(made > 0)
  for (let n = 0; n < 20; n++) assert.equal((await read(`two${n}:81`)).replaceAll(`two${n}:81`, 'one'), first)
  assert.equal(asked, made)
})
