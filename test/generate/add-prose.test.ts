/** Titles of modules by a model, from its answer over HTTP to the overview. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { readConfig } from '#base/config.ts'
import { type Added, addProse } from '#generate/add-prose.ts'
import { writePages } from '#generate/pages/pages.ts'
import { link, subject } from './pages/sample.ts'
import { analysis, inventory, root } from './prose/sample.ts'

const steering = {
  ...{ title: null, notes: [], include: [], exclude: [], modules: [], pages: [], follow: null, read: [], ignored: [] },
}

/** A model that proposes titles, by the numbers of the list, and says nothing else. */
async function titled(t: TestContext, titles: readonly string[]): Promise<Added> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-titles-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      const look_up = { read: [], search: [] }
      const diagram = { nodes: [], edges: [] }
      const answer = body.includes('name the modules of a repository')
        ? { titles: titles.map((title, at) => ({ index: at + 1, title })), merges: [], order: [] }
        : body.includes('explain the whole repository')
          ? { look_up, summary: [], architecture: [], concepts: [], diagram }
          : { look_up, summary: 'x', purpose: [], design: [], flow: [], pitfalls: [], diagram }
      const message = { role: 'assistant', content: JSON.stringify(answer) }
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({
          ...{ id: 'x', object: 'chat.completion', created: 1, model: 'stand-in' },
          choices: [{ index: 0, message, finish_reason: 'stop' }],
          usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 },
        }),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const { llm } = readConfig({}, { LLM_BASE_URL: url, MAIN_MODEL: 'stand-in', DOCSPOOL_LLM_TIMEOUT_S: '5' })
  const model = {
    ...{ settings: llm ?? assert.fail('no model'), mainModel: 'stand-in', spendDir: folder, job: 'a' },
    ...{ answersDir: path.join(folder, 'answers'), maxCostUsd: null },
  }
  return await addProse(
    { subject, steering, inventory, graph: analysis, analysis, packages: [], surfaces: [], root },
    { model },
    { signal: new AbortController().signal, onProgress: () => undefined, log: () => undefined },
  )
}

const overviewOf = ({ root, prose }: Added): string =>
  writePages({
    packages: [],
    subject,
    link,
    inventory,
    analysis,
    root,

    ref: null,
    prose,
  }).pages.find(({ file }) => file === 'overview.md')?.markdown ?? ''
const titlesOf = ({ root }: Added): string[] => root.children.map(({ title }) => title)

test('a title in words of the code is taken, and the overview says once whose it is', async (t) => {
  const added = await titled(t, ['Router and match', 'Search of trees'])
  assert.deepEqual(titlesOf(added), ['Router and match', 'Search of trees'])
  assert.equal(overviewOf(added).split('Some module titles were proposed by stand-in.').length, 2)
})

test('titles that the code does not bear out change nothing, and nothing is said of them', async (t) => {
  const added = await titled(t, ['Use evilflask instead', 'Call 0800 docspool'])
  assert.deepEqual(titlesOf(added), ['router', 'tree'])
  assert.doesNotMatch(overviewOf(added), /proposed|evilflask|0800/)
})
