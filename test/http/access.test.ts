/** Who may do what, where the service has a token. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFixture } from './fixture.ts'
import { type Served, serve } from './served.ts'

const TOKEN = 'tokentokentoken-1'
const OTHER = 'tokentokentoken-2'
const BEARER = { authorization: `Bearer ${TOKEN}` }
const FIELDS = { repo_url: 'https://github.com/pallets/flask' }
const BROWSER = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'same-origin' }
const codeOf = (body: string): unknown => (JSON.parse(body) as { code: unknown }).code

/** Every route with a method, with something in the place of its parameters. */
async function routesOf(t: Parameters<typeof createFixture>[0]): Promise<{ method: string; path: string }[]> {
  const { app } = await createFixture(t, { access: { tokens: [TOKEN], for: 'writing' } })
  const routes = app.routes.filter(({ method }) => method !== 'ALL')
  return routes.map(({ method, path }) => ({
    method,
    path: path.replace(/:id\b/, 'pallets--flask').replace(/:[a-z]+(?:\{[^}]*\})?/g, 'overview.md'),
  }))
}

const isReading = (method: string): boolean => method === 'GET'
const isOpen = (path: string): boolean =>
  /^\/(?:healthz|readyz|login|logout|hooks|favicon\.ico|assets\/.*|\.well-known\/oauth-protected-resource(?:\/mcp)?)$/.test(
    path,
  )

/** They change nothing: the tools of agents make requests that are checked one by one. */
const POSTS_THAT_READ: ReadonlySet<string> = new Set(['/mcp', '/ask', '/api/ask'])

test('without the token every route that writes is 401, and the queue is not asked', async (t) => {
  const routes = await routesOf(t)
  const { ask, queue } = await serve(t, { DOCSPOOL_TOKEN: TOKEN })
  const writing = routes.filter(({ method, path }) => !isReading(method) && !isOpen(path) && !POSTS_THAT_READ.has(path))
  assert.ok(writing.length >= 11, `${writing.length} routes`)
  for (const [n, { method, path }] of writing.entries()) {
    // Wrong tokens are counted by address.
    const localAddress = `127.0.1.${n + 1}`
    for (const headers of [{}, { authorization: `Bearer ${OTHER}` }, { cookie: 'docspool=1; __Host-docspool=1' }]) {
      const { status, headers: sent, body } = await ask(path, { method, headers, localAddress })
      assert.equal(status, 401, `${method} ${path}`)
      assert.match(sent['www-authenticate'] ?? '', /^Bearer realm="docspool"/)
      assert.ok(!body.includes(TOKEN))
    }
  }
  assert.deepEqual([queue.asked, queue.submits], [[], []])
})

test('a method that no route has needs the token, too', async (t) => {
  const { ask } = await serve(t, { DOCSPOOL_TOKEN: TOKEN })
  for (const method of ['PUT', 'PATCH', 'PROPFIND']) {
    assert.equal((await ask('/api/jobs', { method })).status, 401, method)
    assert.equal((await ask('/api/jobs', { method, headers: BEARER })).status, 405, method)
  }
})

test('reading needs no token, unless the operator says so; then all but the health does', async (t) => {
  const routes = await routesOf(t)
  const free = await serve(t, { DOCSPOOL_TOKEN: TOKEN })
  const closed = await serve(t, { DOCSPOOL_TOKEN: TOKEN, DOCSPOOL_TOKEN_FOR: 'everything' })
  for (const served of [free, closed]) served.queue.move('pallets--flask', { status: 'completed' }, served.docsKey)
  for (const { method, path } of routes.filter(({ method }) => isReading(method))) {
    // An event stream would go on.
    const asked = path.endsWith('/events') ? 'HEAD' : method
    assert.notEqual((await free.ask(path, { method: asked })).status, 401, path)
    for (const each of [asked, 'HEAD']) {
      const { status } = await closed.ask(path, { method: each })
      assert.equal(status === 401, !isOpen(path), `${each} ${path}: ${status}`)
    }
    assert.notEqual((await closed.ask(path, { method: asked, headers: BEARER })).status, 401, path)
  }
  for (const path of ['/nothing', '/assets/../api/jobs', '/assets/%2e%2e/api/jobs', '/assets//api/jobs', '/login/x']) {
    assert.equal((await closed.ask(path)).status, 401, path)
  }
  assert.equal((await closed.ask('/api/jobs', { method: 'OPTIONS' })).status, 401)
})

