/** What people look for, in small sets with names of well-known repositories and what stands in the way there. */

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import MiniSearch, { type Query, type SearchOptions } from 'minisearch'
import { buildSearch, type SearchablePage, type SearchableSymbol } from '#search/build-index.ts'
import { find } from '#search/matching.js'
import { createSearcher } from '#search/searcher.ts'
import { INDEX_OPTIONS } from '#search/words.js'

type Pages = Record<string, string>
type Symbols = Record<string, Partial<SearchableSymbol>>

interface Sample {
  /** By title, with their words. */
  pages: Pages
  symbols: Symbols
  testPages?: Pages
  /** Each with what is among its first three answers. */
  deeds?: Record<string, string[]>
  /** Each with its first answers, in their order. */
  questions: Record<string, string | string[]>
}

const test_ = { standing: 'test', isPublic: false } as const
const aside = { standing: 'aside' } as const
const inner = { isPublic: false } as const

const SAMPLES: Record<string, Sample> = {
  hono: {
    pages: {
      Overview: 'Hono is a small web framework with a fast router.',
      router: 'Routers match a path to handlers. Router, router, routing.',
      'router/trie-router': 'A router of tries. Router router router router.',
      'middleware/cors': 'Cross-origin requests.',
      'helper/route': 'What matched.',
    },
    testPages: { 'runtime-tests': 'Tests of the router, router, router.' },
    symbols: {
      Router: { kind: 'interface', uses: 60 },
      'TrieRouter.match': { kind: 'method', uses: 4 },
      RegExpRouter: { kind: 'class', uses: 9 },
      'Hono.router': { kind: 'field', uses: 3 },
      Hono: { kind: 'class', uses: 300 },
      HonoBase: { kind: 'class', uses: 30 },
      Context: { kind: 'class', uses: 120 },
      ContextRenderer: { kind: 'interface', uses: 2 },
      'HonoRequest.context': { kind: 'field', uses: 1, ...inner },
      cors: { kind: 'function', uses: 1 },
      basicAuth: { kind: 'function' },
      auth: { kind: 'function', ...inner },
      HonoRequest: { kind: 'class', uses: 40, doc: 'The request, with what was routed.' },
      'Hono.#dispatch': { kind: 'method', uses: 1, ...inner },
      router: { kind: 'constant', ...test_ },
      routingBench: { kind: 'function', ...aside },
    },
    questions: {
      Hono: 'Hono',
      router: ['router', 'Router'],
      Router: ['Router', 'router'],
      routers: ['Router', 'router'],
      context: 'Context',
      Context: 'Context',
      cors: ['cors', 'middleware/cors'],
      'basic auth': 'basicAuth',
      basicauth: 'basicAuth',
      'Hono.router': 'Hono.router',
      'what is a context': 'Context',
      'how does the router match': 'TrieRouter.match',
    },
    deeds: {
      'where are requests routed': ['Router'],
      'how are requests dispatched': ['Hono.#dispatch'],
    },
  },
  flask: {
    pages: {
      Overview: 'Flask is a framework. Configure it.',
      'config.py': 'Config from files. Config config.',
      app: 'x',
    },
    testPages: { tests: 'Tests of the config. Config config config.' },
    symbols: {
      Config: { kind: 'class', uses: 4, doc: 'Works exactly like a dict.' },
      'Flask.config': { kind: 'field', uses: 20 },
      'Config.from_file': { kind: 'method' },
      'App.make_config': { kind: 'method' },
      'test_config.Config': { kind: 'class', ...test_ },
      Blueprint: { kind: 'class', uses: 20 },
      'App.register_blueprint': { kind: 'method', uses: 2 },
      'Scaffold.route': { kind: 'method', uses: 9, doc: 'Decorate a view function to register it with a rule.' },
      test_route: { kind: 'function', ...test_ },
      render_template: { kind: 'function', uses: 8 },
      render_template_string: { kind: 'function', uses: 3 },
      'Scaffold.errorhandler': { kind: 'method', uses: 1 },
      'App.handle_user_exception': { kind: 'method', doc: 'Handles errors.' },
      Request: {
        kind: 'class',
        uses: 23,
        doc: 'The request object used by default. Remembers the matched endpoint.',
      },
      'Flask.dispatch_request': { kind: 'method', uses: 2, doc: 'Does the request dispatching.' },
    },
    questions: {
      config: ['Config', 'config.py'],
      configure: ['Config', 'config.py'],
      blueprints: 'Blueprint',
      routing: 'Scaffold.route',
      'render template': 'render_template',
      renderTemplate: 'render_template',
      'how to render templates': 'render_template',
      blueprnt: 'Blueprint',
      'where is a request': 'Request',
      dispatch: 'Flask.dispatch_request',
      request: 'Request',
    },
    deeds: {
      'where are requests routed': ['Flask.dispatch_request'],
      'how are requests dispatched': ['Flask.dispatch_request'],
      'how are requests handled': ['Flask.dispatch_request'],
      'where is the configuration loaded': ['Config'],
    },
  },
  cJSON: {
    pages: { Overview: 'cJSON parses JSON. Parse parse parse.', 'cJSON.c': 'The parser.', cJSON_Utils: 'Patches.' },
    testPages: { tests: 'Parse parse parse.' },
    symbols: {
      cJSON_Parse: { uses: 30 },
      cJSON_ParseWithOpts: { uses: 5 },
      parse_value: { uses: 3, ...inner },
      parse_string: { uses: 4, ...inner },
      parse_buffer: { kind: 'struct', uses: 12, ...inner },
      parse: { ...test_ },
      parse_number_should_parse: { ...test_ },
      cJSON_Print: { uses: 20 },
      cJSON_PrintUnformatted: { uses: 14 },
      print_number: { uses: 2, ...inner },
    },
    questions: {
      cJSON_Parse: ['cJSON_Parse', 'cJSON_ParseWithOpts'],
      'cJSON_Parse()': 'cJSON_Parse',
      parse: 'cJSON_Parse',
      parsing: 'cJSON_Parse',
      print: 'cJSON_Print',
      'json print': 'cJSON_Print',
    },
  },
  ripgrep: {
    pages: { Overview: 'Searches.', 'crates/searcher': 'Searching lines.', 'crates/core/flags': 'Parses arguments.' },
    testPages: { tests: 'All of them.' },
    symbols: {
      parse: { uses: 2, file: 'crates/core/flags/parse.rs' },
      'Parser.parse': { kind: 'method', uses: 2 },
      'ArgvParser.parse': { kind: 'method', uses: 9, ...test_ },
      Searcher: { kind: 'struct', uses: 40 },
      SearcherBuilder: { kind: 'struct', uses: 20 },
      WalkBuilder: { kind: 'struct', uses: 20 },
      Walk: { kind: 'struct', uses: 8 },
      walker: { ...aside },
    },
    questions: {
      parse: ['parse', 'Parser.parse'],
      searcher: ['Searcher', 'crates/searcher'],
      searching: 'Searcher',
      walking: 'Walk',
      'walk builder': 'WalkBuilder',
      argvparser: 'ArgvParser.parse',
    },
  },
  cobra: {
    pages: { cobra: 'Commands, flags and groups.', 'adapters/ArrayAdapter.java': 'x' },
    symbols: {
      Command: { kind: 'struct', uses: 90, file: 'command.go' },
      'Command.Execute': { kind: 'method', uses: 60 },
      'Command.execute': { kind: 'method', uses: 1, ...inner },
      Execute: { uses: 40, ...aside },
      'Shell.Command': { kind: 'field', uses: 90, file: 'cobra/shell.go' },
      'Command.Flag': { kind: 'method', uses: 1 },
      'Command.Flags': { kind: 'method', uses: 90, doc: 'Flag, flag, flag.' },
      Group: { kind: 'struct', uses: 80, doc: 'Groups of groups.' },
      'Command.Groups': { kind: 'field' },
      Count: { kind: 'struct', uses: 1, ...inner },
      'Mode.Count': { kind: 'constant', uses: 9 },
      ArrayAdapter: { kind: 'class', uses: 1, ...inner },
      'ArrayAdapter.ArrayAdapter(int)': { kind: 'method', uses: 9 },
      'Provider.dumps': { kind: 'method', uses: 9, file: 'src/json/provider.py' },
      dumps: { file: 'src/json/__init__.py' },
      'text.dumps': { uses: 50, file: 'src/text/__init__.py' },
      'Walk.next': { kind: 'method', file: 'src/walk.rs' },
      'Find.next': { kind: 'method', uses: 90, file: 'src/find.rs' },
      checkFlag: { ...test_ },
      checkFlagSet: { uses: 9 },
      '[SELECTORS]': { kind: 'constant' },
    },
    questions: {
      'Command.execute': ['Command.execute', 'Command.Execute'],
      'Command#execute': ['Command.execute', 'Command.Execute'],
      'Command::Execute': ['Command.Execute', 'Command.execute'],
      'cmd.Execute': ['Command.Execute', 'Command.execute'],
      Execute: ['Command.Execute', 'Command.execute'],
      execute: 'Command.Execute',
      'cobra.Command': 'Command',
      Command: ['Command', 'Shell.Command'],
      command: 'Command',
      Flag: 'Command.Flag',
      Groups: 'Command.Groups',
      Count: 'Mode.Count',
      ArrayAdapter: ['ArrayAdapter', 'ArrayAdapter.ArrayAdapter(int)', 'adapters/ArrayAdapter.java'],
      'ArrayAdapter.ArrayAdapter': 'ArrayAdapter.ArrayAdapter(int)',
      'json.dumps': ['dumps', 'Provider.dumps'],
      'walk::next': 'Walk.next',
      checkFlag: 'checkFlag',
      '[SELECTORS]': '[SELECTORS]',
    },
  },
}

