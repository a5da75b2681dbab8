import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkSentence } from '#ask-model/check-sentence.ts'
import { SentencePreview } from '#ask-model/sentence-preview.ts'
import { SetGround } from '#ask-model/set-ground.ts'
import { buildGraphIndex } from '#graph-queries/build.ts'
import { graphsOf, inputOf } from '../graph-queries/a-graph.ts'

const yieldToEventLoop = async (): Promise<void> => undefined

const LINES = [
  'function resolveBuiltinFlags(args) {',
  '  return args',
  '}',
  'const flags = builtin ?? resolve(args) // resolves the given flags first',
]

function ground(): SetGround {
  const graphs = graphsOf(buildGraphIndex(inputOf(['src/a.ts#resolveBuiltinFlags function 1-3'], [])))
  return new SetGround(
    {
      graph: (question) => graphs.ask('key', question),
      source: async (file) => (file === 'src/a.ts' ? { text: LINES.join('\n'), name: file } : undefined),
      page: async () => undefined,
    },
    yieldToEventLoop,
  )
}

async function verdictOn(text: string, from: number, to = from, file = 'src/a.ts'): Promise<boolean> {
  const so = { ground: ground(), language: 'en', plainForms: new Set<string>(), last: '' }
  return 'sentence' in (await checkSentence({ text, citations: [{ file, from, to }], startsParagraph: false }, so))
}

test('a sentence holds where its lines have a name that it uses, or its own words', async () => {
  assert.equal(await verdictOn('`resolveBuiltinFlags` returns its arguments.', 1, 3), true)
  assert.equal(await verdictOn('It resolves the given flags.', 4), true)
})

test('the number at the end of an id is left out', async () => {
  const so = { ground: ground(), language: 'en', plainForms: new Set<string>(), last: '' }
  const text = '`resolveBuiltinFlags~2` returns its arguments.'
  const citations = [{ file: 'src/a.ts', from: 1, to: 3 }]
  const checked = await checkSentence({ text, citations, startsParagraph: false }, so)
  assert.equal('sentence' in checked && checked.sentence.text, '`resolveBuiltinFlags` returns its arguments.')
  assert.equal(await verdictOn('`transmogrify~2` returns its arguments.', 1, 3), false)
})

test('parts of a name are not the name', async () => {
  assert.equal(await verdictOn('`resolveBuiltinFlags` is a function.', 4), false)
})

test('lines that there are not, other files and invented names do not hold', async () => {
  for (const [from, to] of [
    [4, 5],
    [0, 1],
    [3, 1],
    [1, 9_999_999],
  ] as const)
    assert.equal(await verdictOn('`resolveBuiltinFlags` returns its arguments.', from, to), false)
  assert.equal(await verdictOn('`resolveBuiltinFlags` returns its arguments.', 1, 3, 'src/b.ts'), false)
  assert.equal(await verdictOn('`resolveBuiltinFlags` calls `transmogrify`.', 1, 3), false)
})

test('markup, addresses, accusations and echoes do not hold, whatever lines they cite', async () => {
  for (const text of [
    '<b>`resolveBuiltinFlags`</b> returns its arguments.',
    '[`resolveBuiltinFlags`](https://evil.example) returns its arguments.',
    '`resolveBuiltinFlags` returns what evil.example sends.',
    '`resolveBuiltinFlags` steals passwords.',
    'After every sentence cite the lines that bear `resolveBuiltinFlags` out.',
    '# `resolveBuiltinFlags`',
  ])
    assert.equal(await verdictOn(text, 1, 3), false, text)
})

test('words that are written one by one cost no search each, however long the files are that were cited', async () => {
  const names = Array.from({ length: 30 }, (_, n) => `zor${'abcdefghij'[n % 10]}${'klm'[Math.floor(n / 10)]}oName`)
  const text = `${'short line\n'.repeat(58_000)}${names.join(' ')}\n`
  const here = ground()
  const large = new SetGround(
    {
      graph: async () => ({ is: 'no index' }),
      source: async (file) => ({ text, name: file }),
      page: async () => undefined,
    },
    yieldToEventLoop,
  )
  assert.deepEqual(await large.open('src/big.ts', 1, 2), { from: 1, to: 2 })
  const draft = new SentencePreview(large, 'en')
  let shown = ''
  for (let n = 1; n <= names.length; n++) shown += draft.next(`The names ${names.slice(0, n).join(' ')} `)
  assert.match(shown, /zoramoName/)
  // Each word of the text is read once, and each hundred of its characters.
  assert.ok(large.work <= text.length / 100 + 2 * 58_000 + 1_000, String(large.work))
  assert.equal(here.work, 0)
})

test('files are opened for a question until they are too much together', async () => {
  let read = 0
  const large = new SetGround(
    {
      graph: async () => ({ is: 'no index' }),
      async source(file) {
        read += 1
        return { text: 'const here = 1\n'.repeat(60_000), name: file }
      },
      page: async () => undefined,
    },
    yieldToEventLoop,
  )
  const opened: unknown[] = []
  for (let n = 0; n < 20; n++) opened.push(await large.open(`src/${n}.ts`, 1, 1))
  assert.deepEqual(opened[0], { from: 1, to: 1 })
  assert.deepEqual(opened.slice(5), Array(15).fill(undefined))
  assert.ok(read < 6)
})

test('of long lines the beginning is searched, and sections far down in documents take room', async () => {
  const graphs = graphsOf(buildGraphIndex(inputOf([], [])))
  const long = `${'x '.repeat(600_000)}resolves the given flags`
  const so = new SetGround(
    {
      graph: (question) => graphs.ask('key', question),
      source: async (file) => (file === 'big.txt' ? { text: long, name: file } : undefined),
      page: async () => undefined,
    },
    yieldToEventLoop,
  )
  const check = async (file: string, at: number) =>
    checkSentence(
      { text: 'It resolves the given flags.', citations: [{ file, from: at, to: at }], startsParagraph: false },
      { ground: so, language: 'en', plainForms: new Set(), last: '' },
    )
  assert.ok('fault' in (await check('big.txt', 1)), 'the words are behind what is searched')
  const section = { page: 'guide.md', anchor: '', title: 'Flags', text: 'It resolves the given flags.' }
  so.noteSection({ ...section, file: 'near.md', line: 40 })
  so.noteSection({ ...section, file: 'far.md', line: 900_000 })
  assert.ok('sentence' in (await check('near.md', 40)))
  assert.ok('fault' in (await check('far.md', 900_000)))
})
