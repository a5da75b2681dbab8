/** What several words find: joined, in other forms, in what code says of itself, and in the repository's own guides. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildSearch, type SearchableDocument, type SearchableSymbol } from '#search/build-index.ts'
import { createSearcher } from '#search/searcher.ts'

type Symbols = Record<string, Partial<SearchableSymbol>>
type Documents = Record<string, Partial<SearchableDocument>>

function searcherOf(symbols: Symbols, documents: Documents = {}) {
  const rows = Object.entries(symbols).map(
    ([name, changes]): SearchableSymbol => ({
      ...{ name, kind: 'function', file: 'src/a.py', line: 1, page: 'a.md', anchor: name, doc: null },
      ...{ isPublic: true, standing: 'own', uses: 0, ...changes },
    }),
  )
  const sections = Object.entries(documents).map(
    ([title, changes]): SearchableDocument => ({
      ...{ title, text: '', file: `docs/${title}.md`, line: 1, lineAt: 'x#L{line}', standing: 'own', ...changes },
    }),
  )
  const page = { file: 'a.md', title: 'Things', standing: 'own' as const, headings: [], sections: [] }
  const json = new TextEncoder().encode(buildSearch([page], rows, sections))
  const searcher = createSearcher({ readFile: async () => json })
  return async (query: string): Promise<string[]> =>
    ((await searcher.search('k', query, 10))?.hits ?? []).map(({ title }) => title)
}

test('two words that stand beside each other find what code writes as one', async () => {
  const find = searcherOf(
    {
      progressbar: {},
      ProgressBar: { kind: 'class' },
      'ProgressBar.update': { kind: 'method', uses: 90, doc: 'Updates the progress bar.' },
      'Progress.bar': { kind: 'field', uses: 90 },
    },
    { 'HTTP/2': { text: 'How to enable it.' } },
  )
  assert.deepEqual((await find('progress bar')).slice(0, 2).sort(), ['ProgressBar', 'progressbar'])
  assert.deepEqual(await find('http2'), ['HTTP/2'])
})

test('a question for a deed finds the function that does it, before fields, whatever form its words have', async () => {
  const find = searcherOf({
    'Client._send_handling_redirects': { kind: 'method', isPublic: false },
    'Client.follow_redirects': { kind: 'field', uses: 40 },
    'Group.command': { kind: 'method', doc: 'Makes and attaches a command.' },
    'Group.commands': { kind: 'field', uses: 40 },
    Callback: { kind: 'class' },
  })
  assert.equal((await find('where are redirects followed'))[0], 'Client._send_handling_redirects')
  assert.equal((await find('how do I add a subcommand'))[0], 'Group.command')
})

test('constructors rank after methods, and records as classes do', async () => {
  const find = searcherOf({
    'Pool.Pool': { kind: 'constructor', doc: 'Sets the size of the pool.' },
    'Limits.sizes': { kind: 'method', doc: 'Sets the size of the pool.', file: 'src/limits.py' },
    'Pool.size': { kind: 'record', doc: 'The size of the pool.' },
  })
  assert.deepEqual(await find('where is the size of the pool'), ['Pool.size', 'Limits.sizes', 'Pool.Pool'])
})

test('synonyms are found, in both numbers, after the words themselves', async () => {
  const find = searcherOf({
    'Table.sort_records': {},
    'Table.sort': {},
    'Table.order_rows': { uses: 0, isPublic: false },
    'Walk.directories': {},
  })
  assert.deepEqual((await find('order the rows')).slice(0, 2), ['Table.order_rows', 'Table.sort_records'])
  assert.equal((await find('walk all folders'))[0], 'Walk.directories')
})

test('a question how to do something prefers the guide, another one the code', async () => {
  const find = searcherOf(
    { 'Response.stream_body': { kind: 'method', isPublic: false } },
    { 'Stream a body': { text: 'A large body is read in pieces.' } },
  )
  assert.equal((await find('how do I stream the body'))[0], 'Stream a body')
  assert.equal((await find('where is the body streamed'))[0], 'Response.stream_body')
})

test('a first sentence with all words comes before a name with one of them and another word', async () => {
  const find = searcherOf({
    'Pool.idle_limit': { kind: 'method' },
    'Pool.shrink': { kind: 'method', doc: 'Closes connections that are idle.' },
    'Pool.connection_limit': { kind: 'method' },
  })
  assert.equal((await find('idle connection'))[0], 'Pool.shrink')
})

test('what code says of itself counts, the more the nearer to its beginning and where words stand beside each other', async () => {
  const find = searcherOf({
    Limits: { kind: 'class', doc: 'Bounds the connection pool.' },
    Server: {
      kind: 'class',
      doc: `Listens. ${'Much is said here of other things. '.repeat(6)} A pool of a connection.`,
    },
    Pool: { kind: 'class', isPublic: false, standing: 'test' },
  })
  assert.deepEqual((await find('connection pool')).slice(0, 2), ['Limits', 'Server'])
})

test('two guides are among the first ten, however many names match, and no changelog comes before them', async () => {
  const names = Array.from({ length: 20 }, (_, n) => `RetryPolicy${n}.retryRequest`)
  const find = searcherOf(Object.fromEntries(names.map((name) => [name, { kind: 'method', uses: 50 }])), {
    'Retry of a request that failed at least once': {},
    'When to retry a request of somebody else': {},
    'Retry request': { file: 'CHANGELOG.md', standing: 'aside' },
  })
  const found = await find('retry request')
  const guides = found.filter((title) => title.includes(' '))
  assert.equal(guides.length, 2, found.join(', '))
  assert.ok(!guides.includes('Retry request'))
  assert.ok(found.indexOf(guides[0] ?? '') <= 2)
})

test('a guide that is a page is one of the guides, found by its title and by those of its sections', async () => {
  const headings = [
    { depth: 1, id: 'top', text: 'Limits of resources' },
    { depth: 2, id: 'pool', text: 'Pool size' },
  ]
  const page = { file: 'guide--limits.md', title: 'Limits of resources', standing: 'own' as const, isGuide: true }
  const sections = [{ id: 'pool', text: 'Set the size of the connection pool.' }]
  const json = buildSearch(
    [
      { file: 'a.md', title: 'Things', standing: 'own', headings: [], sections: [] },
      { ...page, headings, sections },
    ],
    [],
  )
  const searcher = createSearcher({ readFile: async () => new TextEncoder().encode(json) })
  const hits = (await searcher.search('k', 'connection pool', 3))?.hits ?? []
  assert.deepEqual([hits[0]?.kind, hits[0]?.title, hits[0]?.anchor], ['guide', 'Pool size', 'pool'])
  assert.equal((await searcher.search('k', 'resource limits', 3))?.hits[0]?.title, 'Limits of resources')
})

test('one word of several that is spelled wrong is still meant', async () => {
  const find = searcherOf({ 'Session.rebuild_proxies': { kind: 'method' }, 'Session.rebuild': { kind: 'method' } })
  assert.equal((await find('rebuild proxeis'))[0], 'Session.rebuild_proxies')
})

test('a guide with far less of the query than a result does not come before it', async () => {
  const find = searcherOf(
    Object.fromEntries(
      ['Sender', 'Batch', 'Queue', 'Pool'].map((name) => [`${name}.publishNotification`, { kind: 'method' }]),
    ),
    { Setup: { text: 'Much has to be registered before a notification arrives.' } },
  )
  const found = await find('how do I publish a notification')
  assert.deepEqual([found.length, found.indexOf('Setup')], [5, 4])
})

test('a question finds irregular forms of its verb', async () => {
  const find = searcherOf({ 'Argument.hidden': { kind: 'method' }, 'Argument.help': { kind: 'method' } })
  assert.equal((await find('how do I hide an argument'))[0], 'Argument.hidden')
})

test('of two names with the same words, the one whose file has the other words comes first', async () => {
  const find = searcherOf({
    'Body.parse': { kind: 'method', file: 'src/body.py' },
    'Field.parse': { kind: 'method', file: 'src/headers.py' },
    HeaderName: { kind: 'class', file: 'src/headers.py' },
  })
  const found = await find('parse a header')
  assert.ok(found.indexOf('Field.parse') < found.indexOf('Body.parse'), found.join(', '))
})

test('a private method without a comment ranks as one with a comment about other things', async () => {
  const find = searcherOf({
    'Router._parse_path': { kind: 'method', isPublic: false },
    'Url.parse_path': { kind: 'method', isPublic: false, doc: 'Reads the beginning of an address.' },
  })
  assert.deepEqual(await find('where is the path parsed'), ['Router._parse_path', 'Url.parse_path'])
})

test('a test whose name has all words comes after the code that has half of them', async () => {
  const find = searcherOf({
    'PoolTests.closing_takes_long': { kind: 'method', standing: 'test', isPublic: false },
    'Pool.wait_before_closing_idle_connections': { kind: 'method' },
  })
  assert.equal((await find('how long may closing take'))[0], 'Pool.wait_before_closing_idle_connections')
})

test('similar names do not crowd out others', async () => {
  const crowds: Record<string, Symbols> = {
    overloads: { 'Disk.readFile(string)': {}, 'Disk.readFile(string, int)': {}, 'Disk.readFile<T>(string)': {} },
    'the same name elsewhere': {
      'Disk.readFile': {},
      'Zip.readFile': { file: 'src/zip.py' },
      'Memory.readFile': { file: 'src/memory.py' },
    },
    'names of a file with the same words': { 'Disk.readFile': {}, 'Disk.readFileOf': {}, 'Disk.readFileAt': {} },
  }
  for (const [what, crowd] of Object.entries(crowds)) {
    const found = await searcherOf({ ...crowd, readLarge: { file: 'src/b.py', doc: 'For a file of any size.' } })(
      'read file',
    )
    assert.equal(found.indexOf('readLarge'), 2, what)
  }
})

test('a type is found by its name without its type parameters, and with them the one that has them', async () => {
  const find = searcherOf({
    'IRequestHandler<in TRequest, TResponse>': { kind: 'interface', file: 'src/IRequestHandler.cs' },
    'IRequestHandler<in TRequest>': { kind: 'interface', file: 'src/IRequestHandler.cs' },
    'Configuration.AddRequestHandler<TRequest>(Lifetime)': { kind: 'method', doc: 'Registers a service.', uses: 90 },
    'Configuration.AddRequestHandler(Type, Lifetime)': { kind: 'method', doc: 'Registers a service.', uses: 90 },
    'Result<T, E>': { kind: 'class', uses: 90 },
    Result: { kind: 'class', file: 'src/Results.cs' },
    'Results.all(Result)': { kind: 'method' },
  })
  assert.match((await find('no service for IRequestHandler registered'))[0] ?? '', /^IRequestHandler</)
  assert.equal((await find('IRequestHandler<in TRequest>'))[0], 'IRequestHandler<in TRequest>')
  assert.equal(
    (await find('Configuration.AddRequestHandler<TRequest>(Lifetime)'))[0],
    'Configuration.AddRequestHandler<TRequest>(Lifetime)',
  )
  assert.equal((await find('Result<T, E>'))[0], 'Result<T, E>')
  assert.equal((await find('Result'))[0], 'Result')
})
