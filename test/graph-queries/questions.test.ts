import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { buildGraphIndex } from '#graph-queries/build.ts'
import { createGraphParts } from '#graph-queries/graph-file.ts'
import { createGraphs, type Graphs } from '#graph-queries/graphs.ts'
import { type Outcome, Parameters } from '#graph-queries/questions.ts'
import { asker, COMMIT, graphsOf, inputOf } from './a-graph.ts'

const SHOP = inputOf(
  [
    'src/shop.ts#Store interface 1-9',
    'src/shop.ts#Store.save method 2-3',
    'src/disk.ts#DiskStore class 1-30',
    'src/disk.ts#DiskStore.constructor method 2-4',
    'src/disk.ts#DiskStore.save method 5-20',
    'src/disk.ts#DiskStore.save.write function 8-12',
    'src/disk.ts#FastDiskStore class 40-50',
    'src/disk.ts#FastDiskStore.save method 41-44',
    'src/order.ts#order function 1-8',
    'src/order.ts#main function 10-20',
    'src/order.ts#unused function 30-33',
    'test/order.ts#testOrder function 1-5',
    'test/order.ts#main function 7-9',
  ],
  [
    'implements src/disk.ts#DiskStore src/shop.ts#Store',
    'extends src/disk.ts#FastDiskStore src/disk.ts#DiskStore',
    'overrides src/disk.ts#DiskStore.save src/shop.ts#Store.save',
    'overrides src/disk.ts#FastDiskStore.save src/disk.ts#DiskStore.save',
    'calls src/order.ts#order src/shop.ts#Store.save',
    'calls src/order.ts#main src/order.ts#order',
    'instantiates src/order.ts#main src/disk.ts#DiskStore',
    'calls? src/order.ts#unused src/order.ts#order',
    'calls test/order.ts#testOrder src/order.ts#order',
    'calls src/disk.ts#DiskStore.save src/disk.ts#DiskStore.save.write',
    'uses-type src/order.ts#order src/shop.ts#Store',
    'imports test/late.ts src/disk.ts',
    'imports src/order.ts src/disk.ts',
  ],
  ['test/late.ts'],
)

const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id)

