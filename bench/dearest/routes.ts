/** Of each route the request that costs the server most. Data only. `{n}` is a number that grows. */

import type { Ask } from './asker.ts'

export interface Dear {
  name: string
  requests: Ask['requests']
  /** At once; 40 unless told. */
  connections?: number
}

const HTML = { accept: 'text/html', 'sec-fetch-mode': 'navigate' }
const JSON_TYPE = { accept: 'application/json' }
const GZIP = { 'accept-encoding': 'gzip' }
const SEND_FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
const SEND_JSON = { ...JSON_TYPE, 'content-type': 'application/json' }
const q = (words: string) => `?q=${encodeURIComponent(words)}`

/** A call of a tool, as clients of the Model Context Protocol send it. */
const call = (name: string, args: Record<string, unknown>): Ask['requests'][number] => ({
  method: 'POST',
  path: '/mcp',
  headers: { ...SEND_JSON, accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-06-18' },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }),
})

/**
 * @param id - Of the job with the large set.
 * @param other - Of a job with another version of it.
 * @param versions - The address of a repository with many versions, whose manifests are large.
 */
export function dearest(id: string, other: string, longFile: string, versions: string): Dear[] {
  const docs = `/static-docs/${id}`
  const get = (name: string, path: string, headers: Record<string, string> = {}): Dear => ({
    name,
    requests: [{ path, headers }],
  })
  const many = (name: string, ...requests: Ask['requests']): Dear => ({ name, requests })
  const batch = JSON.stringify(
    Array.from({ length: 1_000 }, (_, at) => ({
      repo_url: `https://git.invalid/acme/b{n}-${at}`,
      notes: 'x'.repeat(900),
    })),
  )
  const junk = JSON.stringify(
    Array.from({ length: 1_000 }, (_, at) => ({ repo_url: `ftp://x/${at}`, notes: '['.repeat(900) })),
  )
  const hub = 'src/part0/file0.py#Class0'
  const graph = (question: string, parameters: Record<string, string>) => ({
    path: `/api/graph/${id}/${question}?${new URLSearchParams(parameters)}`,
    headers: JSON_TYPE,
  })
  return [
    get('nothing else', '/healthz'),
    get('search: many short words', `${docs}/${q('re pa te na st co de se fi li ma zq')}`, JSON_TYPE),
    many(
      'search: questions, names, misspelled',
      { path: `${docs}/${q('what is the in of and to re pa te na st')}`, headers: HTML },
      { path: `${docs}/${q('read_x parse_x table_x state_x list_x code_x data_x')}`, headers: HTML },
      {
        path: `${docs}/${q('renderrequestt resolveresponse paginatte templatess statementsx configuratiom')}`,
        headers: HTML,
      },
    ),
    get('.zip', `${docs}.zip`),
    get('.site.zip', `${docs}.site.zip`),
    many(
      '.site.zip, HEAD and ranges',
      { method: 'HEAD', path: `${docs}.site.zip` },
      { path: `${docs}.site.zip`, headers: { range: 'bytes=1000-' } },
    ),
    get('overview', `${docs}/`, HTML),
    get('page, compressed', `${docs}/page-{n}.md`.replace('{n}', '17'), { ...HTML, ...GZIP }),
    get('page as Markdown', `${docs}/page-17.md?format=md`),
    get('graph.json', `${docs}/graph.json`),
    get('graph.json, compressed', `${docs}/graph.json`, GZIP),
    get('search.json, compressed', `${docs}/search.json`, GZIP),
    get('llms-full.txt', `${docs}/llms-full.txt`),
    get('list of source files', `${docs}/source/`, HTML),
    get('page of the longest source file', `${docs}/source/${longFile}`, HTML),
    get('the same, compressed', `${docs}/source/${longFile}`, { ...HTML, ...GZIP }),
    get('the same as text', `${docs}/source/${longFile}?format=text`),
    get('no such page', `${docs}/read-request-parse-{n}.md`, HTML),
    get('no such page in many versions', `/docs/${versions}/latest/read-request-parse-{n}.md`, HTML),
    get('no such documents', `/static-docs/endde--{n}x/`, HTML),
    get('no such job', `/jobs/nobody{n}--nothing`, HTML),
    get('jobs by name, page', '/?repo=zzz{n}', HTML),
    get('jobs by name', '/api/jobs?search=zzz{n}&limit=100', JSON_TYPE),
    get('jobs', '/api/jobs?limit=100', JSON_TYPE),
    get('jobs of a repository', '/api/jobs?repo=https://git.invalid/acme/ended--{n}', JSON_TYPE),
    get('first page', '/', HTML),
    get('job', `/api/job/${id}`),
    get('page of a job', `/jobs/${id}`, HTML),
    { ...get('wait', '/api/job/queued--1?wait=60'), connections: 150 },
    { ...get('events', '/api/job/queued--1/events', { accept: 'text/event-stream' }), connections: 150 },
    get('log', `/api/job/${id}/log`),
    many('submissions, 1,000 at once', { method: 'POST', path: '/api/jobs', headers: SEND_JSON, body: batch }),
    many('bad submissions, 1,000 at once', { method: 'POST', path: '/api/jobs', headers: SEND_JSON, body: junk }),
    many('submission', {
      method: 'POST',
      path: '/api/jobs',
      headers: SEND_JSON,
      body: '{"repo_url":"https://git.invalid/acme/s{n}"}',
    }),
    many(
      'retry, cancel, delete',
      { method: 'POST', path: '/api/job/ended--{n}/retry' },
      { method: 'POST', path: '/api/job/ended--{n}/cancel' },
      { method: 'DELETE', path: '/api/job/ended--{n}' },
    ),
    get('queue', '/api/queue'),
    get('spend', '/api/spend'),
    get('metrics', '/metrics'),
    get('readyz', '/readyz'),
    many(
      'openapi.json',
      { path: '/openapi.json', headers: { host: 'localhost:{n}' } },
      { path: '/api', headers: HTML },
    ),
    many('login', {
      method: 'POST',
      path: '/login',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `token=${'x'.repeat(60_000)}`,
    }),
    many('graph: impact, paths', graph('impact', { symbol: hub }), graph('path', { from: hub, to: 'Class40000' })),
    many(
      'graph: callers, names',
      graph('callers', { symbol: hub, limit: '200' }),
      graph('symbols', { name: 'method1' }),
    ),
    many('ask', {
      method: 'POST',
      path: '/api/ask',
      headers: SEND_JSON,
      body: JSON.stringify({ job_id: id, question: 'where are requests rendered, parsed and stored? '.repeat(40) }),
    }),
    get('ask, page', `/ask?id=${id}&q=${encodeURIComponent('re pa te na st co de se fi li ma zq '.repeat(20))}`, HTML),
    many('mcp: list of tools', { ...call('', {}), body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' }),
    many(
      'mcp: calls',
      call('impact', { repoName: id, symbols: [hub], max_tokens: 100_000 }),
      call('ask_question', { repoName: id, question: 'how are requests parsed?', max_tokens: 100_000 }),
      call('read_wiki_contents', { repoName: id, max_tokens: 100_000 }),
    ),
    get('diff', `/diff/${id}/${other}`, HTML),
    get('diff as JSON', `/api/diff/${id}/${other}`, JSON_TYPE),
    get('diff as feed', `/diff/${other}/${id}?format=atom`),
    many('hooks, forged', {
      method: 'POST',
      path: '/hooks',
      headers: { ...SEND_JSON, 'x-github-event': 'push', 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
      body: JSON.stringify({ ref: 'refs/heads/main', commits: Array.from({ length: 900 }, () => 'x'.repeat(1_000)) }),
    }),
    get('follows', '/api/follows', JSON_TYPE),
    many('follows, refused form', { method: 'POST', path: '/follows', headers: SEND_FORM, body: 'repo_url=nonsense' }),
    many('submission, refused form', { method: 'POST', path: '/', headers: SEND_FORM, body: 'repo_url=nonsense' }),
    get('badge', '/badge/git.invalid/acme/large.svg'),
    get('feed of a repository', '/feed/git.invalid/acme/large.atom'),
    get('the largest script', '/assets/mermaid.min.js'),
    get('not found', '/nothing/{n}', HTML),
    get(
      'search of all, many parameters',
      `/search?${Array.from({ length: 2_600 }, (_, at) => `k${at}`).join('&')}`,
      HTML,
    ),
    get('a long query', `/api/jobs?${Array.from({ length: 2_600 }, (_, at) => `k${at}`).join('&')}`),
    get('long headers', '/api/jobs', {
      accept: 'text/x,'.repeat(1_000),
      'if-none-match': '"x",'.repeat(1_000),
      'accept-encoding': 'x,'.repeat(400),
    }),
  ]
}
