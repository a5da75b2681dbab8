import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Module } from '#generate/model.ts'
import { partition } from '#generate/partition/partition.ts'
import { slugsOf } from '#generate/partition/slugs.ts'
import { component, file, sample, subject } from '../pages/sample.ts'

const name = fc.oneof(
  fc.constantFrom(
    'src',
    'lib',
    'http',
    'http-server',
    'HTTP',
    'overview',
    'tests',
    'a',
    'b',
    '…',
    'top-level files',
    'other files',
    '__proto__',
  ),
  fc
    .string({ minLength: 1, maxLength: 6, unit: 'grapheme' })
    .filter((text) => !/[/\0]/.test(text) && text !== '.' && text !== '..'),
)
const paths = fc.uniqueArray(
  fc.array(name, { minLength: 1, maxLength: 6 }).map((parts) => `${parts.join('/')}.ts`),
  { maxLength: 120 },
)

function flatten(root: Module): Module[] {
  return root.children.flatMap((child) => [child, ...flatten(child)])
}

function modulesOf(list: string[]): Module[] {
  return flatten(rootOf(list))
}

function rootOf(list: string[]): Module {
  const { inventory, analysis } = sample(list.map((path) => file(path, 'x')))
  return partition(inventory, analysis, subject)
}

function placesOf(modules: Module[]): Map<string, string> {
  return new Map(modules.flatMap((module) => module.files.map((path) => [path, module.id] as const)))
}

test('every file of code is in exactly one leaf, whatever the names', () => {
  fc.assert(
    fc.property(paths, (list) => {
      const modules = modulesOf(list)
      assert.deepEqual(modules.flatMap((module) => module.files).sort(), [...list].sort())
      for (const module of modules) assert.ok(module.files.length === 0 || module.children.length === 0)
      assert.equal(new Set(modules.map((module) => module.id)).size, modules.length)
    }),
    { numRuns: 150 },
  )
})

test('page names are unique without case, safe, bounded and never the overview', () => {
  fc.assert(
    fc.property(paths, (list) => {
      const slugs = modulesOf(list).map((module) => module.slug)
      assert.equal(new Set(slugs).size, slugs.length)
      for (const slug of slugs) assert.match(slug, /^(?!overview$)[a-z0-9][a-z0-9._-]{0,99}$/)
    }),
    { numRuns: 150 },
  )
})

test('the order in which files are listed does not matter', () => {
  const list = Array.from({ length: 90 }, (_, index) => `src/${index % 7}/m${index}.ts`)
  assert.deepEqual(rootOf([...list].reverse()), rootOf(list))
})

test('a name that could be two paths gives two pages', () => {
  const slugs = slugsOf(['src-http', 'src/http'])
  assert.equal(slugs.get('src-http'), 'src-http')
  assert.match(slugs.get('src/http') ?? '', /^src-http-[0-9a-f]{6}$/)
})

test('a new component moves no file', () => {
  const files = Array.from({ length: 60 }, (_, index) => file(`src/${index % 5}/m${index}.ts`, 'x'))
  const first = files[0]
  assert.ok(first)
  const before = sample(files)
  const after = sample(files, [component(first, 'added')])
  assert.deepEqual(
    partition(after.inventory, after.analysis, subject),
    partition(before.inventory, before.analysis, subject),
  )
})

test('a new file in a long folder moves few others', () => {
  const list = Array.from({ length: 400 }, (_, index) => `src/m${String(index).padStart(3, '0')}.ts`)
  const before = placesOf(modulesOf(list))
  const after = placesOf(modulesOf([...list, 'src/m100b.ts']))
  const moved = list.filter((path) => before.get(path) !== after.get(path))
  assert.ok(moved.length < 60, `${moved.length} files moved`)
})

test('the folder that holds most of the code is opened into the top level', () => {
  const list = ['core', 'net', 'ui', 'db'].flatMap((folder) => [1, 2, 3, 4].map((n) => `src/app/${folder}/f${n}.ts`))
  const root = rootOf([...list, 'src/app/index.ts', 'test/a.test.ts', 'test/b.test.ts', 'test/c.test.ts'])
  assert.deepEqual(
    root.children.map((module) => module.title),
    ['app', 'core', 'db', 'net', 'ui', 'test'],
  )
})

test('packages of a workspace stay apart though they are small', () => {
  const packages = ['one', 'two', 'three'].flatMap((folder) => [
    file(`packages/${folder}/package.json`, '{}'),
    file(`packages/${folder}/index.ts`, 'x'),
  ])
  const { inventory, analysis } = sample([...packages, ...[1, 2, 3].map((n) => file(`tools/t${n}.ts`, 'x'))])
  const ids = flatten(partition(inventory, analysis, subject)).map((module) => module.id)
  for (const folder of ['one', 'two', 'three']) assert.ok(ids.includes(`packages/${folder}`), ids.join(' '))
})

test('a leaf holds no more than a page can show, and there are no more than three levels', () => {
  const list = Array.from(
    { length: 3_000 },
    (_, index) => `p${index % 4}/q${index % 9}/r${index % 31}/s${index % 5}/m${index}.ts`,
  )
  const root = rootOf(list)
  const depth = (module: Module): number => 1 + Math.max(0, ...module.children.map(depth))
  assert.ok(depth(root) - 1 <= 3)
  for (const module of flatten(root)) assert.ok(module.files.length <= 80, `${module.id} ${module.files.length}`)
})

test('a thousand nested folders and a repository without code are no problem', () => {
  assert.equal(
    modulesOf([`${'d/'.repeat(1_000)}x.ts`, `${'d/'.repeat(500)}y.ts`]).flatMap((module) => module.files).length,
    2,
  )
  assert.deepEqual(rootOf([]).children, [])
})

test('two modules of one name get titles that tell them apart', () => {
  const list = ['a', 'b', 'c', 'd'].flatMap((folder) =>
    ['tests', 'code'].flatMap((part) => Array.from({ length: 30 }, (_, n) => `${folder}/${part}/f${n}.ts`)),
  )
  const titles = modulesOf(list).map((module) => module.title)
  assert.equal(new Set(titles).size, titles.length, titles.join(' '))
})