function pagesOf(pages: Pages, standing: 'own' | 'test'): SearchablePage[] {
  return Object.entries(pages).map(([title, text], number) => ({
    file: `${standing}-${number}.md`,
    title,
    standing,
    headings: [{ depth: 1, id: 'top', text: title }],
    sections: [{ id: 'top', text }],
  }))
}

function indexOf({ pages, testPages = {}, symbols }: Sample): string {
  const rows = Object.entries(symbols).map(
    ([name, changes]): SearchableSymbol => ({
      ...{ name, kind: 'function', file: 'src/a', line: 1, page: 'own-0.md', anchor: 'x', doc: null },
      ...{ isPublic: true, standing: 'own', uses: 0, ...changes },
    }),
  )
  return buildSearch([...pagesOf(pages, 'own'), ...pagesOf(testPages, 'test')], rows)
}

for (const [name, sample] of Object.entries(SAMPLES)) {
  const json = new TextEncoder().encode(indexOf(sample))
  const searcher = createSearcher({ readFile: async () => json })
  describe(`in ${name}`, () => {
    for (const [query, wanted] of Object.entries(sample.questions)) {
      const expected = [wanted].flat()
      test(`${query} finds ${expected.join(', then ')}`, async () => {
        const hits = (await searcher.search('k', query, 20))?.hits ?? []
        assert.deepEqual(
          hits.slice(0, expected.length).map((hit) => hit.title),
          expected,
        )
      })
    }
    for (const [query, wanted] of Object.entries(sample.deeds ?? {})) {
      test(`${query} finds ${wanted.join(' and ')} among the first three`, async () => {
        const hits = (await searcher.search('k', query, 3))?.hits ?? []
        assert.deepEqual(
          wanted.filter((title) => !hits.some((hit) => hit.title === title)),
          [],
          hits.map(({ title }) => title).join(', '),
        )
      })
    }
  })
}