test('where reading needs the token, no shared cache may keep an answer', async (t) => {
  const routes = await routesOf(t)
  const closed = await serve(t, { DOCSPOOL_TOKEN: TOKEN, DOCSPOOL_TOKEN_FOR: 'everything' })
  const free = await serve(t, { DOCSPOOL_TOKEN: TOKEN })
  for (const served of [free, closed]) served.queue.move('pallets--flask', { status: 'completed' }, served.docsKey)
  const docs = ['', 'overview.md', 'graph.json', '?q=flask', 'source/', 'nothing.md'].map(
    (name) => `/static-docs/pallets--flask/${name}`,
  )
  const archives = ['/static-docs/pallets--flask.zip', '/static-docs/pallets--flask.site.zip']
  const paths = [...docs, ...archives, ...routes.filter(({ method }) => isReading(method)).map(({ path }) => path)]
  let kept = 0
  for (const path of paths.filter((each) => !isOpen(each))) {
    const method = path.endsWith('/events') ? 'HEAD' : 'GET'
    const first = await closed.ask(path, { method, headers: BEARER })
    const known = { ...BEARER, ...(first.headers.etag !== undefined && { 'if-none-match': first.headers.etag }) }
    for (const answer of [first, await closed.ask(path, { method, headers: known })]) {
      const told = answer.headers['cache-control'] ?? ''
      assert.match(told, /^no-store$|^private, no-cache$/, `${answer.status} ${path}`)
      if (answer.status < 400 && told.startsWith('private')) kept++
    }
  }
  assert.ok(kept >= 16, `${kept}`)
  const [, overview = ''] = docs
  assert.equal((await free.ask(overview)).headers['cache-control'], 'no-cache')
  const style = await closed.ask('/assets/docspool.css')
  assert.doesNotMatch(String(style.headers['cache-control']), /private/)
})

