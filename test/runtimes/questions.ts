/** What each runtime is asked, in this order, and its answers in a form that can be compared. */

import { gunzipSync } from 'node:zlib'

const FLASK = 'https://github.com/pallets/flask'
const HONO = 'https://github.com/honojs/hono'
const JSON_TYPE = { 'content-type': 'application/json' }
const TEXT = { accept: 'text/plain' }
const HTML = { accept: 'text/html' }

type Question = [path: string, init?: { method?: string; headers?: Record<string, string>; body?: string }]

const form = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: String(new URLSearchParams(fields)),
})

export const questions: readonly Question[] = [
  ['/', { headers: HTML }],
  ['/', form({ repo_url: HONO })],
  ['/', form({ repo_url: HONO }, { ...HTML, origin: 'https://docs.example.org' })],
  ['/', form({ repo_url: HONO }, { origin: 'https://evil.example' })],
  ['/', form({ repo_url: 'flask' }, HTML)],
  ['/api/jobs', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ repo_url: FLASK }) }],
  ['/api/jobs', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify([{ repo_url: HONO }, { repo_url: 'x' }]) }],
  ['/api/jobs', { method: 'POST', headers: JSON_TYPE, body: '{"repo_url":' }],
  ['/api/jobs', { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a' }],
  ['/api/jobs', form({ repo_url: HONO, notes: 'ünïcode', language: 'de' })],
  ['/api/jobs', form({ repo_url: HONO, notes: 'x'.repeat(70_000) })],
  ['/api/jobs'],
  ['/api/jobs?limit=1', { headers: TEXT }],
  ['/api/jobs?limit=x'],
  ['/api/job/pallets--flask'],
  ['/api/job/honojs--hono', { headers: TEXT }],
  ['/api/job/honojs--hono?wait=0'],
  ['/api/job/nobody--nothing'],
  ['/api/job/%2e%2e%2fetc'],
  ['/api/job/pallets--flask/events'],
  ['/api/job/pallets--flask/events', { headers: TEXT }],
  ['/api/job/pallets--flask/log'],
  ['/api/job/honojs--hono/cancel', { method: 'POST' }],
  ['/api/job/honojs--hono', { method: 'DELETE' }],
  ['/api/queue'],
  ['/api/queue', { method: 'PUT' }],
  ['/api/spend'],
  ['/metrics'],
  ['/jobs/pallets--flask', { headers: HTML }],
  ['/jobs/pallets--flusk', { headers: HTML }],
  ['/docs/pallets--flask'],
  ['/static-docs/pallets--flask'],
  ['/static-docs/pallets--flask/'],
  ['/static-docs/pallets--flask/?format=md'],
  ['/static-docs/pallets--flask/module_tree.json'],
  ['/static-docs/pallets--flask/nothing.md', { headers: TEXT }],
  ['/static-docs/pallets--flask/?q=flask', { headers: { accept: 'application/json' } }],
  ['/static-docs/pallets--flask.zip'],
  ['/assets/docspool.css'],
  ['/healthz'],
  ['/readyz'],
  ['/openapi.json'],
  ['/api', { headers: HTML }],
  ['/nowhere', { headers: HTML }],
  ['/api/job/pallets--flask/retry', { method: 'POST', headers: TEXT }],
]

const HEADERS = [
  'content-type',
  'content-security-policy',
  'cache-control',
  'location',
  'retry-after',
  'link',
  'allow',
  'etag',
  'vary',
]

export interface Compared {
  question: string
  status: number
  headers: Record<string, string | null>
  body: string
}

/** @param origin - Of the server, `http://127.0.0.1:1234`. */
export async function askAll(
  ask: (url: string, init: RequestInit) => Promise<Response>,
  origin: string,
): Promise<Compared[]> {
  const answers: Compared[] = []
  for (const [path, init = {}] of questions) {
    const headers = { 'accept-encoding': 'gzip', ...init.headers }
    const answer = await ask(origin + path, { ...init, headers, redirect: 'manual' })
    const bytes = Buffer.from(await answer.arrayBuffer())
    // Some clients unpack by themselves, and the bytes of a packed text are the compressor's own.
    const body = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('latin1')
    answers.push({
      question: `${init.method ?? 'GET'} ${path}`,
      status: answer.status,
      headers: Object.fromEntries(HEADERS.map((name) => [name, answer.headers.get(name)])),
      body: body
        .replace(/"instance":"[^"]*"/g, '"instance":"…"')
        .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…'),
    })
  }
  return answers
}
