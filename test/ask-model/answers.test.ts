import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import type { Answer } from '#ask/answer.ts'
import { connect } from '../http/mcp/shop.ts'
import { conforms } from '../support/conformance.ts'
import { program } from '../support/docspool.ts'
import { answerIn, draftsIn, faultsOfSentences, isEvil, readServerSent, type ServerSent, sentencesIn } from './judge.ts'
import { FILES, JOB, type ServedWithModel, serveWithModel } from './shop.ts'

const QUESTION = 'Who calls `Shop.sell`, and what does `priceOf` return?'
const JSON_TYPE = { 'content-type': 'application/json' }

const post = (served: ServedWithModel, to: string, body: unknown, headers: Record<string, string> = {}) =>
  served.ask(to, { method: 'POST', body: JSON.stringify(body), headers: { ...JSON_TYPE, ...headers } })

async function ask(served: ServedWithModel, more: object = {}): Promise<Answer> {
  const { status, headers, body } = await post(served, '/api/ask', { job_id: JOB, question: QUESTION, ...more })
  const type = { 'content-type': String(headers['content-type']) }
  await conforms('POST', '/api/ask', new Response(body, { status, headers: type }))
  assert.equal(status, 200, body)
  return JSON.parse(body)
}

async function stream(served: ServedWithModel, more: object = {}): Promise<ServerSent[]> {
  const body = { job_id: JOB, question: QUESTION, ...more }
  const answer = await post(served, '/api/ask', body, { accept: 'text/event-stream' })
  assert.match(String(answer.headers['content-type']), /^text\/event-stream/)
  return readServerSent(answer.body)
}

const writtenOf = (answer: Answer): NonNullable<Answer['written']> =>
  answer.written ?? assert.fail(`${answer.without_model}`)

describe('an answer of a model', () => {
  for (const hasSource of [true, false]) {
    it(`cites lines for each sentence, of a set ${hasSource ? 'with' : 'without'} its source`, async (t) => {
      const served = await serveWithModel(t, 'well-behaved', {}, { hasSource })
      const answer = await ask(served)
      const written = writtenOf(answer)
      assert.deepEqual([answer.basis, written.ended, written.struck, written.is_kept], ['model', 'whole', 0, false])
      assert.ok(written.sentences.length >= 4)
      assert.deepEqual(faultsOfSentences(written.sentences, FILES), [])
      assert.ok(answer.definitions.length > 0, 'the evidence is there, too')
      const { citations = [] } = written.sentences.find(({ text }) => text.includes('Shop.sell')) ?? {}
      const address = hasSource
        ? /^source\/src\/\w+\.ts#L\d+-L\d+$/
        : /^https:\/\/example\.org\/src\/\w+\.ts#L\d+-L\d+$/
      assert.match(citations[0]?.source ?? '', address)
      assert.ok(written.sentences.some(({ names }) => names.some(({ anchor }) => anchor === 'shopsell')))
    })
  }

  it('is streamed: what is looked up, words, then each sentence when it was checked', async (t) => {
    const served = await serveWithModel(t, { name: 'slow', pieceMs: 5 })
    const events = await stream(served)
    assert.equal(events[0]?.type, 'evidence')
    assert.deepEqual(sentencesIn(events), writtenOf(answerIn(events)).sentences)
    assert.ok(events.some(({ type, data }) => type === 'look_up' && data.tool === 'get_symbol'))
    const drafts = draftsIn(events)
    const first = events.findIndex(({ type }) => type === 'words')
    assert.ok(first > 0 && first < events.findIndex(({ type }) => type === 'sentence'))
    const whole = sentencesIn(events).map(({ text }) => text.replaceAll('`', ''))
    for (const draft of drafts)
      assert.ok(
        whole.some((text) => text.startsWith(draft.trimEnd())),
        draft,
      )
  })

  it('is text with its citations, and evidence alone when that is asked for', async (t) => {
    const served = await serveWithModel(t)
    const body = { job_id: JOB, question: QUESTION }
    const { body: text } = await post(served, '/api/ask', body, { accept: 'text/plain' })
    assert.match(
      text,
      /`main` calls `Shop\.sell`\. \[src\/main\.ts:4\]|`Shop\.sell` is used by `main`\. \[src\/main\.ts:4\]/,
    )
    assert.match(text, /Written by stand-in/)
    const requests = served.model.counters.requests
    const answer = await ask(served, { basis: 'evidence' })
    assert.deepEqual([answer.basis, answer.written, answer.without_model], ['evidence', null, 'not asked for'])
    assert.equal(served.model.counters.requests, requests)
  })

  it('says that the documentation does not say', async (t) => {
    const served = await serveWithModel(t)
    const answer = await ask(served, { question: 'quantum entanglement' })
    assert.deepEqual([writtenOf(answer).ended, writtenOf(answer).sentences], ['not found', []])
  })

  it('follows up on earlier questions with what was answered to them', async (t) => {
    const served = await serveWithModel(t)
    const first = writtenOf(await ask(served))
    await ask(served, { question: 'And `Market`?', previous: [QUESTION] })
    const messages = served.model.seen.at(-1)?.request.messages ?? []
    assert.equal(messages[1]?.content, QUESTION)
    assert.equal(messages[2]?.content, first.sentences.map(({ text }) => text).join(' '))
    assert.match(String(messages[3]?.content), /And `Market`\?$/)
    const { status } = await post(served, '/api/ask', { job_id: JOB, question: 'x', previous: Array(5).fill('x') })
    assert.equal(status, 400)
  })
})

