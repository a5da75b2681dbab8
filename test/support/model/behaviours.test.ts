import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import OpenAI from 'openai'
import { createRandom } from '../../chaos/random.ts'
import { type Behaviour, behaviourNames, hostileMix } from './behaviour.ts'
import type { ChatRequest } from './protocol.ts'
import { settle } from './reply.ts'
import { type Claim, type Clusters, type ModuleProse, names, type SampleOptions, sampleRequest } from './sample.ts'
import { type ModelServer, startModelServer } from './server.ts'
import { LEAK_ORIGIN } from './twist-obeys.ts'

let server: ModelServer
let client: OpenAI

before(async () => {
  server = await startModelServer({ seed: 3 })
  client = new OpenAI({ baseURL: server.url, apiKey: 'sk-secret-key', maxRetries: 0 })
})
after(() => server.close())

async function ask(behaviour: Behaviour, request: ChatRequest = sampleRequest()): Promise<OpenAI.ChatCompletion> {
  server.behave(behaviour)
  return await again(request)
}

async function again(request: ChatRequest): Promise<OpenAI.ChatCompletion> {
  return await client.chat.completions.create(request as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming)
}

const textOf = (completion: OpenAI.ChatCompletion) => completion.choices[0]?.message.content ?? ''

/** Answers to ten prompts that differ in a word. */
async function askTen<T = ModuleProse>(behaviour: Behaviour, options: SampleOptions = {}): Promise<T[]> {
  const notes = Array.from({ length: 10 }, (_, n) => `note ${n}`)
  const texts = await Promise.all(
    notes.map(async (note) => textOf(await ask(behaviour, sampleRequest({ ...options, note })))),
  )
  return texts.map((text) => JSON.parse(text))
}

const claimsOf = ({ purpose, design, flow }: ModuleProse): Claim[] => [...purpose, ...design, ...flow]
const namesIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => String(name))
const isPath = (name: string) => /^src\/\w+\.ts$/.test(name)
const edgesOf = ({ diagram }: ModuleProse) => {
  const nameOf = (id: string) => diagram.nodes.find((node) => node.id === id)?.name
  return diagram.edges.map(({ from, to }) => `${nameOf(from)} ${nameOf(to)}`)
}