test('examples come after all else, and tests after these', async () => {
  const json = new TextEncoder().encode(indexOf(SAMPLES.hono as Sample))
  const searcher = createSearcher({ readFile: async () => json })
  const hits = (await searcher.search('k', 'routing', 20))?.hits ?? []
  assert.deepEqual(
    hits.slice(-3).map((hit) => `${hit.kind} ${hit.title}`),
    ['function routingBench', 'constant router', 'page runtime-tests'],
  )
})

test('a question in a sentence is answered by what is about its matter, whatever else its words are in', async () => {
  const page = (title: string, text: string): SearchablePage => ({
    file: `${title}.md`,
    title,
    standing: 'own',
    headings: [],
    sections: [{ id: '', text }],
  })
  const symbol = (name: string, kind: string, doc: string | null = null): SearchableSymbol => ({
    ...{ name, kind, doc, file: 'src/a.ts', line: 1, page: 'flask.md', anchor: name },
    ...{ isPublic: true, standing: 'own', uses: 3 },
  })
  const set = buildSearch(
    [page('flask', 'A framework.'), page('wrappers', 'Flask loads.')],
    [
      symbol('loads', 'function', 'What flask does to load JSON by its configuration.'),
      symbol('Config', 'class', 'Works like a dict.'),
      symbol('Request.routingLoads', 'field'),
      symbol('Router', 'interface'),
      symbol('connect', 'function', 'Opens the db.'),
      { ...symbol('defaults', 'constant'), value: 'Dict({ SESSION_COOKIE_NAME: "session" })' },
    ],
  )
  const searcher = createSearcher({ readFile: async () => new TextEncoder().encode(set) })
  const first = async (query: string): Promise<string | undefined> =>
    (await searcher.search('a', query, 5))?.hits[0]?.title
  const config = (await searcher.search('a', 'how does flask load configuration', 2))?.hits ?? []
  assert.ok(config.some(({ title }) => title === 'Config'))
  assert.equal(await first('where is the default router'), 'Router')
  assert.equal(await first('default router'), 'Router')
  const misspelled = (await searcher.search('a', 'confgi router', 9))?.hits ?? []
  assert.ok(misspelled.some(({ title }) => title === 'Config'))
  assert.equal(await first('database'), 'connect')
  assert.equal(await first('SESSION_COOKIE_NAME'), 'defaults')
})