describe('what does not hold', () => {
  const files = { ...FILES }

  it('is struck: invented names, lines that there are not, lines that say nothing of it', async (t) => {
    const served = await serveWithModel(t, 'invented')
    let struck = 0
    for (const question of [QUESTION, 'What is `Shop`?', 'How does `main` work?', '`Market`?']) {
      const written = writtenOf(await ask(served, { question }))
      struck += written.struck
      assert.deepEqual(faultsOfSentences(written.sentences, files), [])
    }
    assert.ok(struck >= 4, `${struck} struck`)
  })

  for (let seed = 1; seed <= 8; seed++) {
    it(`is never shown, whatever the model does (seed ${seed})`, async (t) => {
      const settings = { DOCSPOOL_LLM_TIMEOUT_S: '2', DOCSPOOL_ASK_CALLS: '3' }
      const served = await serveWithModel(t, 'hostile-chat', settings, { seed, hasSource: seed % 2 === 0 })
      for (const question of [QUESTION, 'What is `Shop`?']) {
        const before = served.model.counters.requests
        const events = await stream(served, { question })
        const answer = answerIn(events)
        assert.deepEqual(faultsOfSentences(sentencesIn(events), files), [])
        assert.deepEqual(sentencesIn(events), answer.written?.sentences ?? [])
        for (const draft of draftsIn(events)) assert.ok(!isEvil(draft), draft)
        // A turn is tried three times while nothing was said.
        assert.ok(served.model.counters.requests - before <= 3 * 3)
      }
    })
  }

  it('is what the repository told it to say, and the key of the endpoint', async (t) => {
    const served = await serveWithModel(t, 'obeys')
    const events = await stream(served, { question: 'What is `Market`, in src/shop.ts?' })
    assert.ok(!JSON.stringify(events.filter(({ type }) => type !== 'evidence')).includes('sk-the-key'))
    for (const { text } of sentencesIn(events)) assert.ok(!isEvil(text), text)
    for (const draft of draftsIn(events)) assert.ok(!isEvil(draft), draft)
  })

  it('ends with what holds when the connection breaks, and is not kept', async (t) => {
    const served = await serveWithModel(t, ({ request }) =>
      request.messages.some(({ role }) => role === 'tool') ? 'cut' : 'well-behaved',
    )
    const written = writtenOf(await ask(served))
    assert.equal(written.ended, 'cut')
    assert.deepEqual(faultsOfSentences(written.sentences, files), [])
    served.model.behave('well-behaved')
    assert.deepEqual([writtenOf(await ask(served)).ended, writtenOf(await ask(served)).is_kept], ['whole', true])
  })
})

