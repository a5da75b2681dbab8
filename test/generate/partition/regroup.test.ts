import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Inventory, Module } from '#generate/model.ts'
import { regroup } from '#generate/partition/regroup.ts'
import { file, sample } from '../pages/sample.ts'

const leaf = (id: string, extra: Partial<Module> = {}): Module => {
  return { id, slug: id.replaceAll('/', '-'), title: id, path: id, files: [`${id}/a.ts`], children: [], ...extra }
}
const root: Module = {
  ...leaf('orbit', { files: [], path: '' }),
  children: [
    leaf('src', { files: [], children: [leaf('src/a'), leaf('src/b'), leaf('src/c')] }),
    leaf('lib'),
    leaf('test', { isBeside: true }),
  ],
}
const { inventory } = sample(['src/a', 'src/b', 'src/c', 'lib', 'test'].map((folder) => file(`${folder}/a.ts`, 'x\n')))
const none = { titles: new Map(), merges: [], order: [] }
const filesOf = (module: Module): string[] => [...module.files, ...module.children.flatMap(filesOf)].sort()
const idsOf = (module: Module): string[] => module.children.map(({ id }) => id)

test('nothing proposed changes nothing', () => {
  assert.deepEqual(regroup(root, none, inventory), { root, refused: [] })
})

test('siblings become one under the id of the first', () => {
  const { root: made, refused } = regroup(root, { ...none, merges: [['src/c', 'src/a']] }, inventory)
  const [src] = made.children
  assert.deepEqual(refused, [])
  assert.deepEqual(idsOf(src as Module), ['src/a', 'src/b'])
  assert.deepEqual(src?.children[0]?.files, ['src/a/a.ts', 'src/c/a.ts'])
  assert.equal(src?.children[0]?.path, 'src')
})

test('what would break the law is refused: strangers, parents, tests with code, all of a module', () => {
  for (const merge of [
    ['src/a', 'lib'],
    ['src', 'lib'],
    ['lib', 'test'],
    ['src/a', 'src/b', 'src/c'],
    ['src/a', 'gone'],
  ]) {
    const { root: made, refused } = regroup(root, { ...none, merges: [merge] }, inventory)
    assert.deepEqual(made, root, merge.join())
    assert.equal(refused.length, 1)
  }
})

test('titles are plain, short and unique, or left', () => {
  const titles = new Map([
    ['src/a', 'Routing'],
    ['src/b', 'routing'],
    ['src/c', '<b>Trees</b>'],
    ['lib', 'x'.repeat(61)],
    ['orbit', 'Another project'],
  ])
  const { root: made, refused } = regroup(root, { ...none, titles }, inventory)
  assert.equal(made.title, 'orbit')
  assert.deepEqual(
    made.children[0]?.children.map(({ title }) => title),
    ['Routing', 'src/b', 'src/c'],
  )
  assert.equal(made.children[1]?.title, 'lib')
  assert.equal(refused.length, 3)
})

test('a title in other languages goes with the one that it translates', () => {
  const told = {
    ...root,
    children: [leaf('lib', { titleIn: () => 'Bibliothek' }), leaf('src', { titleIn: () => 'Quellen' })],
  }
  const { inventory: two } = sample(['lib', 'src'].map((folder) => file(`${folder}/a.ts`, 'x\n')))
  const { root: made } = regroup(told, { ...none, titles: new Map([['lib', 'Core']]) }, two)
  assert.deepEqual(
    made.children.map(({ title, titleIn }) => [title, titleIn !== undefined]),
    [
      ['Core', false],
      ['src', true],
    ],
  )
})

test('the order is followed among siblings, and what stands beside the code stays behind it', () => {
  const { root: made } = regroup(root, { ...none, order: ['test', 'lib', 'src/c', 'src', 'src/a'] }, inventory)
  assert.deepEqual(idsOf(made), ['lib', 'src', 'test'])
  assert.deepEqual(idsOf(made.children[1] as Module), ['src/c', 'src/a', 'src/b'])
})

test('whatever is proposed, every file stays in exactly one module and ids stay unique', () => {
  const ids = fc.constantFrom('orbit', 'src', 'src/a', 'src/b', 'src/c', 'lib', 'test', 'gone')
  const proposal = fc.record({
    titles: fc.array(fc.tuple(ids, fc.string())).map((pairs) => new Map(pairs)),
    merges: fc.array(fc.uniqueArray(ids)),
    order: fc.array(ids),
  })
  const known: Inventory = inventory
  fc.assert(
    fc.property(proposal, (given) => {
      const { root: made } = regroup(root, given, known)
      assert.deepEqual(filesOf(made), filesOf(root))
      const all = (module: Module): string[] => [module.id, ...module.children.flatMap(all)]
      assert.equal(new Set(all(made)).size, all(made).length)
    }),
    { numRuns: 1_000 },
  )
})

test('a title is no address and no heap of marks', () => {
  for (const title of ['https://evil.example/x', 'See www.evil.example', `Rou${'\u0301'.repeat(20)}ter`]) {
    const { root: made, refused } = regroup(root, { ...none, titles: new Map([['lib', title]]) }, inventory)
    assert.deepEqual(made, root, title)
    assert.deepEqual(refused, ['the title of lib'])
  }
})