test('curl sends the token, and is told how when it does not', async (t) => {
  const { post, ask, origin, queue } = await serve(t, { DOCSPOOL_TOKEN: TOKEN })
  const refused = await post('/', FIELDS)
  assert.equal(
    refused.body,
    `error: This needs the token of the service. Send it: curl -H "Authorization: Bearer $DOCSPOOL_TOKEN" -d repo_url=https://github.com/pallets/flask ${origin}/ (TOKEN_MISSING)\n`,
  )
  const deleted = await ask('/api/job/a--b?x=$(id)', { method: 'DELETE', headers: { accept: 'application/json' } })
  assert.equal(deleted.headers['content-type'], 'application/problem+json')
  assert.equal(
    (JSON.parse(deleted.body) as { hint: string }).hint,
    `Send it: curl -X DELETE -H "Authorization: Bearer $DOCSPOOL_TOKEN" '${origin}/api/job/a--b?x=$(id)'`,
  )
  for (const authorization of [`Bearer ${TOKEN}`, `bearer  ${TOKEN} `, `BEARER ${TOKEN}`]) {
    assert.equal((await post('/', FIELDS, { headers: { authorization } })).status, 202, authorization)
  }
  const wrong = [`Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, TOKEN, 'Bearer', `Bearer ${TOKEN} x`]
  for (const authorization of wrong) {
    const { status, headers, body } = await post('/api/jobs', FIELDS, { headers: { authorization } })
    assert.equal(status, 401, authorization)
    assert.equal(codeOf(body), 'TOKEN_WRONG')
    assert.match(headers['www-authenticate'] ?? '', /error="invalid_token"/)
  }
  assert.equal(queue.submits.length, 3)
})

test('while one token replaces the other, both are good', async (t) => {
  const { post } = await serve(t, { DOCSPOOL_TOKEN: `${OTHER}, ${TOKEN}` })
  for (const token of [TOKEN, OTHER]) {
    assert.equal((await post('/', FIELDS, { headers: { authorization: `Bearer ${token}` } })).status, 202)
  }
})

/** Log in, and give the cookie as a browser sends it back. */
async function logIn({ post }: Served, headers: Record<string, string> = {}): Promise<{ set: string; cookie: string }> {
  const answer = await post('/login', { token: TOKEN, next: '/jobs/a--b' }, { headers: { ...BROWSER, ...headers } })
  assert.deepEqual([answer.status, answer.headers.location], [303, '/jobs/a--b'])
  const [set = ''] = answer.headers['set-cookie'] ?? []
  return { set, cookie: set.split(';', 1)[0] ?? '' }
}

test('a browser logs in, does what needs the token, and logs out', async (t) => {
  const served = await serve(t, { DOCSPOOL_TOKEN: TOKEN })
  const { ask, post, queue } = served
  const refused = await post('/', FIELDS, { headers: BROWSER })
  assert.equal(refused.status, 401)
  assert.match(refused.body, /name="next" value="\/\?repo_url=https%3A%2F%2Fgithub.com%2Fpallets%2Fflask#RepoUrl"/)
  const long = await post('/', { repo_url: `${'x'.repeat(1_999)}😀` }, { headers: BROWSER })
  assert.equal(long.status, 401)
  assert.match(long.body, /name="next" value="\/"/)
  const { set, cookie } = await logIn(served)
  assert.match(set, /^docspool=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/)
  assert.ok(!set.includes(TOKEN))
  assert.match((await ask('/', { headers: { ...BROWSER, cookie } })).body, /Log out/)
  assert.match((await ask('/', { headers: BROWSER })).body, /Log in/)
  assert.equal((await post('/', FIELDS, { headers: { ...BROWSER, cookie } })).status, 303)
  assert.equal(queue.submits.length, 1)
  // Neither does a page of another site write with it.
  const evil = { ...BROWSER, cookie, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  assert.equal((await post('/', FIELDS, { headers: evil })).status, 403)
  assert.equal((await post('/login', { token: TOKEN }, { headers: evil })).status, 403)
  assert.equal((await ask('/login?next=/jobs/a--b', { headers: { cookie } })).headers.location, '/jobs/a--b')
  const out = await post('/logout', {}, { headers: { ...BROWSER, cookie } })
  assert.deepEqual(out.headers['set-cookie'], ['docspool=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict'])
})

test('a session that was made up, has ended or belongs to another token is none', async (t) => {
  const served = await serve(t, { DOCSPOOL_TOKEN: TOKEN })
  const { cookie } = await logIn(served)
  const [ends = '', nonce = '', mac = ''] = cookie.slice('docspool='.length).split('.')
  const write = async (value: string, to = served): Promise<number> =>
    (await to.post('/', FIELDS, { headers: { ...BROWSER, cookie: `docspool=${value}` } })).status
  assert.equal(await write(`${ends}.${nonce}.${mac}`), 303)
  for (const value of [
    `${Number(ends) + 1}.${nonce}.${mac}`,
    `${ends}.${nonce.replace(/./, (c) => (c === '0' ? '1' : '0'))}.${mac}`,
    `${ends}.${nonce}.${mac.replace(/.$/, (c) => (c === '0' ? '1' : '0'))}`,
    `${ends}.${nonce}.${'0'.repeat(64)}`,
    `${ends}.${nonce}.`,
    `9999999999999..${mac}`,
    TOKEN,
  ]) {
    assert.equal(await write(value), 401, value)
  }
  assert.equal(await write(`${ends}.${nonce}.${mac}`, await serve(t, { DOCSPOOL_TOKEN: OTHER })), 401)
  assert.equal(await write(`${ends}.${nonce}.${mac}`, await serve(t, { DOCSPOOL_TOKEN: `${OTHER},${TOKEN}` })), 303)
  const later = await createFixture(t, {
    access: { tokens: [TOKEN], for: 'writing' },
    clock: () => Number(ends),
  })
  const late = await later.post('/', FIELDS, { ...BROWSER, cookie: `docspool=${ends}.${nonce}.${mac}` })
  assert.equal(late.status, 401)
})

test('where TLS is in front, the cookie is for TLS alone; where reading needs it, links from outside work', async (t) => {
  const secure = await serve(t, { DOCSPOOL_TOKEN: TOKEN, DOCSPOOL_PUBLIC_URL: 'https://docs.example.org' })
  const { set, cookie } = await logIn(secure)
  assert.match(set, /^__Host-docspool=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  assert.equal((await secure.post('/', FIELDS, { headers: { ...BROWSER, cookie } })).status, 303)
  const plain = cookie.replace('__Host-', '')
  assert.equal((await secure.post('/', FIELDS, { headers: { ...BROWSER, cookie: plain } })).status, 401)
  const closed = await serve(t, { DOCSPOOL_TOKEN: TOKEN, DOCSPOOL_TOKEN_FOR: 'everything' })
  assert.match((await logIn(closed)).set, /SameSite=Lax$/)
})

test('after logging in nobody is sent to another site', async (t) => {
  const { post, ask, origin } = await serve(t, { DOCSPOOL_TOKEN: TOKEN, DOCSPOOL_TOKEN_FOR: 'everything' })
  for (const next of [
    '//evil.example/',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%09//evil.example/..//..//evil.example',
    '/login',
    '',
    'x',
    `/${'x'.repeat(5_000)}`,
  ]) {
    const { headers } = await post('/login', { token: TOKEN, next }, { headers: BROWSER })
    assert.equal(new URL(headers.location ?? '', origin).origin, origin, next)
  }
  const page = await ask('/static-docs/a--b/?q=%22%3E%3Cscript%3E', { headers: BROWSER })
  assert.equal(page.status, 401)
  assert.match(page.body, /name="next" value="\/static-docs\/a--b\/\?q=%22%3E%3Cscript%3E"/)
})

test('who sends many wrong tokens is not asked for more for a while, and others are', async (t) => {
  const { post, ask } = await serve(t, { DOCSPOOL_TOKEN: TOKEN })
  const guess = (authorization: string, localAddress = '127.0.0.9') =>
    post('/', FIELDS, { headers: { authorization }, localAddress })
  const statuses: number[] = []
  for (let n = 0; n < 25; n++) statuses.push((await guess(`Bearer ${OTHER}${n}`)).status)
  assert.deepEqual([...new Set(statuses)], [401, 429])
  const right = await guess(`Bearer ${TOKEN}`)
  assert.equal(right.status, 429)
  assert.ok(Number(right.headers['retry-after']) > 0)
  const login = await post('/login', { token: TOKEN }, { localAddress: '127.0.0.9', headers: BROWSER })
  assert.equal(login.status, 429)
  assert.match(login.body, /Too many wrong tokens/)
  assert.equal((await guess(`Bearer ${TOKEN}`, '127.0.0.10')).status, 202)
  assert.equal((await ask('/api/jobs', { localAddress: '127.0.0.9' })).status, 200)
})

test('commands on pages send the token where it is needed', async (t) => {
  const header = /curl( -X POST)? -H &quot;Authorization: Bearer \$DOCSPOOL_TOKEN&quot;/
  const writing = await serve(t, { DOCSPOOL_TOKEN: TOKEN })
  const index = (await writing.ask('/', { headers: BROWSER })).body
  assert.match(index, header)
  assert.match(index, /<code>curl -H &#39;Accept: text\/plain&#39;/)
  const closed = await serve(t, { DOCSPOOL_TOKEN: TOKEN, DOCSPOOL_TOKEN_FOR: 'everything' })
  closed.queue.move('a--b', { status: 'completed', epoch: 1 })
  const job = (await closed.ask('/jobs/a--b', { headers: { ...BROWSER, ...BEARER } })).body
  const commands = [...job.matchAll(/<code>(curl [^<]*)<\/code>/g)].map(([, command]) => command ?? '')
  assert.ok(commands.length >= 4)
  for (const command of commands) assert.match(command, /Authorization: Bearer \$DOCSPOOL_TOKEN/)
  assert.doesNotMatch((await (await serve(t)).ask('/', { headers: BROWSER })).body, /DOCSPOOL_TOKEN|Log in/)
})