describe('the budget', () => {
  it('of calls ends look-ups, however many the model wants', async (t) => {
    const room = { DOCSPOOL_ASK_TOKENS: '500000', DOCSPOOL_CONTEXT_TOKENS: '500000' }
    const served = await serveWithModel(t, 'caller', { DOCSPOOL_ASK_CALLS: '4', ...room })
    const answer = await ask(served)
    assert.equal(served.model.counters.requests, 4)
    assert.equal(writtenOf(answer).look_ups, 3 * 4)
    const asked = served.model.seen.map(({ request }) => request.tool_choice)
    assert.deepEqual(asked, ['auto', 'auto', 'auto', 'none'])
    assert.ok(!JSON.stringify(served.model.seen).includes('root:'))
  })

  it('of tokens ends them, too', async (t) => {
    const served = await serveWithModel(t, 'caller', { DOCSPOOL_ASK_CALLS: '50', DOCSPOOL_ASK_TOKENS: '30000' })
    await ask(served)
    await served.model.idle()
    const { inputTokens, outputTokens, requests } = served.model.counters
    assert.ok(inputTokens + outputTokens <= 30_000, `${inputTokens} + ${outputTokens}`)
    assert.ok(requests < 20)
  })

  it('of the day is shared with prose, that of the hour is for questions; what is found is the answer then', async (t) => {
    for (const limit of [{ DOCSPOOL_MAX_CALLS_PER_DAY: '2' }, { DOCSPOOL_ASK_TOKENS_PER_HOUR: '14000' }]) {
      const served = await serveWithModel(t, 'well-behaved', limit)
      const reasons: unknown[] = []
      for (let n = 0; n < 3; n++) reasons.push((await ask(served, { question: `${QUESTION} ${n}` })).without_model)
      assert.equal(reasons.at(-1), 'budget')
      const { requests, inputTokens, outputTokens } = served.model.counters
      if ('DOCSPOOL_MAX_CALLS_PER_DAY' in limit) assert.equal(requests, 2)
      else assert.ok(inputTokens + outputTokens <= 14_000)
      const journal = readFileSync(
        path.join(served.folder, 'spend', `${new Date().toISOString().slice(0, 10)}.ndjson`),
        'utf8',
      )
      assert.match(journal, /"job":"questions \d{4}-\d{2}-\d{2}T\d{2}"/)
    }
  })

  it('of a caller ends with evidence', async (t) => {
    const served = await serveWithModel(t, 'well-behaved', { DOCSPOOL_QUESTIONS_PER_HOUR: '2' })
    const reasons: unknown[] = []
    for (let n = 0; n < 3; n++) reasons.push((await ask(served, { question: `${QUESTION} ${n}` })).without_model)
    assert.deepEqual(reasons, [null, null, 'limit'])
  })

  it('is evidence, too, when the endpoint cannot be used', async (t) => {
    const served = await serveWithModel(t, 'unauthorised')
    const answer = await ask(served)
    assert.deepEqual([answer.basis, answer.without_model, answer.found], ['evidence', 'failed', true])
    const off = await serveWithModel(t, 'well-behaved', { DOCSPOOL_ASK_MODEL: 'offline' })
    assert.equal((await ask(off)).without_model, 'offline')
    assert.equal(off.model.counters.requests, 0)
  })
})

describe('secrets', () => {
  it('leave the machine in no question', async (t) => {
    const served = await serveWithModel(t)
    const key = `ghp_${'a1B2c3D4'.repeat(5)}`.slice(0, 40)
    await ask(served, { question: `What is \`Shop\`? My token is ${key}` })
    assert.ok(served.model.seen.length > 0)
    assert.ok(!JSON.stringify(served.model.seen.map(({ request }) => request)).includes(key))
  })
})

