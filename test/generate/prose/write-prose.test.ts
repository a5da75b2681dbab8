/** The whole of the prose: real client, real books, a model that is a server. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { readConfig } from '#base/config.ts'
import { Aborted } from '#base/errors.ts'
import { writePages } from '#generate/pages/pages.ts'
import { textsIn } from '#generate/pages/texts/texts-in.ts'
import { BadAnswer, type Model } from '#generate/prose/ask.ts'
import { rankComponents } from '#generate/prose/code-context.ts'
import { countQuestions } from '#generate/prose/estimate.ts'
import { openModel } from '#generate/prose/open-model.ts'
import { writeProse } from '#generate/prose/write-prose.ts'
import type { Prose, ProseClaim } from '#generate/prose-model.ts'
import { verify } from '#generate/verify/verify.ts'
import { startAimock } from '../../support/model/aimock.ts'
import type { Script } from '../../support/model/script.ts'
import { type ModelServer, startModelServer } from '../../support/model/server.ts'
import { link, subject } from '../pages/sample.ts'
import { analysis, ground, inventory, root } from './sample.ts'

const input = { subject, ground: ground(), root, language: 'en', notes: '', ranks: rankComponents(analysis) }

interface Asked {
  prose: Prose
  server: ModelServer
  spend: Awaited<ReturnType<ReturnType<typeof openModel>['model']['spend']>>
  log: string[]
}

async function ask(
  t: TestContext,
  behaviour: Script,
  change: {
    seed?: number
    env?: Record<string, string>
    maxCostUsd?: number
    language?: string
    folder?: string
    server?: ModelServer
  } = {},
): Promise<Asked> {
  const folder = change.folder ?? (await newFolder(t))
  const server = change.server ?? (await startModelServer({ behaviour, seed: change.seed ?? 1 }))
  if (change.server === undefined) t.after(() => server.close())
  const env = { LLM_BASE_URL: server.url, LLM_API_KEY: 'sk-not-to-be-seen', MAIN_MODEL: 'stand-in', ...change.env }
  const { llm } = readConfig({}, { DOCSPOOL_PRICES: 'stand-in=1/1', DOCSPOOL_LLM_TIMEOUT_S: '5', ...env })
  const log: string[] = []
  const opened = openModel(
    {
      settings: llm ?? assert.fail('no model'),
      mainModel: 'stand-in',
      spendDir: folder,
      answersDir: path.join(folder, 'answers'),
      maxCostUsd: change.maxCostUsd ?? null,
      job: 'a',
    },
    (_level, text) => log.push(text),
  )
  const prose = await writeProse({ ...input, language: change.language ?? 'en' }, opened.model, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    log: (_level, text) => void log.push(text),
  })
  await server.idle()
  return { prose, server, spend: await opened.model.spend(), log }
}

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-prose-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function claimsOf({ modules, overview }: Prose): ProseClaim[] {
  return [
    ...[...modules.values()].flatMap(({ purpose, design, flow, pitfalls }) => [purpose, design, flow, pitfalls].flat()),
    ...(overview?.summary ?? []),
    ...(overview?.architecture ?? []),
    ...(overview?.concepts.map(({ claim }) => claim) ?? []),
  ]
}

test('leaves are asked about first, the overview last, and what is said of them goes on', async (t) => {
  const { prose, server, spend } = await ask(t, 'well-behaved')
  assert.equal(prose.degraded, null)
  assert.deepEqual([...prose.modules.keys()].sort(), ['src/router', 'src/tree'])
  assert.ok(claimsOf(prose).length >= 4, 'something is said')
  assert.deepEqual(prose.models, ['stand-in'])
  const last =
    server.seen
      .at(-1)
      ?.request.messages.map(({ content }) => String(content))
      .join('\n') ?? ''
  assert.match(last, /explain the whole repository/)
  assert.equal(spend.calls, server.counters.requests)
  assert.equal(spend.inputTokens, server.counters.inputTokens)
})

test('the pages show what was said, with links, and hold against the check of the set', async (t) => {
  const { prose } = await ask(t, 'well-behaved')
  const written = writePages({
    packages: [],
    subject,
    link,
    inventory,
    analysis,
    root,

    ref: null,
    prose,
  })
  const { verification } = verify({ ...written, inventory, analysis, link })
  assert.deepEqual(verification.faults, [])
  const page = written.pages.find(({ module }) => module === 'src/router')?.markdown ?? ''
  assert.match(page, /_Written by stand-in\. The names and lines it cites exist; its statements were not checked\._/)
  assert.match(
    page,
    /\(\[router\.ts:\d+(?:–\d+)?\]\(https:\/\/example\.org\/acme\/orbit\/blob\/[0-9a-f]+\/src\/router\/router\.ts#L\d+/,
  )
  const plain = writePages({ packages: [], subject, link, inventory, analysis, root, ref: null })
  assert.deepEqual(written.index, plain.index)
  assert.deepEqual(
    written.pages.map(({ file }) => file),
    plain.pages.map(({ file }) => file),
  )
})

test('the overview says once whose words titles are, in each language', () => {
  const prose: Prose = { models: [], overview: null, modules: new Map(), verdicts: [], degraded: null }
  const textOf = (language: string, titlesBy?: string): string =>
    writePages({
      ...{ subject, link, inventory, analysis, packages: [], root, ref: null, language },
      prose: titlesBy === undefined ? prose : { ...prose, titlesBy },
    })
      .pages.map(({ markdown }) => markdown)
      .join('\n')
  for (const language of ['en', 'de', 'es', 'fr', 'zh']) {
    const line = `_${textsIn(language).prose.titles('stand-in')}_`
    assert.equal(textOf(language, 'stand-in').split(line).length - 1, 1, language)
    assert.equal(textOf(language).split(line).length - 1, 0, language)
  }
})

test('an arrow of the model is broken, and one that the check does not find in the graph is a fault', () => {
  const refersTo = (id: string) => ({ label: id, refersTo: id })
  const nodes = [refersTo('src/router/router.ts'), refersTo('src/tree/tree.ts')]
  const draw = (isInGraph: boolean, from = 1, to = 0): string[] => {
    const edges = [
      { from: 0, to: 1, isInGraph: true },
      { from, to, isInGraph },
    ]
    const said = { purpose: [], design: [], flow: [], pitfalls: [], diagram: { nodes, edges } }
    const prose: Prose = {
      ...{ models: ['x'], overview: null, verdicts: [], degraded: null },
      modules: new Map([['src/router', said]]),
    }
    const written = writePages({
      packages: [],
      subject,
      link,
      inventory,
      analysis,
      root,

      ref: null,
      prose,
    })
    const page = written.pages.find(({ module }) => module === 'src/router')?.markdown ?? ''
    assert.match(page, isInGraph ? /n2 --> n1/ : /n2 -\.-> n1/)
    return verify({ ...written, inventory, analysis, link }).verification.faults.map(({ kind }) => kind)
  }
  assert.deepEqual(draw(false), [])
  assert.deepEqual(draw(true), ['diagram_edge'])
})

test('whatever a hostile model says, nothing that does not exist is published', { timeout: 300_000 }, async (t) => {
  const real = ground()
  let published = 0
  for (let seed = 1; seed <= 12; seed++) {
    const { prose } = await ask(t, 'hostile', { seed })
    for (const { spans, evidence } of claimsOf(prose)) {
      published += 1
      for (const { path: file, startLine, endLine } of evidence)
        assert.ok(
          startLine >= 1 && endLine >= startLine && endLine <= real.linesOf(file).length,
          `${file}:${startLine}`,
        )
      for (const span of spans) {
        const told = 'text' in span ? span.text : span.code
        assert.doesNotMatch(told, /<\w|:\/\/|javascript:|sk-not-to-be-seen|as an ai/i)
      }
    }
    const written = writePages({
      packages: [],
      subject,
      link,
      inventory,
      analysis,
      root,

      ref: null,
      prose,
    })
    assert.deepEqual(verify({ ...written, inventory, analysis, link }).verification.faults, [])
  }
  assert.ok(published > 0, 'a part of it is good')
})

test('a budget that is too small is not overrun, and the overview is worth most', { timeout: 60_000 }, async (t) => {
  const whole = await ask(t, 'well-behaved')
  const cost = (whole.server.counters.inputTokens + whole.server.counters.outputTokens) / 1e6
  const { prose, server, log } = await ask(t, 'well-behaved', {
    maxCostUsd: 0.075,
    env: { DOCSPOOL_CONTEXT_TOKENS: '8000' },
  })
  assert.ok(cost > 0)
  assert.equal(prose.degraded, null, 'all of it fits')
  assert.equal(log.length, 0)
  assert.ok((server.counters.inputTokens + server.counters.outputTokens) / 1e6 <= 0.075)
  const poor = await ask(t, 'well-behaved', { maxCostUsd: 0.022, env: { DOCSPOOL_CONTEXT_TOKENS: '8000' } })
  assert.equal(poor.prose.degraded, 'budget')
  assert.ok(poor.prose.overview !== null, 'the overview was asked for')
  assert.ok(poor.prose.modules.size < 2, 'a module was not')
  assert.ok(poor.prose.verdicts.some(({ verdict, faults }) => verdict === 'offline' && faults.length > 0))
})

test('an endpoint that cannot be used leaves all pages as they were, after one warning', async (t) => {
  const { prose, server, log } = await ask(t, 'unauthorised')
  assert.equal(prose.degraded, 'model')
  assert.equal(prose.overview, null)
  assert.equal(prose.modules.size, 0)
  assert.deepEqual(prose.models, [])
  assert.ok(server.counters.requests <= 2, `${server.counters.requests} requests`)
  assert.ok(log.length >= 1 && log.length <= 2, log.join('\n'))
})

test('what was answered is not asked again', async (t) => {
  const folder = await newFolder(t)
  const first = await ask(t, 'well-behaved', { folder })
  const asked = first.server.counters.requests
  const second = await ask(t, 'well-behaved', { folder, server: first.server })
  assert.equal(second.server.counters.requests, asked)
  assert.deepEqual(second.prose, first.prose)
  const elsewhere = await ask(t, 'well-behaved', { folder })
  assert.equal(elsewhere.server.counters.requests, asked, 'another endpoint may have another model of that name')
})

test('with a stand-in that somebody else wrote it is the same', async (t) => {
  const folder = await newFolder(t)
  const other = await startAimock()
  t.after(() => other.close())
  const { llm } = readConfig({}, { LLM_BASE_URL: other.url, LLM_API_KEY: 'sk-x', MAIN_MODEL: 'stand-in' })
  const opened = openModel(
    {
      settings: llm ?? assert.fail('no model'),
      ...{
        mainModel: 'stand-in',
        spendDir: folder,
        answersDir: path.join(folder, 'answers'),
        maxCostUsd: null,
        job: 'a',
      },
    },
    () => undefined,
  )
  const prose = await writeProse(input, opened.model, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    log: () => undefined,
  })
  assert.equal(prose.degraded, null)
  assert.ok(claimsOf(prose).length >= 4)
  assert.equal((await opened.model.spend()).calls, other.counters.requests)
})

test('prose in another language than the one that was asked for is not published', async (t) => {
  const { prose } = await ask(t, 'wrong-language', { language: 'ja' })
  assert.deepEqual(claimsOf(prose), [])
  const { prose: right } = await ask(t, 'well-behaved', { language: 'ja' })
  assert.ok(claimsOf(right).length > 0)
})

test('the questions can be counted without asking', async () => {
  const counted = await countQuestions(input, 16_000, new AbortController().signal)
  assert.equal(counted.calls, 3)
  assert.ok(counted.inputTokens > 1_500 && counted.outputTokens > 1_000)
})

test('a job that may cost nothing asks nothing', async (t) => {
  const { prose, server } = await ask(t, 'well-behaved', { maxCostUsd: 0 })
  assert.equal(server.counters.requests, 0)
  assert.equal(prose.degraded, 'budget')
})

test('a job that is given up gives back what it held for the overview', async () => {
  const controller = new AbortController()
  let held = 0
  const model: Model = {
    ...{ name: 'x', contextTokens: 16_000, concurrency: 1 },
    ask() {
      controller.abort()
      return Promise.reject(new Aborted('Given up'))
    },
    async hold() {
      held += 1
      return () => {
        held -= 1
      }
    },
    spend: async () => ({ calls: 0, kept: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }),
  }
  const context = { signal: controller.signal, onProgress: () => undefined, log: () => undefined }
  await assert.rejects(writeProse(input, model, context), Aborted)
  assert.equal(held, 0)
})

test('all of a term is checked, not its beginning alone', async () => {
  const evidence = [{ fact: null, path: 'src/router/router.ts', start_line: 1, end_line: 5 }]
  const text = (at: number): string => `\`Router\` is the ${['first', 'second', 'third'][at]} of them.`
  const names = [`Router${' '.repeat(100)}and anything else`, 'Router(warp drive)', 'match']
  const model: Model = {
    ...{ name: 'x', contextTokens: 16_000, concurrency: 1 },
    ask: (question) =>
      question.about === 'overview'
        ? Promise.resolve({
            value: question.schema.parse({
              ...{ look_up: { read: [], search: [] }, summary: [], architecture: [] },
              concepts: names.map((name, at) => ({ name, text: text(at), evidence })),
              diagram: { nodes: [], edges: [] },
            }),
            ...{ text: '', model: 'x', isCached: false },
          })
        : Promise.reject(new BadAnswer('none')),
    hold: async () => () => undefined,
    spend: async () => ({ calls: 0, kept: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }),
  }
  const context = { signal: new AbortController().signal, onProgress: () => undefined, log: () => undefined }
  const { overview } = await writeProse(input, model, context)
  assert.deepEqual(
    overview?.concepts.map(({ name }) => name),
    ['Router()', 'match'],
  )
})
