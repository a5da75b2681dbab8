import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPrompt } from './prompt.ts'
import { clustersSchema, moduleSchema, sampleRequest } from './sample.ts'

const prompt = (system: string, user: string) =>
  readPrompt({
    model: 'm',
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: [{ type: 'text', text: user }] },
    ],
  })

test('a prompt gives its language, facts, relations, modules and schema', () => {
  const read = readPrompt(sampleRequest({ language: 'de' }))
  assert.equal(read.language, 'de')
  assert.deepEqual(read.facts[0], {
    number: 1,
    path: 'src/router.ts',
    firstLine: 10,
    lastLine: 32,
    kind: 'method',
    name: 'Router.match',
    doc: 'Finds the handlers of a path.',
  })
  assert.deepEqual(read.relations[0], { from: 'Router.match', verb: 'calls', to: 'Node.search' })
  assert.equal(read.schema, moduleSchema)
  const clusters = readPrompt(sampleRequest({ about: 'clusters' }))
  assert.deepEqual(clusters.modules[1], { index: 2, path: 'src/http/client', title: 'client' })
  assert.equal(clusters.schema, clustersSchema)
})

test('a language is found however it is written', () => {
  const languages = ['de', 'zh-CN', '`fr`', 'Japanese (ja).', 'pt', 'German'].map((one) =>
    prompt(`Language: ${one}`, ''),
  )
  assert.deepEqual(
    languages.map(({ language }) => language),
    ['de', 'zh', 'fr', 'ja', 'en', 'en'],
  )
})

test('what is missing or written otherwise is taken as far as it goes', () => {
  const read = prompt(
    'Write well.',
    '<facts-9f of="x">\n[3] `a`\n[4] a b.ts:7 type `B`\nno fact\n[5]\n</facts-9f>\n<relations>\n- `a` is used by `B`\n',
  )
  assert.equal(read.language, 'en')
  assert.deepEqual(read.facts, [
    { number: 3, kind: '', name: 'a' },
    { number: 4, path: 'a b.ts', firstLine: 7, lastLine: 7, kind: 'type', name: 'B' },
    { number: 5 },
  ])
  assert.deepEqual(read.relations, [])
  assert.equal(read.schema, undefined)
})

test('a schema within the instructions is found past other JSON', () => {
  const schema = { type: 'object', properties: { text: { type: 'string', description: 'such as "}"' } } }
  const read = prompt(
    `An example: {"type": "x"}. {"properties": broken}. The schema: ${JSON.stringify(schema, null, 2)} End.`,
    '',
  )
  assert.deepEqual(read.schema, schema)
})
