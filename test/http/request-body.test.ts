/** Bodies that are dear to read: what they count as, and that nothing is read of them when there is none left. */
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
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
  ['multipart/form-data; x-boundary=zz; boundary=x', parts(33), 'UNKNOWN_FIELD'],
  ['multipart/form-data; x="boundary=zz"; boundary=x', parts(33), 'UNKNOWN_FIELD'],
  ['multipart/form-data; x="; boundary=zz"; boundary=x', parts(33), 'UNKNOWN_FIELD'],
  ['multipart/form-data; boundary=zz; boundary=x', parts(33), 'BAD_BODY'],
  ['multipart/form-data; boundary="\\x"', parts(33), 'BAD_BODY'],
  ['multipart/form-data; boundary="x', parts(33), 'BAD_BODY'],
  ['multipart/form-data; boundary=x y', parts(33), 'BAD_BODY'],
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

/** Requests whose bodies do not end. */
function unfinished(t: TestContext, port: number, localAddress = '127.0.0.1') {
  const sockets: Socket[] = []
  t.after(() => sockets.forEach((socket) => void socket.destroy()))
  /** @returns The first line of what is answered, when it is. */
  const open = (path: string, headers: readonly string[], start = ''): { socket: Socket; answer: Promise<string> } => {
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    sockets.push(socket)
    const answer = new Promise<string>((resolve) => {
      socket
        .on('error', () => undefined)
        .once('data', (data) => resolve(data.toString('latin1').split('\r\n')[0] ?? ''))
    })
    socket.write([`POST ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', start].join('\r\n'))
    return { socket, answer }
  }
  return open
}

const BATCH = [`Content-Type: ${JSON_TYPE}`, 'Content-Length: 1048576']
const CHUNKED = [`Content-Type: ${JSON_TYPE}`, 'Transfer-Encoding: chunked']
const MIB_CHUNK = `100000\r\n${' '.repeat(1_048_576)}\r\n`

for (const [how, headers, start] of [
  ['announced', BATCH, ''],
  ['sent in chunks', CHUNKED, MIB_CHUNK],
] as const) {
  test(`bodies that do not end are limited by address and in all: ${how}`, { timeout: 60_000 }, async (t) => {
    const { port, ask } = await serve(t)
    const submit = (localAddress: string, size: number) =>
      ask('/api/jobs', {
        ...{ method: 'POST', localAddress, headers: { 'content-type': JSON_TYPE } },
        body: JSON.stringify([{ repo_url: REPO }]).padEnd(size),
      })
    /** Submits until the answer has the status, each time after another body that does not end, where so many are wanted. */
    const until = async (localAddress: string, status: number, more?: () => void): Promise<Answered> => {
      for (;;) {
        more?.()
        const answer = await submit(localAddress, 20_000)
        if (answer.status === status) return answer
      }
    }
    const own = unfinished(t, port)
    const held: Socket[] = []
    const refused = await until('127.0.0.1', 503, () => void held.push(own('/api/jobs', headers, start).socket))
    assert.deepEqual([codeOf(refused), refused.headers['retry-after']], ['SERVER_BUSY', '2'])
    assert.equal((await submit('127.0.0.1', 1_000)).status, 202, 'short ones are not held up')
    assert.equal((await submit('127.0.0.9', 20_000)).status, 202)
    assert.match(await own('/api/jobs', headers, start).answer, /^HTTP\/1\.1 503 /)
    for (const socket of held) socket.destroy()
    await until('127.0.0.1', 202)
    let count = 0
    await until('127.0.0.99', 503, () => {
      count += 1
      unfinished(t, port, `127.0.1.${count % 12}`)('/api/jobs', headers, start)
    })
    assert.ok(count >= 64)
    assert.equal((await submit('127.0.0.99', 1_000)).status, 202)
  })
}

test('a question of a client that has no search left is refused before its body has come', {
  timeout: 60_000,
}, async (t) => {
  const { port, ask } = await serve(t, { DOCSPOOL_SEARCHES_PER_MINUTE: '1' })
  await ask('/static-docs/pallets--flask/?q=app')
  const open = unfinished(t, port)
  for (const [path, type] of [
    ['/api/ask', JSON_TYPE],
    ['/ask', FORM_TYPE],
  ] as const) {
    const { answer } = open(path, [`Content-Type: ${type}`, 'Content-Length: 60000'])
    assert.match(await answer, /^HTTP\/1\.1 429 /, path)
  }
})

test('a body is counted until its request is answered, whatever the answer', async (t) => {
  const { ask } = await serve(t)
  for (let count = 0; count < 20; count++) {
    const body = count % 2 === 0 ? ' '.repeat(1_000_000) : '['.repeat(1_000_000)
    assert.equal((await ask('/api/jobs', { method: 'POST', body, headers: { 'content-type': JSON_TYPE } })).status, 400)
  }
})