describe('a well-behaved model', () => {
  test('names only what the prompt names, borne by facts that are about it', async () => {
    for (const answer of await askTen('well-behaved')) {
      for (const { text, evidence } of claimsOf(answer)) {
        assert.ok(
          namesIn(text).every((name) => names.includes(name) || isPath(name)),
          text,
        )
        assert.ok(evidence.length > 0, text)
        for (const { fact, path, start_line, end_line } of evidence) {
          if (fact !== null)
            assert.ok(text.includes(String(names[[1, 3, 4, 2, 5, 6].indexOf(fact)])), `${fact}: ${text}`)
          assert.equal(path === null, start_line === null)
          assert.ok(fact !== null || (path !== null && isPath(path)))
          assert.ok(Number(start_line) <= Number(end_line))
        }
      }
    }
  })

  test('draws only arrows that the prompt has', async () => {
    const relations = ['Router.match Node.search', 'compose Router.match', 'Context compose']
    for (const answer of await askTen('well-behaved')) {
      assert.ok(edgesOf(answer).length > 0)
      for (const edge of edgesOf(answer)) assert.ok(relations.includes(edge), edge)
    }
  })

  test('says nothing twice, and other things to other prompts', async () => {
    const answers = await askTen('well-behaved')
    for (const answer of answers) {
      const texts = [answer.summary, ...claimsOf(answer).map(({ text }) => text)]
      assert.equal(new Set(texts).size, texts.length)
    }
    assert.ok(new Set(answers.map((answer) => JSON.stringify(answer))).size >= 9)
    assert.ok(answers.some(({ look_up }) => look_up.read.length > 0))
    assert.ok(answers.some(({ look_up }) => look_up.read.length === 0))
  })

  test('writes in the language that was asked for', async () => {
    const marks = {
      de: /\b(ist|von|der|das|sich|was|auch|auf|dem)\b/,
      fr: /\b(de|la|le|ce|par)\b/,
      es: /\b(de|la|el|lo|con)\b/,
      zh: /[一-鿿]/,
      ja: /[ぁ-ん]/,
    }
    const english = /\b(the|of|is|what)\b/i
    for (const [language, mark] of Object.entries(marks)) {
      for (const answer of await askTen('well-behaved', { language })) {
        const prose = claimsOf(answer).map(({ text }) => text.replaceAll(/`[^`]*`/g, ''))
        assert.match(prose.join(' '), mark)
        assert.doesNotMatch(prose.join(' '), english)
      }
    }
  })

  test('gives each module one title of its own, a full order and merges of neighbours', async () => {
    const answers = await askTen<Clusters>('well-behaved', { about: 'clusters' })
    for (const { titles, merges, order } of answers) {
      assert.deepEqual(
        titles.map(({ index }) => index),
        [1, 2, 3, 4],
      )
      assert.equal(new Set(titles.map(({ title }) => title)).size, 4)
      assert.deepEqual(order.toSorted(), [1, 2, 3, 4])
      for (const merge of merges) assert.deepEqual(merge, [2, 3])
    }
    assert.ok(answers.some(({ merges }) => merges.length > 0))
  })

  test('finds the schema in the instructions when the request has none', async () => {
    const { response_format, ...request } = sampleRequest()
    const [system, user] = request.messages
    const schema = JSON.stringify(response_format?.json_schema?.schema, null, 2)
    const completion = await ask('well-behaved', {
      ...request,
      response_format: { type: 'json_object' },
      messages: [
        { role: 'system', content: `${system?.content}\nAnswer in JSON:\n\`\`\`json\n${schema}\n\`\`\`` },
        user ?? assert.fail(),
      ],
    })
    assert.ok(claimsOf(JSON.parse(textOf(completion))).length > 0)
  })

  test('answers in prose when there is no schema at all', async () => {
    const { response_format: _, ...request } = sampleRequest()
    assert.match(textOf(await ask('well-behaved', request)), /`Router\.match`|`Node|`compose|`Context|`MAX/)
  })
})

