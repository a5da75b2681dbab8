import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { buildSearch, type SearchablePage, type SearchableSymbol } from '#search/build-index.ts'
import { SEARCH_FILE } from '#search/index-format.ts'
import { createSearcher } from '#search/searcher.ts'
import { partsOf, wordsOf } from '#search/words.js'

const page = (file: string, title: string, text: string): SearchablePage => ({
  file,
  title,
  standing: 'own',
  headings: [
    { depth: 1, id: 'top', text: title },
    { depth: 2, id: 'more', text: 'More of it' },
  ],
  sections: [
    { id: 'top', text },
    { id: 'more', text: 'Retries are told here.' },
  ],
})

const symbol = (name: string, changes: Partial<SearchableSymbol> = {}): SearchableSymbol => ({
  ...{ name, kind: 'function', file: 'src/a.ts', line: 3, page: 'a.md', anchor: 'x', doc: null },
  ...{ isPublic: true, standing: 'own', uses: 0, ...changes },
})

/** A searcher of one set, and how often its index was read. */
function searcherOf(json: string) {
  const reads: string[] = []
  const readFile = async (key: string, name: string) => {
    reads.push(`${key} ${name}`)
    return new TextEncoder().encode(json)
  }
  return { ...createSearcher({ readFile }), reads }
}

async function titles(symbols: SearchableSymbol[], query: string): Promise<string[]> {
  const searcher = searcherOf(buildSearch([page('a.md', 'Things', 'What there is.')], symbols))
  return ((await searcher.search('k', query, 10))?.hits ?? []).map((hit) => hit.title)
}

test('names fall into their parts', () => {
  assert.deepEqual(partsOf('BackgroundWorker'), ['background', 'worker'])
  assert.deepEqual(partsOf('HTTPServer'), ['http', 'server'])
  assert.deepEqual(partsOf('cJSON_Parse'), ['cjson', 'c', 'json', 'parse'])
  assert.deepEqual(partsOf('snake_case'), ['snake', 'case'])
  assert.deepEqual(partsOf('utf8Decode'), ['utf8', 'decode'])
  assert.deepEqual(wordsOf('Router.match_all → 数据'), ['router', 'match_all', '数据'])
})

test('a part of a name finds it, however the name is written', async () => {
  const symbols = ['BackgroundWorker', 'parse_json', 'HTTPServer'].map((name) => symbol(name))
  assert.deepEqual(await titles(symbols, 'Worker'), ['BackgroundWorker'])
  assert.deepEqual(await titles(symbols, 'parseJson'), ['parse_json'])
  assert.deepEqual(await titles(symbols, 'http serv'), ['HTTPServer'])
  assert.deepEqual(await titles(symbols, 'backgroundwroker'), ['BackgroundWorker'])
  assert.deepEqual(await titles(symbols, 'retries'), ['More of it'])
  assert.deepEqual(await titles(symbols, 'retry'), ['More of it'])
  assert.deepEqual(await titles(symbols, 'nothingofthekind'), [])
})

test('the name itself comes first, then what is public, tests last', async () => {
  const symbols = [
    symbol('parse', { file: 'test/a.ts', standing: 'test' }),
    symbol('parseAll'),
    symbol('parseOne', { isPublic: false }),
    symbol('Reader.parse'),
    symbol('parse'),
  ]
  const found = await titles(symbols, 'parse')
  assert.deepEqual(found.slice(0, 2), ['parse', 'Reader.parse'])
  assert.ok(found.indexOf('parseAll') < found.indexOf('parseOne'))
  assert.equal(found.at(-1), 'parse')
})

test('a heading that several pages have is found by what is below it, one of its own by itself', async () => {
  const pages = ['a', 'b', 'c'].map((name) => page(`${name}.md`, name, 'x'))
  pages.push({ ...page('d.md', 'd', 'x'), headings: [{ depth: 2, id: 'rare', text: 'More of the rare' }] })
  const searcher = searcherOf(buildSearch(pages, []))
  const find = async (query: string) => ((await searcher.search('k', query, 9))?.hits ?? []).map((hit) => hit.title)
  assert.deepEqual(await find('more'), ['More of the rare'])
  assert.deepEqual(await find('retries told'), ['More of it', 'More of it', 'More of it'])
})

test('a hit says what it is, where it is told of and where it stands', async () => {
  const searcher = searcherOf(
    buildSearch(
      [page('a.md', 'Things', 'What there is.')],
      [symbol('Worker', { doc: 'Works `unseen`.', kind: 'class' })],
    ),
  )
  assert.deepEqual((await searcher.search('k', 'worker', 1))?.hits, [
    {
      ...{ title: 'Worker', kind: 'class', page: 'a.md', pageTitle: 'Things', anchor: 'x', address: null },
      ...{ file: 'src/a.ts', line: 3, text: 'Works unseen.' },
    },
  ])
})