test('a word of a question that is written as a name of the code comes before all common words', async () => {
  const doc = 'Who calls it, where it is tested, who reads it and how the configuration is loaded by Flask.'
  const symbols: Record<string, Partial<SearchableSymbol>> = {
    CallsReaders: { kind: 'class', uses: 90, doc },
    'Flask.test_client': { kind: 'method', uses: 90, doc },
    'Config.from_object': { kind: 'method', ...inner },
    from_object_cached: { kind: 'function', uses: 50 },
    url_for: { kind: 'function', uses: 2 },
    'Flask.url_for': { kind: 'method', uses: 9 },
    'tests.url_for': { kind: 'function', ...test_ },
    'session.defaults': { kind: 'constant', value: 'Dict({ SESSION_COOKIE_NAME: "session" })' },
    SCHEMES: { kind: 'constant' },
    toJson: { kind: 'method' },
    'Gson.toJson(Object)': { kind: 'method', uses: 9 },
    g: { kind: 'constant', uses: 90 },
  }
  const json = new TextEncoder().encode(
    indexOf({ pages: { Overview: 'A framework.', 'app.py': 'x', GitHub: doc }, symbols, questions: {} }),
  )
  const searcher = createSearcher({ readFile: async () => json })
  const titles = async (query: string) => ((await searcher.search('k', query, 5))?.hits ?? []).map(({ title }) => title)
  for (const [query, wanted] of Object.entries({
    'who calls from_object': ['Config.from_object'],
    'who calls from_object()?': ['Config.from_object'],
    'how is Config.from_object tested': ['Config.from_object'],
    'who calls other.from_object': ['Config.from_object'],
    'where is url_for tested': ['url_for', 'Flask.url_for', 'tests.url_for'],
    'who reads SESSION_COOKIE_NAME': ['session.defaults'],
    'who reads SCHEMES': ['SCHEMES'],
    'who calls toJson': ['Gson.toJson(Object)', 'toJson'],
    'what is in app.py': ['app.py'],
    'url_for and from_object': ['url_for', 'Flask.url_for', 'tests.url_for', 'Config.from_object'],
  })) {
    const found = await titles(query)
    assert.deepEqual(found.slice(0, wanted.length).sort(), wanted.sort(), `${query}: ${found}`)
    assert.equal(new Set(found).size, found.length, query)
  }
  assert.equal((await titles('where is e.g. CallsReaders tested'))[0], 'CallsReaders')
})

test('a question that means half of a large repository is answered with bounded work', () => {
  const titles = Array.from({ length: 6_000 }, (_, n) => `word${n}`)
  const index = new MiniSearch(INDEX_OPTIONS)
  index.addAll(titles.map((name, id) => ({ id, name, text: 'of words' })))
  const entries = titles.map((title) => ({ title, weight: 1, kind: 'function', file: '' }))
  let pairs = 0
  const counting = Object.assign(Object.create(index), {
    search(query: Query, options: SearchOptions) {
      const { boostDocument } = options
      return index.search(query, {
        ...options,
        boostDocument(...args) {
          pairs++
          return boostDocument?.(...args) ?? 1
        },
      })
    },
  })
  for (const query of ['word', 'w wo wor word wor wo word words', 'wo w0 w1 w2 w3 w4 w5 wor word wordi w7 w8']) {
    pairs = 0
    assert.ok(find(counting, entries, query, 20).length > 0, query)
    assert.ok(pairs < 250_000, `${pairs} for ${query}`)
  }
  assert.deepEqual(
    find(index, entries, 'word4321', 1).map((id) => titles[id]),
    ['word4321'],
  )
})