describe('callers and callees', () => {
  it('tells who calls a definition, code before tests, with lines and without guesses', async () => {
    const ask = asker(SHOP)
    const answer = await ask('callers', { symbol: 'order' })
    assert.equal(answer.commit, COMMIT)
    assert.deepEqual(ids(answer.results), ['src/order.ts#main', 'test/order.ts#testOrder'])
    assert.deepEqual(answer.results[0]?.uses, [
      { kind: 'calls', origin: 'import', confidence: 1, places: [{ line: 6, column: 1 }] },
    ])
    assert.equal(answer.guesses, 1)
    const all = await ask('callers', { symbol: 'order', guesses: 'true' })
    assert.deepEqual(ids(all.results), ['src/order.ts#main', 'src/order.ts#unused', 'test/order.ts#testOrder'])
  })

  it('tells what a definition calls, in the order of the code, and other kinds when they are asked for', async () => {
    const ask = asker(SHOP)
    assert.deepEqual(ids((await ask('callees', { symbol: 'src/order.ts#main' })).results), [
      'src/order.ts#order',
      'src/disk.ts#DiskStore',
    ])
    const types = await ask('callees', { symbol: 'order', kinds: 'uses-type' })
    assert.deepEqual(ids(types.results), ['src/shop.ts#Store'])
  })

  it('gives a list in pages', async () => {
    const ask = asker(SHOP)
    const first = await ask('callers', { symbol: 'order', limit: '1' })
    assert.deepEqual([first.total, first.next, first.results.length], [2, 1, 1])
    const rest = await ask('callers', { symbol: 'order', limit: '1', after: '1' })
    assert.deepEqual([rest.next, ids(rest.results)], [null, ['test/order.ts#testOrder']])
    assert.deepEqual((await ask('callers', { symbol: 'order', after: '999' })).results, [])
  })

  it('agrees with the edges of any graph', async () => {
    const names = ['a.ts#f', 'a.ts#g', 'b.ts#f', 'b.ts#C', 'b.ts#C.m', 'test/t.ts#t']
    const edge = fc.tuple(fc.constantFrom('calls', 'instantiates', 'references', 'calls?'), fc.nat(5), fc.nat(5))
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(edge, { selector: String, maxLength: 40 }), async (drawn) => {
        const edges = drawn.filter(([, from, to]) => from !== to)
        const ask = asker(
          inputOf(
            names.map((name) => `${name} function`),
            edges.map(([kind, from, to]) => `${kind} ${names[from]} ${names[to]}`),
          ),
        )
        for (const [at, symbol] of names.entries()) {
          const expected = (end: 1 | 2, other: 1 | 2): string[] =>
            [
              ...new Set(
                edges
                  .filter((each) => each[end] === at && /^(calls|instantiates)$/.test(each[0]))
                  .map((each) => names[each[other]] ?? ''),
              ),
            ].sort()
          assert.deepEqual(ids((await ask('callers', { symbol })).results).sort(), expected(2, 1))
          assert.deepEqual(ids((await ask('callees', { symbol })).results).sort(), expected(1, 2))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('names', () => {
  it('finds by id, by the end of a name in any form, and by path', async () => {
    const ask = asker(SHOP)
    for (const symbol of [
      'src/disk.ts#DiskStore.save',
      'DiskStore.save',
      'DiskStore::save',
      'diskstore#save',
      'DiskStore.save()',
    ]) {
      assert.equal((await ask('symbol', { symbol })).symbol.id, 'src/disk.ts#DiskStore.save', symbol)
    }
    assert.equal((await ask('symbol', { symbol: 'src/disk.ts' })).symbol.kind, 'file')
  })

  it('takes code before tests and a whole name before the end of one, and says how many others there are', async () => {
    const { symbol, other_matches } = await asker(SHOP)('symbol', { symbol: 'main' })
    assert.deepEqual([symbol.id, other_matches], ['src/order.ts#main', 1])
  })

  it('names the candidates when none fits better', async () => {
    const asked = asker(SHOP)('callers', { symbol: 'save' })
    const { outcome } = await asked.then(
      () => assert.fail(),
      (error: { outcome: Outcome }) => error,
    )
    assert.ok(outcome.is === 'ambiguous')
    assert.deepEqual(ids(outcome.candidates).sort(), [
      'src/disk.ts#DiskStore.save',
      'src/disk.ts#FastDiskStore.save',
      'src/shop.ts#Store.save',
    ])
  })

  it('knows when there is none, whatever it looks like', async () => {
    for (const symbol of [
      'nothing',
      'src/nothing.ts',
      'src/disk.ts#nothing',
      '#',
      '.',
      '../../etc/passwd',
      '\u0000',
      '💥'.repeat(900),
    ]) {
      await assert.rejects(asker(SHOP)('symbol', { symbol }), { message: 'no such symbol' })
    }
  })

  it('lists all definitions of a name, and only those of a kind', async () => {
    const ask = asker(SHOP)
    assert.deepEqual(ids((await ask('symbols', { name: 'MAIN' })).symbols), ['src/order.ts#main', 'test/order.ts#main'])
    assert.deepEqual((await ask('symbols', { name: 'main', kind: 'class' })).total, 0)
  })

  it('takes a further declaration for what it declares', async () => {
    const ask = asker(
      inputOf(
        ['a.rb#Shop class 1-9', 'b.rb#Shop class 1-4 a.rb#Shop', 'b.rb#use function 6-8'],
        ['instantiates b.rb#use a.rb#Shop'],
      ),
    )
    const { symbol, declarations } = await ask('symbol', { symbol: 'b.rb#Shop' })
    assert.equal(symbol.id, 'a.rb#Shop')
    assert.deepEqual(declarations, [{ file: 'b.rb', start_line: 1, end_line: 4 }])
    assert.deepEqual(ids((await ask('callers', { symbol: 'Shop' })).results), ['b.rb#use'])
    assert.equal((await ask('outline', { file: 'b.rb' })).definitions[0]?.same_as, 'a.rb#Shop')
  })
})

describe('implementations', () => {
  it('goes down to indirect ones, nearest first', async () => {
    const ask = asker(SHOP)
    const types = await ask('implementations', { symbol: 'Store' })
    assert.deepEqual(
      types.results.map(({ id, distance, through, of }) => [id, distance, through, of]),
      [
        ['src/disk.ts#DiskStore', 1, 'implements', 'src/shop.ts#Store'],
        ['src/disk.ts#FastDiskStore', 2, 'extends', 'src/disk.ts#DiskStore'],
      ],
    )
    assert.deepEqual(ids((await ask('implementations', { symbol: 'Store.save' })).results), [
      'src/disk.ts#DiskStore.save',
      'src/disk.ts#FastDiskStore.save',
    ])
  })
})

describe('a path between two', () => {
  it('goes along calls, and from a method to what overrides it', async () => {
    const way = await asker(SHOP)('path_between', { from: 'src/order.ts#main', to: 'write' })
    assert.deepEqual(ids(way.steps), [
      'src/order.ts#main',
      'src/order.ts#order',
      'src/shop.ts#Store.save',
      'src/disk.ts#DiskStore.save',
      'src/disk.ts#DiskStore.save.write',
    ])
    assert.deepEqual(
      way.steps.map(({ through }) => through?.kind),
      [undefined, 'calls', 'calls', 'overrides', 'calls'],
    )
  })

  it('begins at any member of a class, and says when there is none', async () => {
    const ask = asker(SHOP)
    assert.deepEqual(ids((await ask('path_between', { from: 'DiskStore', to: 'write' })).steps), [
      'src/disk.ts#DiskStore.save.write',
    ])
    const none = await ask('path_between', { from: 'write', to: 'order' })
    assert.deepEqual([none.found, none.steps], [false, []])
  })
})

describe('impact', () => {
  it('tells who is affected, nearest first, and which tests to run', async () => {
    const answer = await asker(SHOP)('impact', { symbol: ['DiskStore.save'] })
    assert.deepEqual(
      answer.results.map(({ id, distance, because }) => [id, distance, because]),
      [
        ['src/shop.ts#Store.save', 1, 'overrides'],
        ['src/order.ts#order', 2, 'calls'],
        ['src/order.ts#main', 3, 'calls'],
      ],
    )
    assert.deepEqual(answer.tests, [
      { file: 'test/order.ts', distance: 3, tests: ['testOrder'] },
      { file: 'test/late.ts', distance: null, tests: [] },
    ])
  })

  it('names tests over any number of imports, and for what is loaded by its name those of what is around it', async () => {
    const edges = ['imports src/b.ts src/a.ts', 'imports src/c.ts src/b.ts', 'imports src/d.ts src/c.ts']
    const imports = [...edges, 'imports src/index.ts src/d.ts', 'imports test/index.ts src/index.ts']
    const files = imports.flatMap((edge) => edge.split(' ').slice(1))
    const ask = asker(
      inputOf(['src/a.ts#a', 'src/plugins/one.ts#one', 'tools/build.ts#build'], imports, [
        ...files,
        'src/plugins/two.ts',
        'test/other.ts',
      ]),
    )
    const testsOf = async (symbol: string) => (await ask('impact', { symbol: [symbol] })).tests.map(({ file }) => file)
    assert.deepEqual(await testsOf('a'), ['test/index.ts'])
    assert.deepEqual(await testsOf('one'), ['test/index.ts'], 'its folder has no tests, the one above has')
    assert.deepEqual(await testsOf('build'), ['test/index.ts', 'test/other.ts'], 'as nothing nearer has any')
  })

  it('finds the innermost definitions around changed lines, and the file outside of all', async () => {
    const ask = asker(SHOP)
    const changed = async (lines: string) => ids((await ask('impact', { lines: [lines] })).changed)
    assert.deepEqual(await changed('src/disk.ts:9'), ['src/disk.ts#DiskStore.save.write'])
    assert.deepEqual(await changed('src/disk.ts:6-13'), [
      'src/disk.ts#DiskStore.save',
      'src/disk.ts#DiskStore.save.write',
    ])
    assert.deepEqual(await changed('src/disk.ts:25-41'), [
      'src/disk.ts',
      'src/disk.ts#DiskStore',
      'src/disk.ts#FastDiskStore',
      'src/disk.ts#FastDiskStore.save',
    ])
    assert.deepEqual(await changed('src/disk.ts:900000000'), ['src/disk.ts'])
    await assert.rejects(changed('src/none.ts:1'), { message: 'no such symbol' })
  })

  it('follows a constructor to its class, and stops at the depth', async () => {
    const ask = asker(SHOP)
    const all = await ask('impact', { symbol: ['DiskStore.constructor'] })
    assert.deepEqual(ids(all.results), ['src/disk.ts#DiskStore', 'src/disk.ts#FastDiskStore', 'src/order.ts#main'])
    assert.deepEqual(ids((await ask('impact', { symbol: ['DiskStore.constructor'], depth: '1' })).results), [
      'src/disk.ts#DiskStore',
    ])
    const classes = (file: string): ReturnType<typeof asker> =>
      asker(
        inputOf(
          [`${file}#P class 1-9`, `${file}#P.initialize method 2-3`, `${file}#make`],
          [`calls ${file}#make ${file}#P`],
        ),
      )
    const made = async (file: string): Promise<string[]> =>
      ids((await classes(file)('impact', { symbol: ['P.initialize'] })).results)
    assert.deepEqual(await made('a.rb'), ['a.rb#P', 'a.rb#make'])
    assert.deepEqual(await made('a.ts'), [])
  })
})

describe('an outline', () => {
  it('lists the definitions of a file with their depth', async () => {
    const { definitions, file } = await asker(SHOP)('outline', { file: 'src/disk.ts' })
    assert.equal(file.id, 'src/disk.ts')
    assert.deepEqual(
      definitions.map(({ name, depth }) => [name, depth]),
      [
        ['DiskStore', 0],
        ['DiskStore.constructor', 1],
        ['DiskStore.save', 1],
        ['DiskStore.save.write', 2],
        ['FastDiskStore', 0],
        ['FastDiskStore.save', 1],
      ],
    )
    assert.equal(definitions[0]?.source, 'https://example.org/src/disk.ts#L1-L30')
  })
})

describe('the index', () => {
  it('has the same bytes whatever the order of what it is made of', () => {
    const backwards = { ...SHOP, files: [...SHOP.files].reverse(), definitions: [...SHOP.definitions].reverse() }
    assert.deepEqual(buildGraphIndex(backwards), buildGraphIndex(SHOP))
  })

  it('holds a graph of many blocks', async () => {
    const names = Array.from({ length: 1_000 }, (_, at) => `src/f${at % 7}.ts#fn${at} function ${at + 1}-${at + 1}`)
    const ask = asker(
      inputOf(
        names,
        names.slice(1).map((_, at) => `calls src/f${at % 7}.ts#fn${at} src/f${(at + 1) % 7}.ts#fn${at + 1}`),
      ),
    )
    const way = await ask('path_between', { from: 'fn0', to: 'fn999' })
    assert.deepEqual([way.found, way.total, way.steps.length], [true, 1_000, 200])
    assert.equal((await ask('impact', { symbol: ['fn999'], depth: '20' })).total, 20)
  })

  it('counts paths and blocks of all graphs where they are cached', async () => {
    const bytes = buildGraphIndex(SHOP)
    const reads: string[] = []
    const sets = {
      readFile: async () => bytes,
      readBytes: async (key: string, _: string, from: number, to: number) => {
        reads.push(key)
        return bytes.subarray(from, to)
      },
    }
    const question = { ask: 'impact' as const, ...Parameters.impact.parse({ symbol: ['order'] }) }
    const readsOf = async (graphs: Graphs, keys: readonly string[]): Promise<number[]> => {
      const counts: number[] = []
      for (const key of keys) {
        reads.length = 0
        assert.equal((await graphs.ask(key, question)).is, 'answer')
        counts.push(reads.length)
      }
      return counts
    }
    const [first = 0, again] = await readsOf(createGraphs(sets), ['a', 'a'])
    assert.equal(again, 0)
    // Without room for the parts of several graphs, those of the least recent one are read again; its columns are not.
    const small = createGraphs(sets, undefined, createGraphParts(1, 1))
    const [, , , last = 0] = await readsOf(small, ['a', 'b', 'c', 'a'])
    assert.ok(last > 0 && last < first, `${last} of ${first}`)
  })

  it('leaves out files above the limit of paths, and places above that of a row', async () => {
    const long = 'd'.repeat(3_000)
    const files = Array.from({ length: 3_000 }, (_, at) => `${long}/${String(at).padStart(4, '0')}.ts`)
    const ask = asker(inputOf(['a.ts#fn function 1-1', 'z.ts#fn function 1-1'], [], files))
    assert.equal((await ask('symbols', { name: 'fn' })).total, 1)
    const many = Array.from({ length: 600 }, (_, at) => `b.ts#f${at} function ${at + 1}-${at + 1}`)
    const input = inputOf(
      ['a.ts#fn function 1-1', ...many],
      many.map((_, at) => `calls a.ts#fn b.ts#f${at}`),
    )
    const graph = asker({ ...input, placesOf: () => [[1, 1, null, long]] })
    const callees = await graph('callees', { symbol: 'fn', limit: '200' })
    const last = await graph('callees', { symbol: 'fn', limit: '200', after: '400' })
    assert.equal(JSON.stringify(callees).includes(long), true)
    assert.equal(JSON.stringify(last).includes(long), false)
  })

  it('is not taken when it is of another version, and damage is an error, not an answer', async () => {
    const bytes = buildGraphIndex(SHOP)
    // Its answer is from the first block and from the last.
    const question = { ask: 'callers' as const, ...Parameters.callers.parse({ symbol: 'order' }) }
    const old = new TextEncoder().encode(new TextDecoder('latin1').decode(bytes).replace('"version":1', '"version":9'))
    assert.deepEqual(await graphsOf(old).ask('key', question), { is: 'no index' })
    assert.deepEqual(await graphsOf(new Uint8Array()).ask('key', question), { is: 'no index' })
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const damaged = bytes.slice()
        damaged[at] = (damaged[at] ?? 0) ^ by
        await graphsOf(damaged)
          .ask('key', question)
          .catch((error) => assert.ok(error instanceof Error))
      }),
      { numRuns: 300 },
    )
    for (const length of [bytes.length - 1, Math.floor(bytes.length / 2), 20]) {
      const outcome = await graphsOf(bytes.subarray(0, length))
        .ask('key', question)
        .catch(() => undefined)
      assert.notEqual(outcome?.is, 'answer')
    }
  })
})
