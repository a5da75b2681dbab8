/** Bodies that are dear to read: what they count as, and that nothing is read of them when there is none left. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { type Answered, serve } from './served.ts'

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'
const REPO = 'https://github.com/acme/a'

const part = (name: string): string => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n1\r\n`
const parts = (count: number): string => `${Array.from({ length: count }, (_, n) => part(`a${n}`)).join('')}--x--\r\n`
const fields = (count: number): string => Array.from({ length: count }, (_, n) => `a${n}=1`).join('&')
const keys = (count: number): string => Array.from({ length: count }, (_, n) => `"k${n}":1`).join(',')

const BODIES: [type: string, body: string, code: string][] = [
  [JSON_TYPE, '['.repeat(500_000) + ']'.repeat(500_000), 'BAD_BODY'],
  [JSON_TYPE, `[${'{"a":'.repeat(9)}1${'}'.repeat(9)}]`, 'BAD_BODY'],
  [JSON_TYPE, `[{${keys(70_000)}}]`, 'BAD_BODY'],
  [JSON_TYPE, `{${keys(65)}}`, 'BAD_BODY'],
  [JSON_TYPE, `[${'1,'.repeat(500_000)}1]`, 'BAD_BODY'],
  [JSON_TYPE, `[${Array(1_001).fill('{}').join(',')}]`, 'BAD_BODY'],
  [
    JSON_TYPE,
    `[${Array(1_000)
      .fill(`{${keys(30)}}`)
      .join(',')}]`,
    'BAD_BODY',
  ],
  [JSON_TYPE, '{', 'BAD_BODY'],
  [JSON_TYPE, '[1]', 'BAD_BODY'],
  [JSON_TYPE, '[]', 'BAD_BODY'],
  [JSON_TYPE, '{}', 'MISSING_FIELD'],
  [JSON_TYPE, `{${keys(64)}}`, 'MISSING_FIELD'],
  [FORM_TYPE, fields(33), 'UNKNOWN_FIELD'],
  [FORM_TYPE, `${'a=&'.repeat(15_000)}`, 'UNKNOWN_FIELD'],
  [FORM_TYPE, 'repo_url=flask', 'NOT_A_URL'],
  ['multipart/form-data; boundary=x', parts(33), 'UNKNOWN_FIELD'],
  ['multipart/form-data; boundary=x', '--x\r\n'.repeat(10_000), 'UNKNOWN_FIELD'],
  ['multipart/form-data; boundary=x', 'nonsense', 'BAD_BODY'],
  ['multipart/form-data', parts(1), 'BAD_BODY'],
]
const shown = ([type, body]: (typeof BODIES)[number]): string => `${type} ${body.length} ${body.slice(0, 40)}`
const codeOf = ({ body }: Answered): unknown => (JSON.parse(body) as { code: unknown }).code

test('a body that is refused counts as a submission, and with none left no body is looked at', async (t) => {
  const served = await serve(t, { DOCSPOOL_SUBMISSIONS_PER_HOUR: String(BODIES.length) })
  const post = (type: string, body: string, localAddress = '127.0.0.1') =>
    served.ask('/api/jobs', { method: 'POST', body, headers: { 'content-type': type }, localAddress })
  for (const [n, each] of BODIES.entries()) {
    const [type, body, code] = each
    const answer = await post(type, body)
    assert.deepEqual([answer.status, codeOf(answer)], [400, code], shown(each))
    assert.match(String(answer.headers.ratelimit), new RegExp(`;r=${BODIES.length - n - 1};`), shown(each))
  }
  for (const each of BODIES) {
    const answer = await post(each[0], each[1])
    assert.deepEqual([answer.status, codeOf(answer)], [429, 'RATE_LIMITED'], shown(each))
  }
  const json = JSON.stringify([{ repo_url: REPO }])
  assert.equal((await post(JSON_TYPE, json)).status, 429)
  assert.equal((await post(JSON_TYPE, json, '127.0.0.2')).status, 202)
})

test('who has no submission left is answered before the body has come', { timeout: 30_000 }, async (t) => {
  const { port, post } = await serve(t, { DOCSPOOL_SUBMISSIONS_PER_HOUR: '1' })
  assert.equal((await post('/', { repo_url: REPO })).status, 202)
  for (const type of [JSON_TYPE, FORM_TYPE, 'multipart/form-data; boundary=x']) {
    for (const [accept, length] of [
      ['application/json', 'Content-Length: 60000'],
      ['text/html', 'Content-Length: 60000'],
      ['application/json', 'Transfer-Encoding: chunked'],
    ]) {
      const socket = connect(port, '127.0.0.1')
      const head = ['POST / HTTP/1.1', 'Host: localhost', `Accept: ${accept}`, `Content-Type: ${type}`]
      socket.write([...head, length, '', ''].join('\r\n'))
      const [first] = (
        await new Promise<Buffer>((resolve, reject) => {
          socket.once('data', resolve).once('error', reject)
        }).finally(() => socket.destroy())
      )
        .toString('latin1')
        .split('\r\n')
      assert.match(first ?? '', /^HTTP\/1\.1 429 /, `${type} ${accept} ${length}`)
    }
  }
})

test('as many fields as any form has are read, and a submission is none the worse for being in parts', async (t) => {
  const { ask } = await serve(t)
  const answers = [
    await ask('/api/jobs', { method: 'POST', body: fields(32), headers: { 'content-type': FORM_TYPE } }),
    await ask('/api/jobs', {
      method: 'POST',
      body: `${part('repo_url').replace('\r\n1\r\n', `\r\n${REPO}\r\n`)}--x--\r\n`,
      headers: { 'content-type': 'multipart/form-data; boundary="x"' },
    }),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [400, 202],
  )
  assert.equal(codeOf(answers[0] as Answered), 'MISSING_FIELD')
})

test('a login that cannot be read counts as a wrong token', async (t) => {
  const { ask } = await serve(t, { DOCSPOOL_TOKEN: 'tokentokentoken-1' })
  const login = (type: string, body: string) =>
    ask('/login', { method: 'POST', body, headers: { 'content-type': type, accept: 'application/json' } })
  for (let n = 0; n < 20; n++) {
    const answer =
      n % 2 === 0 ? await login('multipart/form-data; boundary=x', 'x') : await login(FORM_TYPE, fields(99))
    assert.equal(answer.status, 400)
  }
  assert.equal((await login(FORM_TYPE, 'token=tokentokentoken-1')).status, 429)
})

test('what was typed without the token is kept for the login, as far as it is a form and submissions are left', async (t) => {
  const { ask } = await serve(t, { DOCSPOOL_TOKEN: 'tokentokentoken-1', DOCSPOOL_SUBMISSIONS_PER_HOUR: '2' })
  const next = async (body: string) => {
    const headers = { 'content-type': FORM_TYPE, accept: 'text/html' }
    const answer = await ask('/', { method: 'POST', body, headers })
    assert.equal(answer.status, 401)
    return /name="next" value="([^"]*)"/.exec(answer.body)?.[1]
  }
  const typed = `repo_url=${encodeURIComponent(REPO)}`
  assert.match((await next(typed)) ?? '', /repo_url=https/)
  assert.equal(await next(`${typed}&${fields(32)}`), '/')
  assert.equal(await next(typed), '/', 'none is left')
})