describe('a client that leaves', () => {
  it('ends the request to the model', async (t) => {
    const served = await serveWithModel(t, { name: 'hang', at: 'start' })
    for (const accept of ['text/event-stream', 'application/json']) {
      const before = served.model.counters
      const abandoned = before.abandoned
      const leave = new AbortController()
      const request = httpRequest(`${served.origin}/api/ask`, {
        method: 'POST',
        signal: leave.signal,
        headers: { ...JSON_TYPE, accept },
      })
      request.on('error', () => undefined)
      request.end(JSON.stringify({ job_id: JOB, question: `${QUESTION} ${accept}` }))
      await until(() => served.model.seen.some(({ endedAt }) => endedAt === undefined))
      leave.abort()
      await served.model.idle()
      assert.equal(served.model.counters.abandoned, abandoned + 1)
    }
  })
})

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('kept answers', () => {
  const rate = (served: ServedWithModel, id: string, body: object) => post(served, `/api/ask/${id}/feedback`, body)
  const share = (served: ServedWithModel, id: string, headers = {}) =>
    post(served, `/api/ask/${id}/share`, { job_id: JOB }, headers)
  const page = (served: ServedWithModel, id: string) =>
    served.ask(`/ask?id=${JOB}&answer=${id}`, { headers: { accept: 'text/html' } })

  it('answer the same question about the same commit again, and cost nothing', async (t) => {
    const served = await serveWithModel(t)
    const first = writtenOf(await ask(served))
    const { requests } = served.model.counters
    const again = writtenOf(await ask(served, { question: ` ${QUESTION.replace(' ', '  ')} ` }))
    assert.deepEqual(again, { ...first, is_kept: true })
    assert.equal(served.model.counters.requests, requests)
    assert.deepEqual(sentencesIn(await stream(served)), first.sentences)
    assert.notEqual(writtenOf(await ask(served, { previous: ['Why?'] })).answer_id, first.answer_id)
  })

  it('are read by nobody else until they are shared, and then by those who have the address', async (t) => {
    const served = await serveWithModel(t)
    const { answer_id: id } = writtenOf(await ask(served))
    assert.equal((await page(served, id)).status, 404)
    const shared = JSON.parse((await share(served, id)).body)
    assert.equal(shared.url, `/ask?id=${JOB}&answer=${id}`)
    const { status, body } = await page(served, id)
    assert.equal(status, 200)
    assert.match(body, /Who calls `Shop\.sell`.*<a class="cited" href="[^"]*source\/src\/\w+\.ts#L/s)
    const other = await served.ask(`/ask?id=acme--other&answer=${id}`, { headers: { accept: 'text/html' } })
    assert.equal(other.status, 404)
    for (const wrong of ['0'.repeat(64), '..%2f..%2fspend', 'x']) assert.equal((await share(served, wrong)).status, 404)
  })

  it('are rated, also without the token, and shared with it', async (t) => {
    const token = 'a-token-of-some-length'
    const served = await serveWithModel(t, 'well-behaved', { DOCSPOOL_TOKEN: token })
    const { answer_id: id } = writtenOf(await ask(served))
    assert.equal((await rate(served, id, { job_id: JOB, useful: true })).status, 204)
    assert.equal((await rate(served, id, { job_id: JOB, useful: 'yes' })).status, 400)
    assert.equal((await rate(served, '1'.repeat(64), { job_id: JOB, useful: true })).status, 404)
    assert.equal((await share(served, id)).status, 401)
    assert.equal((await share(served, id, { authorization: `Bearer ${token}` })).status, 200)
    const kept = JSON.parse(
      JSON.parse(readFileSync(path.join(served.folder, 'asked', id.slice(0, 2), `${id}.json`), 'utf8')).body,
    )
    assert.deepEqual([kept.useful, kept.not_useful, kept.is_shared], [1, 0, true])
    const { body } = await served.ask('/metrics')
    assert.match(body, /docspool_answers_total\{ended="whole"\} 1/)
    assert.match(body, /docspool_answer_feedback_total\{useful="true"\} 1/)
    assert.match(body, /docspool_answer_sentences_total\{verdict="shown"\} [1-9]/)
  })
})