test('names that thousands have are looked for once in a query, and nothing is weighed that would be cut off', () => {
  const titles = Array.from({ length: 6_000 }, (_, n) => `Thing${n}.toString`)
  const index = new MiniSearch(INDEX_OPTIONS)
  index.addAll(titles.map((name, id) => ({ id, name, text: '' })))
  const entries = titles.map((title) => ({ title, weight: 1, kind: 'method', file: 'a.java' }))
  let answers = 0
  let weighed = 0
  const counting = Object.assign(Object.create(index), {
    search(query: Query, options: SearchOptions) {
      const found = index.search(query, options)
      answers += found.length
      weighed += options.boostDocument === undefined ? 0 : found.length
      return found
    },
  })
  const twelve = [...'abcdefghijkl'].map((letter) => `T${letter}.toString`).join(' ')
  for (const query of ['toString', 'Thing.toString', twelve]) {
    answers = weighed = 0
    assert.equal(find(counting, entries, query, 20).length, 20, query)
    assert.deepEqual([answers, weighed], [titles.length, 0], query)
  }
  assert.deepEqual(
    find(index, entries, 'Thing4321.toString and Thing17.toString', 2).map((id) => titles[id]),
    ['Thing4321.toString', 'Thing17.toString'],
  )
})

test('comparing words to names counts as work, is bounded, and is done for no more words than are looked for', () => {
  const words = (count: number) => Array.from({ length: count }, (_, n) => `f${n + 1}`).join(' ')
  const rowsOf = (titles: string[]) => {
    const index = new MiniSearch(INDEX_OPTIONS)
    index.addAll(titles.map((name, id) => ({ id, name, text: '' })))
    return { index, entries: titles.map((title) => ({ title, weight: 1, kind: 'function', file: '' })) }
  }
  const workOf = (rows: ReturnType<typeof rowsOf>, query: string) => {
    const tally = { work: 0 }
    const found = find(rows.index, rows.entries, query, 20, tally)
    return { found, work: tally.work }
  }
  const short = rowsOf(Array.from({ length: 12_000 }, (_, n) => `f${n}`))
  const long = rowsOf(Array.from({ length: 6_000 }, (_, n) => [...'abcdefgh'].map((c) => `${c}f${n}`).join('_')))
  const twelve = workOf(short, `how to ${words(12)}`)
  assert.ok(twelve.work > 30_000 && twelve.work < 150_000, `${twelve.work}`)
  assert.ok(twelve.found.includes(1) && twelve.found.includes(12), `${twelve.found}`)
  assert.deepEqual(workOf(short, `how to ${words(40)}`), twelve, 'words beyond those are not looked for')
  assert.deepEqual(workOf(short, words(40)), workOf(short, words(12)))
  for (const query of ['af1 bf1 cf1 df1 ef1 ff1 gf1 hf1 af2 bf2 cf2 df2', 'how to af bf cf df ef ff gf hf']) {
    const { work, found } = workOf(long, query)
    assert.ok(work > 20_000 && work < 150_000, `${work} for ${query}`)
    assert.ok(found.length > 0, query)
  }
})

test('one budget of work serves all ways in which a question is looked for, and an answer is given', () => {
  const begins = 're pa te na st co de se fi li ma'.split(' ')
  const titles = Array.from({ length: 6_000 }, (_, n) =>
    begins.map((begin, at) => begin + ((n * (at + 7)) % 97).toString(26)).join('_'),
  )
  const index = new MiniSearch(INDEX_OPTIONS)
  index.addAll(titles.map((name, id) => ({ id, name, text: '' })))
  const entries = titles.map((title) => ({ title, weight: 1, kind: 'function', file: '' }))
  let pairs = 0
  const counting = Object.assign(Object.create(index), {
    search(query: Query, options: SearchOptions) {
      const { boostDocument } = options
      return index.search(query, {
        ...options,
        boostDocument(...args) {
          pairs++
          return boostDocument?.(...args) ?? 1
        },
      })
    },
  })
  for (const query of [`${begins.join(' ')} zq`, `how is the ${begins.join(' and ')} of it`, begins.join('_ ')]) {
    const tally = { work: 0 }
    pairs = 0
    assert.ok(find(counting, entries, query, 20, tally).length > 0, query)
    // 400,000 and more when each way began anew.
    assert.ok(pairs < 220_000, `${pairs} pairs for ${query}`)
    assert.ok(tally.work > 20_000 && tally.work < 250_000, `${tally.work} of work for ${query}`)
  }
  const small = { work: 0 }
  find(index, entries, 'zzz', 20, small)
  assert.ok(small.work < 10_000, `${small.work}`)
})