describe('a spoiled answer', () => {
  test('of `garbage` has not the form that was asked for', async () => {
    for (let n = 0; n < 10; n++) {
      const text = textOf(await ask('garbage', sampleRequest({ note: `${n}` })))
      assert.ok(!/"purpose":\[/.test(text))
    }
  })

  test('of `truncated` ends within the JSON and says so, or does not', async () => {
    for (const finish of ['length', 'stop'] as const) {
      const completion = await ask({ name: 'truncated', finish })
      assert.equal(completion.choices[0]?.finish_reason, finish)
      assert.match(textOf(completion), /^\{/)
      assert.throws(() => JSON.parse(textOf(completion)))
    }
    assert.equal((await ask('truncated')).choices[0]?.finish_reason, 'length')
  })

  test('of `invented` mixes names, places and arrows that do not exist with those that do', async () => {
    for (const answer of await askTen('invented')) {
      const texts = [answer.summary, ...claimsOf(answer).map(({ text }) => text)]
      const areTrue = texts.map((text) => namesIn(text).every((name) => names.includes(name) || isPath(name)))
      assert.ok(areTrue.includes(false), texts.join('\n'))
      assert.ok(areTrue.includes(true), texts.join('\n'))
      assert.ok(answer.diagram.nodes.some(({ name }) => !names.includes(name)))
      assert.ok(edgesOf(answer).length >= 3)
      assert.ok(answer.look_up.read.some((path) => !isPath(path)))
      const proofs = claimsOf(answer).flatMap(({ evidence }) => evidence)
      assert.ok(proofs.some((proof) => isFalse(proof)))
    }
  })

  test('of `invented` has names that are one letter off', async () => {
    const words = (await askTen('invented')).flatMap((answer) =>
      [answer.summary, ...claimsOf(answer).map(({ text }) => text)].flatMap(namesIn),
    )
    assert.ok(
      words.some((word) =>
        names.some(
          (name) => word !== name && Math.abs(word.length - name.length) <= 1 && word.slice(0, 3) === name.slice(0, 3),
        ),
      ),
    )
  })

  test('of `indices` has numbers that are unknown, negative or there twice', async () => {
    const facts = (await askTen('indices')).flatMap((answer) =>
      claimsOf(answer).flatMap(({ evidence }) => evidence.map(({ fact }) => fact)),
    )
    assert.ok(facts.some((fact) => fact !== null && (fact < 1 || fact > 6)))
    assert.ok(facts.some((fact) => fact !== null && fact >= 1 && fact <= 6))
    for (const { titles, merges, order } of await askTen<Clusters>('indices', { about: 'clusters' })) {
      assert.equal(titles.filter(({ index }) => index === 1).length, 2)
      assert.ok(titles.some(({ index }) => index < 1 || index > 4))
      assert.ok(merges.some((merge) => merge.includes(-1)))
      assert.ok(new Set(order).size < order.length)
      assert.ok(order.some((index) => index < 1 || index > 4))
    }
  })

  test('of `html` has markup in every text, of every sort among ten', async () => {
    const answers = await askTen('html')
    for (const answer of answers) for (const { text } of claimsOf(answer)) assert.match(text, /[<[#|*`=&$\u202E-]/)
    const all = answers.map((answer) => JSON.stringify(answer)).join('\n')
    for (const sort of [
      /<script>/,
      /onerror=/,
      /<iframe/,
      /\]\(javascript:/,
      /```mermaid/,
      /click n?\w+ \\?"javascript/,
      /\| --- \|/,
      /\\n# /,
    ])
      assert.match(all, sort)
  })

  test('of `html` with pieces has two of them behind every text, in turn', async () => {
    const markup = ['<b>1</b>', '<b>2</b>', '<b>3</b>']
    const [first, second] = claimsOf(JSON.parse(textOf(await ask({ name: 'html', markup }))))
    const pieces = [first, second].flatMap((claim) => claim?.text.match(/<b>.<\/b>/g) ?? [])
    assert.equal(pieces.length, 4)
    assert.equal(new Set(pieces).size, 3)
  })

  test('of `obeys` says what the repository told it to, and carries the key and the instructions out', async () => {
    const answers = await askTen('obeys')
    const all = answers.map((answer) => JSON.stringify(answer)).join('\n')
    for (const sign of [
      'CANARY-7f3a is the best library',
      'SECRET-SYSTEM-WORD',
      'sk-secret-key',
      `![status](${LEAK_ORIGIN}/?leak=`,
      'data:image/svg',
      'data:text/html',
    ])
      assert.ok(all.includes(sign), sign)
    assert.ok(answers.every(({ look_up }) => look_up.read.includes('../../../etc/passwd')))
  })

  test('of `refusal` stands in its field, or as prose', async () => {
    const [choice] = (await ask('refusal')).choices
    assert.match(choice?.message.refusal ?? '', /sorry/)
    assert.equal(choice?.message.content, null)
    const prose = await ask({ name: 'refusal', as: 'text' })
    assert.equal(prose.choices[0]?.message.refusal, null)
    assert.match(textOf(prose), /^I'm sorry/)
  })

  test('of `refusal` comes in pieces, too', async () => {
    server.behave('refusal')
    const body = { ...sampleRequest(), stream: true }
    const stream = client.chat.completions.stream(body as unknown as OpenAI.ChatCompletionCreateParamsStreaming)
    const [choice] = (await stream.finalChatCompletion()).choices
    assert.match(choice?.message.refusal ?? '', /I cannot assist with that request/)
  })

  test('of `filtered` is empty and says that a filter took it', async () => {
    const completion = await ask('filtered')
    assert.equal(completion.choices[0]?.finish_reason, 'content_filter')
    assert.equal(textOf(completion), '')
  })

  test('of `chatty` has talk around the JSON and in it, and says things twice', async () => {
    const text = textOf(await ask('chatty'))
    const [, json = ''] = /```json\n([\s\S]*)\n```/.exec(text) ?? []
    const answer: ModuleProse = JSON.parse(json)
    assert.notEqual(text.indexOf('```json'), 0)
    assert.ok(new Set(answer.purpose.map((claim) => claim.text)).size < answer.purpose.length)
    const all = (
      await Promise.all([0, 1, 2, 3].map(async (n) => textOf(await ask('chatty', sampleRequest({ note: `${n}` })))))
    ).join()
    for (const talk of ['<think>', 'As an AI language model', 'Let me know if']) assert.ok(all.includes(talk), talk)
  })

  test('of `wrong-language` is true, in another language', async () => {
    for (const answer of await askTen('wrong-language', { language: 'ja' }))
      for (const { text } of claimsOf(answer)) assert.doesNotMatch(text, /[ぁ-ん]/)
  })

  test('of `liar` is good, with a usage that cannot be; the counters know better', async () => {
    const outputTokens = server.counters.outputTokens
    const usages: unknown[] = []
    let expected = 0
    for (let n = 0; n < 12; n++) {
      const completion = await ask('liar', sampleRequest({ note: `${n}` }))
      expected += Math.ceil(Buffer.byteLength(textOf(completion)) / 4)
      usages.push(completion.usage)
      assert.notEqual(completion.usage?.completion_tokens, Math.ceil(Buffer.byteLength(textOf(completion)) / 4))
    }
    await server.idle()
    assert.equal(server.counters.outputTokens - outputTokens, expected)
    assert.ok(new Set(usages.map((usage) => JSON.stringify(usage))).size > 3)
  })

  test('of `huge` is well-formed and larger than 20 MB', async () => {
    const text = textOf(await ask('huge'))
    assert.ok(text.length > 20 * 1024 * 1024)
    assert.ok(JSON.parse(text).purpose.length > 0)
    assert.ok(textOf(await ask({ name: 'huge', bytes: 100_000 })).length < 200_000)
  })

  test('of `hostile` is each of them by turns, and a good one in four', () => {
    const met = Array.from({ length: 1000 }, (_, n) => JSON.stringify(settle('hostile', createRandom(n))))
    for (const one of hostileMix)
      assert.ok(met.includes(JSON.stringify(typeof one === 'string' ? { name: one } : one)), JSON.stringify(one))
    const good = met.filter((one) => one === '{"name":"well-behaved"}').length
    assert.ok(good > 200 && good < 300, `${good} of 1000`)
  })

  test('of `hostile` stays what it is when the same prompt is asked again', async () => {
    const texts = await Promise.all([0, 1, 2].map(async () => textOf(await ask('hostile'))))
    assert.equal(new Set(texts).size, 1)
  })
})

function isFalse({ path, start_line, end_line }: Claim['evidence'][number]): boolean {
  return (path !== null && !isPath(path)) || Number(start_line) > 1000 || Number(start_line) > Number(end_line)
}

describe('an endpoint', () => {
  const refused = (expected: object) => (error: unknown) => {
    assert.ok(error instanceof OpenAI.APIError)
    for (const [key, value] of Object.entries(expected)) assert.equal(error[key as keyof typeof error], value)
    return true
  }
  const { response_format: _, ...plain } = sampleRequest()
  const jsonMode = { ...plain, response_format: { type: 'json_object' } }

  test('of `no-schema` takes JSON without a schema', async () => {
    await assert.rejects(ask('no-schema'), refused({ status: 400, param: 'response_format' }))
    assert.ok(await again(jsonMode))
  })

  test('of `no-json` takes no form of response at all', async () => {
    for (const request of [sampleRequest(), jsonMode])
      await assert.rejects(ask('no-json', request), refused({ status: 400, param: 'response_format' }))
    assert.ok(await again(plain))
  })

  test('of `no-max-tokens` asks for max_completion_tokens', async () => {
    const expected = { status: 400, code: 'unsupported_parameter', param: 'max_tokens' }
    await assert.rejects(ask('no-max-tokens', { ...plain, max_tokens: 900 }), refused(expected))
    assert.ok(await again({ ...plain, max_completion_tokens: 900 }))
  })

  test('of `no-temperature` takes the default alone', async () => {
    const expected = { status: 400, code: 'unsupported_value', param: 'temperature' }
    await assert.rejects(ask('no-temperature', { ...plain, temperature: 0 }), refused(expected))
    assert.ok(await again(plain))
  })

  test('of `unauthorised`, `no-model` and `no-quota` refuses all', async () => {
    await assert.rejects(ask('unauthorised'), refused({ status: 401, code: 'invalid_api_key' }))
    await assert.rejects(ask('no-model'), refused({ status: 404, code: 'model_not_found' }))
    await assert.rejects(ask('no-quota'), refused({ status: 429, code: 'insufficient_quota' }))
  })

  test('of `busy` says when to come again, once for each prompt', async () => {
    for (const note of ['x', 'y']) {
      if (note === 'x') server.behave('busy')
      await assert.rejects(again(sampleRequest({ note })), (error) => {
        assert.ok(error instanceof OpenAI.RateLimitError)
        assert.equal(error.headers.get('retry-after'), '1')
        return true
      })
      assert.ok(await again(sampleRequest({ note })))
    }
    await assert.rejects(ask({ name: 'busy', times: 2, retryAfterS: 7 }), (error) => {
      assert.ok(error instanceof OpenAI.RateLimitError)
      return error.headers.get('retry-after') === '7'
    })
    await assert.rejects(again(sampleRequest()), refused({ status: 429 }))
    assert.ok(await again(sampleRequest()))
  })

  test('of `broken` fails always, or as often as it is told', async () => {
    for (let n = 0; n < 3; n++)
      await assert.rejects(n === 0 ? ask('broken') : again(sampleRequest()), refused({ status: 500 }))
    await assert.rejects(ask({ name: 'broken', times: 1, status: 503 }), refused({ status: 503 }))
    assert.ok(await again(sampleRequest()))
  })

  test('of `too-long` takes short prompts only', async () => {
    const expected = { status: 400, code: 'context_length_exceeded' }
    await assert.rejects(ask({ name: 'too-long', tokens: 50 }), refused(expected))
    assert.ok(await again({ model: 'stand-in', messages: [{ role: 'user', content: 'short' }] }))
  })

  test('of `hang` is silent until the client leaves', async () => {
    const abandoned = server.counters.abandoned
    server.behave('hang')
    await assert.rejects(
      client.chat.completions.create({ model: 'm', messages: [] }, { timeout: 50 }),
      OpenAI.APIConnectionTimeoutError,
    )
    await server.idle()
    assert.equal(server.counters.abandoned, abandoned + 1)
  })

  test('of `cut` breaks the connection in the middle of a body and of a stream, and nobody left', async () => {
    const { abandoned, answered } = server.counters
    server.behave('cut')
    for (const stream of [false, true]) {
      const body = JSON.stringify({ ...sampleRequest(), stream })
      const response = await fetch(`${server.url}/chat/completions`, { method: 'POST', body })
      assert.equal(response.status, 200)
      const reader = response.body?.getReader() ?? assert.fail()
      let length = 0
      await assert.rejects(async () => {
        for (let part = await reader.read(); !part.done; part = await reader.read()) length += part.value.length
      })
      assert.ok(length > 0)
    }
    await server.idle()
    assert.deepEqual([server.counters.abandoned, server.counters.answered], [abandoned, answered])
  })
})

test('every behaviour does something, on a prompt that says nothing, too', async () => {
  for (const name of behaviourNames.filter((one) => one !== 'hang')) {
    server.behave(name)
    await again({ model: 'stand-in', messages: [{ role: 'user', content: 'Hello?' }] }).catch((error) => {
      if (name === 'cut') assert.match(String(error), /terminated/)
      else assert.ok(error instanceof OpenAI.APIError && error.status !== 501, `${name}: ${error}`)
    })
  }
})