describe('agents and terminals', () => {
  it('get the answer by the tool, with earlier questions, or evidence alone', async (t) => {
    const served = await serveWithModel(t)
    const { call } = await connect(t, served.origin)
    const { structured, text, isError } = await call('ask_question', { repoName: 'acme/shop', question: QUESTION })
    assert.ok(!isError, text)
    const written = structured.written as NonNullable<Answer['written']>
    assert.deepEqual(faultsOfSentences(written.sentences, FILES), [])
    assert.match(text, /Written by stand-in/)
    const alone = await call('ask_question', { repoName: 'acme/shop', question: QUESTION, basis: 'evidence' })
    assert.equal(alone.structured.written, null)
    await call('ask_question', { repoName: 'acme/shop', question: 'Why?', previous: [QUESTION] })
    assert.equal(served.model.seen.at(-1)?.request.messages[1]?.content, QUESTION)
  })

  it('read the sentences as they are checked, in the terminal, too', async (t) => {
    const served = await serveWithModel(t, { name: 'slow', pieceMs: 30 })
    const env = { PATH: process.env.PATH, DOCSPOOL_URL: served.origin }
    const child = spawn(process.execPath, [program, 'ask', 'acme/shop', ...QUESTION.split(' ')], { env })
    const chunks: string[] = []
    let modelWasWriting = false
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      modelWasWriting ||= served.model.seen.at(-1)?.endedAt === undefined
      chunks.push(chunk)
    })
    const [code] = await once(child, 'close')
    const printed = chunks.join('')
    assert.equal(code, 0)
    assert.ok(modelWasWriting, 'printed only when the model had ended')
    assert.match(
      printed,
      /^[`A-Z].*\[src\/\w+\.ts:\d[^\]]*\].*\n\nWritten by stand-in\..*\n\nWhat the documentation says/s,
    )
  })
})

describe('access to /mcp', () => {
  it('is described for clients that are refused, as RFC 9728 says', async (t) => {
    const settings = { DOCSPOOL_TOKEN: 'a-token-of-some-length', DOCSPOOL_TOKEN_FOR: 'everything' }
    const served = await serveWithModel(t, 'well-behaved', settings)
    const { status, headers } = await post(served, '/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' })
    assert.equal(status, 401)
    const [, url = ''] = /resource_metadata="([^"]+)"/.exec(headers['www-authenticate'] ?? '') ?? []
    assert.equal(url, `${served.origin}/.well-known/oauth-protected-resource/mcp`)
    for (const to of [url, `${served.origin}/.well-known/oauth-protected-resource`]) {
      const answer = await fetch(to)
      const text = await answer.clone().text()
      await conforms('GET', new URL(to).pathname, answer)
      assert.deepEqual(JSON.parse(text), {
        resource: `${served.origin}/mcp`,
        resource_name: 'docspool',
        bearer_methods_supported: ['header'],
      })
    }
    const other = await served.ask('/api/jobs')
    assert.doesNotMatch(other.headers['www-authenticate'] ?? '', /resource_metadata/)
    const open = await serveWithModel(t)
    assert.equal((await open.ask('/.well-known/oauth-protected-resource/mcp')).status, 404)
  })

  it('by a login reads the sets for a question', async (t) => {
    const token = 'a-token-of-some-length'
    const served = await serveWithModel(t, 'well-behaved', { DOCSPOOL_TOKEN: token, DOCSPOOL_TOKEN_FOR: 'everything' })
    const login = await served.post('/login', { token })
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? ''
    const { status, body } = await post(served, '/api/ask', { job_id: JOB, question: QUESTION }, { cookie })
    assert.equal(status, 200)
    assert.ok(writtenOf(JSON.parse(body)).sentences.length > 0)
    const seen = JSON.stringify(served.model.seen.at(-1)?.request.messages)
    assert.ok(seen.includes('priceOf') && !seen.includes('TOKEN_MISSING'))
  })
})

describe('the page', () => {
  const html = { accept: 'text/html' }
  const get = async (served: ServedWithModel, q: string, t: string = '') =>
    (await served.ask(`/ask?id=${JOB}&q=${encodeURIComponent(q)}${t}`, { headers: html })).body

  it('has the evidence and a place for the answer, and asks no model by itself', async (t) => {
    const served = await serveWithModel(t)
    const body = await get(served, QUESTION, '&p=What+is+it%3F')
    assert.match(body, /data-ask="acme--shop"/)
    assert.match(body, /<h2 id="definitions">/)
    assert.match(body, /<script[^>]*ask\.js/)
    assert.match(body, /name="p" value="What is it\?"/)
    assert.equal(served.model.counters.requests, 0)
  })

  it('shows the whole answer without JavaScript, by its form', async (t) => {
    const served = await serveWithModel(t)
    const { status, body } = await served.post('/ask', { id: JOB, q: QUESTION }, { headers: html })
    assert.equal(status, 200)
    assert.match(
      body,
      /<code>main<\/code>.*<a class="cited" href="[^"]*#L4-L4" title="src\/main\.ts:4">main\.ts:4<\/a>/s,
    )
    assert.doesNotMatch(body, /data-ask=/)
    assert.equal((await served.post('/ask', { id: JOB, q: ' ' }, { headers: html })).status, 400)
    const site = { headers: { ...html, origin: 'https://evil.example' } }
    assert.equal((await served.post('/ask', { id: JOB, q: QUESTION }, site)).status, 403)
  })

  it('is led to by a box on each page of the documents', async (t: TestContext) => {
    const served = await serveWithModel(t)
    const { body } = await served.ask(`/static-docs/${JOB}/`, { headers: html })
    assert.match(
      body,
      /<form class="results-form" action="\/ask" method="get"><input type="hidden" name="id" value="acme--shop"\/>/,
    )
  })
})