test('with too many symbols, private ones and those of tests are left out only as far as needed', () => {
  const symbols = [
    symbol('inTest', { standing: 'test' }),
    symbol('privateUnused', { isPublic: false }),
    symbol('privateUsed', { isPublic: false, uses: 9 }),
    symbol('offPage', { page: 'gone.md' }),
    symbol('public'),
  ]
  const pages = [page('a.md', 'Things', 'x')]
  const kept = (room: number): string[] => {
    const { rows } = JSON.parse(buildSearch(pages, symbols, [], 2 + room)) as { rows: [string][] }
    return rows.slice(2).map(([title]) => title)
  }
  assert.deepEqual(kept(4), ['inTest', 'privateUnused', 'privateUsed', 'public'])
  assert.deepEqual(kept(3), ['privateUnused', 'privateUsed', 'public'])
  assert.deepEqual(kept(2), ['privateUsed', 'public'])
  assert.deepEqual(kept(1), ['public'])
  assert.deepEqual(kept(0), [])
  assert.deepEqual(kept(-5), [])
})

test('what its page only lists leads to its line', async () => {
  const lineAt = 'source/test/a%20b.ts#L{line}'
  const searcher = searcherOf(
    buildSearch([page('a.md', 'Things', 'x')], [symbol('worksAlone', { standing: 'test', line: 7, lineAt })]),
  )
  const [hit] = (await searcher.search('k', 'works', 1))?.hits ?? []
  assert.deepEqual([hit?.anchor, hit?.address], ['', 'source/test/a%20b.ts#L7'])
})

test('an index is read once while there is room, and again when it had to make room', async () => {
  const json = buildSearch([page('a.md', 'Things', 'x')], [])
  const roomy = searcherOf(json)
  await Promise.all(['a', 'a', 'b'].map((key) => roomy.search(key, 'things', 1)))
  await roomy.search('a', 'things', 1)
  assert.deepEqual(roomy.reads, [`a ${SEARCH_FILE}`, `b ${SEARCH_FILE}`])
  let reads = 0
  const readFile = async () => {
    reads += 1
    return new TextEncoder().encode(json)
  }
  const narrow = createSearcher({ readFile }, 10)
  for (const key of ['a', 'b', 'c', 'd', 'a']) await narrow.search(key, 'things', 1)
  assert.equal(reads, 5)
})

test('names that mean something to JavaScript are names, and any text can be indexed and searched', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
  for (const name of names) assert.deepEqual((await titles([symbol(name)], name))[0], name)
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'binary' }),
      async (name, query) => {
        await titles([symbol(name, { doc: query })], query)
        for (const word of partsOf(name)) assert.equal(word, word.toLowerCase())
      },
    ),
    { numRuns: 40 },
  )
  assert.equal(({} as Record<string, unknown>).polluted, undefined)
})

test('control and bidirectional signs of a repository reach neither the file nor a hit', async () => {
  const signs = '\u001b[31m\u0007\u009b1m\u202e\u2066\u200b\u2028'
  const raw = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
  const json = buildSearch(
    [page('a.md', `Th${signs}ings`, `What ${signs}there is.`)],
    [symbol(`Wor${signs}ker`, { doc: `Works ${signs}unseen.`, file: `src/${signs}a.ts`, value: `"${signs}"` })],
    [
      {
        title: `Gui${signs}de`,
        text: `Worker ${signs}guide.`,
        file: `doc/${signs}.md`,
        line: 1,
        lineAt: 'x#L{line}',
        standing: 'own',
      },
    ],
  )
  assert.doesNotMatch(json, raw)
  const { hits } = (await searcherOf(json).search('k', 'worker', 9)) ?? assert.fail()
  assert.equal(hits.length, 2)
  for (const { title, text, pageTitle } of hits) assert.doesNotMatch(title + text + pageTitle, raw)
  assert.ok(
    hits.some(({ file }) => file === `src/${signs}a.ts`),
    'a path says the same',
  )
})

test('the same set gives the same bytes', () => {
  const make = () => buildSearch([page('a.md', 'Things', 'x')], [symbol('b'), symbol('A')])
  assert.equal(make(), make())
})

test('deprecated and internal names come last, with a mark, unless they are typed', async () => {
  const symbols = [
    symbol('OptionParser.parse', { mark: 'deprecated', kind: 'method' }),
    symbol('parse_option', { mark: 'internal' }),
    symbol('test_parse_option', { standing: 'test' }),
    symbol('parse_options_of'),
  ]
  const found = await titles(symbols, 'parse opti')
  assert.deepEqual(
    [found[0], new Set(found.slice(2)).has('test_parse_option')],
    ['parse_options_of', false],
    found.join(),
  )
  assert.equal((await titles(symbols, 'OptionParser.parse'))[0], 'OptionParser.parse')
  const { search } = searcherOf(buildSearch([page('a.md', 'Things', 'What there is.')], symbols))
  const kinds = (await search('k', 'parse option', 10))?.hits.map(({ kind }) => kind) ?? []
  assert.deepEqual(kinds.slice(-2).sort(), ['deprecated method', 'internal function'])
})

test('a field without a text comes after a section that is about the words', async () => {
  const guide: SearchablePage = { ...page('a.md', 'Parameters', 'About them.'), isGuide: true }
  guide.headings = [...guide.headings, { depth: 2, id: 'opts', text: 'Parser Options' }]
  const { search } = searcherOf(buildSearch([guide], [symbol('Parser.options', { kind: 'field' })]))
  const hits = (await search('k', 'parser opti', 10))?.hits ?? []
  assert.deepEqual(hits.map(({ title }) => title).slice(0, 2), ['Parser Options', 'Parser.options'])
})
