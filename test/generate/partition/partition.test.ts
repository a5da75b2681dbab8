import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Module } from '#generate/model.ts'
import { partition } from '#generate/partition/partition.ts'
import { slugsOf } from '#generate/partition/slugs.ts'
import { component, edge, file, sample, subject } from '../pages/sample.ts'

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

test('files at the root of a source tree stay together, and folders of Go are packages of their own', () => {
  const folder = (name: string, end: string): string[] => [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `${name}/f${n}.${end}`)
  const rust = placesOf(
    modulesOf(['build.rs', 'src/main.rs', 'src/cli.rs', ...folder('src/display', 'rs'), ...folder('src/os', 'rs')]),
  )
  assert.deepEqual(
    [rust.get('src/main.rs'), rust.get('src/cli.rs'), rust.get('src/os/f1.rs')],
    ['src', 'src', 'src/os'],
  )
  const go = placesOf(modulesOf(['main.go', 'url.go', 'log.go', 'utils/utils.go', ...folder('ui', 'go')]))
  assert.notEqual(go.get('utils/utils.go'), go.get('main.go'))
})

test('two modules of one name get titles that tell them apart', () => {
  const list = ['a', 'b', 'c', 'd'].flatMap((folder) =>
    ['tests', 'code'].flatMap((part) => Array.from({ length: 30 }, (_, n) => `${folder}/${part}/f${n}.ts`)),
  )
  const titles = modulesOf(list).map((module) => module.title)
  assert.equal(new Set(titles).size, titles.length, titles.join(' '))
})

test('every level holds a bounded number of parts of code, and none is deeper than three', () => {
  for (const list of [
    Array.from({ length: 2_000 }, (_, n) => `src/area${n % 40}/part${n % 6}/m${n}.ts`),
    Array.from({ length: 1_500 }, (_, n) => `src/${['user', 'order', 'cart', 'mail'][n % 4]}${n}.ts`),
    Array.from({ length: 600 }, (_, n) => `lib/${String.fromCharCode(97 + (n % 26))}${n}/index.ts`),
  ]) {
    const root = rootOf(list)
    for (const module of [root, ...flatten(root)])
      assert.ok(module.children.length <= 24, `${module.id}: ${module.children.length}`)
    for (const module of flatten(root)) assert.ok(module.files.length <= 320, `${module.id}: ${module.files.length}`)
  }
})

test('a change of one file moves no other, unless it makes the file longer by a class', () => {
  const areas = fc.record({ folders: fc.integer({ min: 1, max: 9 }), files: fc.integer({ min: 20, max: 220 }) })
  fc.assert(
    fc.property(areas, fc.nat(), fc.array(fc.nat(), { maxLength: 1 }), (shape, which, targets) => {
      const files = Array.from({ length: shape.files }, (_, n) => file(`src/f${n % shape.folders}/m${n}.ts`, 'x'))
      const links = files.flatMap((from, n) =>
        [1, 3].map((step) => ({ from, to: files[(n * step + step) % files.length] })),
      )
      const edges = links.flatMap(({ from, to }) => (to === undefined || to === from ? [] : [edge(from.path, to.path)]))
      const touched = files[which % files.length]
      assert.ok(touched)
      const added = targets.flatMap((n) => files[n % files.length] ?? []).filter((to) => to !== touched)
      const before = sample(files, [], edges)
      const after = sample(
        files.map((one) => (one === touched ? { ...one, text: 'y\n'.repeat(50), lines: 50 } : one)),
        [component(touched, 'x')],
        [...edges, ...added.map((to) => edge(touched.path, to.path))],
      )
      const places = [before, after].map(({ inventory, analysis }) =>
        placesOf(flatten(partition(inventory, analysis, subject))),
      )
      for (const { path } of files) {
        if (path !== touched.path) assert.equal(places[1]?.get(path), places[0]?.get(path), path)
      }
    }),
    { numRuns: 60 },
  )
})

test('the files of a folder are one module; too many for a page are pieces of the alphabet, in order', () => {
  const names = (count: number): string[] =>
    Array.from({ length: count }, (_, n) => `src/${String.fromCharCode(97 + (n % 26))}${n}.c`)
  assert.deepEqual(
    rootOf(names(300)).children.map(({ title, files }) => `${title}: ${files.length}`),
    ['orbit: 300'],
  )
  const pieces = rootOf(names(1_500)).children
  assert.ok(pieces.length > 4)
  let last = ''
  for (const { title, files } of pieces) {
    const [, from = '', to = ''] = /^orbit: (\w+) to (\w+)$/.exec(title) ?? []
    assert.deepEqual([`src/${from}.c`, `src/${to}.c`], [files[0], files.at(-1)])
    assert.ok(last < from && from < to, title)
    last = to
  }
})

test('titles skip folders that say nothing, and name what is at the top by its purpose', () => {
  const java = ['Gson', 'JsonElement', 'Parser'].map((name) => `gson/src/main/java/com/google/gson/${name}.java`)
  const deep = ['a', 'b', 'c', 'd'].flatMap((name) =>
    [1, 2, 3].map((n) => `gson/src/main/java/com/google/gson/${name}/F${n}.java`),
  )
  const root = rootOf([...java, ...deep, 'setup.py', 'conftest.py', 'build.sh'])
  assert.deepEqual(
    root.children.map((module) => module.title),
    ['gson', 'a', 'b', 'c', 'd', 'Build and tools'],
  )
})

test('a source set that is called like the folder around it is told apart by its folder, not by those of its packages', () => {
  const files = (folder: string): string[] =>
    ['a', 'b', 'c'].flatMap((name) => [1, 2, 3, 4].map((n) => `${folder}/${name}/F${n}.java`))
  const modules = modulesOf([
    ...files('streams/src/main/java/org/acme/orbit/streams'),
    ...files('streams/scala/src/main/scala/org/acme/orbit/streams/scala'),
    ...files('streams/examples/src/main/java/org/acme/orbit/streams/examples'),
    ...files('clients/src/main/java/org/acme/orbit/clients'),
  ])
  const titles = modules.map(({ title }) => title)
  assert.ok(titles.includes('streams (streams/src)'), titles.join(', '))
})

test('the file that a program begins with is no tool, though it stands alone among them', () => {
  const code = ['api', 'store', 'ui'].flatMap((name) => [1, 2, 3].map((n) => `internal/${name}/f${n}.go`))
  const root = rootOf([...code, 'main.go', 'build.sh', 'setup.py', 'contrib/init.sh'])
  const homes = new Map(root.children.flatMap((module) => module.files.map((path) => [path, module] as const)))
  assert.equal(homes.get('main.go')?.isBeside, undefined)
  assert.deepEqual(homes.get('main.go')?.files, ['main.go'])
  assert.equal(homes.get('build.sh')?.isBeside, true)
  const [first] = rootOf([...code, 'lib/orbit.rb', 'Rakefile', 'build.sh']).children.filter(({ files }) =>
    files.includes('lib/orbit.rb'),
  )
  assert.equal(first?.isBeside, undefined)
})

test('one file that builds is called by its folder, for others build as well', () => {
  const code = [1, 2, 3, 4].map((n) => `include/orbit/f${n}.hpp`)
  const titles = rootOf(['include/orbit.hpp', 'src/main.cpp', ...code, 'cmake/orbit.cmake']).children.map(
    ({ title }) => title,
  )
  assert.ok(titles.includes('cmake'), titles.join())
})

test('what lies at the top does not come before the folder that has the name of the repository', () => {
  const code = [1, 2, 3].map((n) => `src/orbit/f${n}.py`)
  const other = [1, 2, 3].map((n) => `src/kit/f${n}.py`)
  const root = rootOf([
    ...code,
    ...other,
    'action/one.py',
    'gallery/two.py',
    'plugin/three.py',
    'four.py',
    'src/orbit/__init__.py',
  ])
  assert.notEqual(root.children[0]?.path, '')
})

test('a file more between folders does not rename a module', () => {
  const list = ['cli', 'core', 'net', 'ui'].flatMap((name) => [1, 2, 3].map((n) => `crates/${name}/src/f${n}.ts`))
  const ids = (paths: string[]): string[] => modulesOf(paths).map((module) => `${module.id} ${module.slug}`)
  assert.deepEqual(ids([...list, 'crates/cli/benches/b.ts']), ids(list))
})

test('names that Windows or a site keeps for itself are no page names', () => {
  const slugs = [...slugsOf(['aux', 'con.x', 'index', 'search', 'nul/a']).values()]
  for (const slug of slugs) assert.doesNotMatch(slug, /^(?:aux|con|nul|index|search)(?:\.|$)/)
})

test('a comb of nested folders and thousands of small ones are divided in a moment', () => {
  const comb = Array.from({ length: 1_200 }, (_, depth) => `${'d/'.repeat(depth)}x.ts`)
  const small = Array.from({ length: 12_000 }, (_, n) => `s${n % 4_000}/f${n}.ts`)
  const begin = performance.now()
  for (const list of [comb, small]) {
    assert.equal(modulesOf(list).flatMap((module) => module.files).length, list.length)
  }
  assert.ok(performance.now() - begin < 15_000, `${performance.now() - begin} ms`)
})

test('the main code comes first, by what it begins with and what others use; tools, examples and tests come last', () => {
  const three = (folder: string): string[] => [1, 2, 3].map((n) => `${folder}/f${n}.ts`)
  const folders = [
    'src/adapter',
    'src/router',
    'src/utils',
    'src/zoo',
    'perf-measures',
    'benchmarks',
    'examples/one',
    'test',
  ]
  const files = ['src/index.ts', 'src/orbit.ts', 'src/types.ts', ...folders.flatMap(three), 'vitest.config.ts'].map(
    (path) => file(path, 'x'),
  )
  const uses = (from: string, to: string): ReturnType<typeof edge>[] =>
    three(from).map((path) => edge(path, `${to}/f1.ts`))
  const { inventory, analysis } = sample(
    files,
    [],
    [
      edge('src/index.ts', 'src/zoo/f1.ts'),
      ...uses('src/adapter', 'src/router'),
      ...uses('src/adapter', 'src/utils'),
      ...uses('src/router', 'src/utils'),
      ...uses('src/zoo', 'src/utils'),
      ...uses('test', 'perf-measures'),
    ],
  )
  const root = partition(inventory, analysis, subject)
  assert.deepEqual(
    root.children.map(({ title, isBeside = false }) => `${title}${isBeside ? ' beside' : ''}`),
    [
      'orbit',
      'zoo',
      'router',
      'adapter',
      'utils',
      'benchmarks beside',
      'perf-measures beside',
      'vitest.config.ts beside',
      'examples beside',
      'test beside',
    ],
  )
})

test('a folder of tools is beside the code, but not inside of it', () => {
  const three = (folder: string): string[] => [1, 2, 3].map((n) => `${folder}/f${n}.ts`)
  const root = rootOf(['src/tools', 'src/core', 'src/net', 'tools/src', 'crates/xtask/src'].flatMap(three))
  assert.deepEqual(
    root.children.map(({ path, isBeside = false }) => `${path} ${isBeside}`),
    ['src/core false', 'src/net false', 'src/tools false', 'crates/xtask/src true', 'tools/src true'],
  )
  const packages = ['pkg/core', 'pkg/net', 'pkg/tasks'].flatMap(three).map((path) => path.replace('.ts', '.go'))
  assert.ok(rootOf(packages).children.every(({ isBeside }) => isBeside !== true))
  const ignored = rootOf([...packages, '_writer/a.go', '_writer/b.go', '_plans/a.ts', '_plans/b.ts'])
  assert.deepEqual(
    ignored.children.flatMap(({ path, isBeside }) => (isBeside === true ? path : [])),
    ['_writer'],
  )
})

test('where there is nothing but tools, they are the main code', () => {
  const root = rootOf(['install.sh', 'build.sh', 'run.sh', 'test/a.test.ts'])
  assert.deepEqual(
    root.children.map(({ isBeside = false }) => isBeside),
    [false],
  )
})

test('utilities come last of the main code, though they have a file like all others have', () => {
  const packages = ['alpha', 'beta', 'shared'].map((name) => `packages/${name}`)
  const files = packages.flatMap((path) => [
    file(`${path}/package.json`, '{}', { role: 'manifest' }),
    ...['index', 'b', 'c'].map((name) => file(`${path}/${name}.ts`, 'x')),
  ])
  const edges = ['alpha', 'beta'].flatMap((name) =>
    ['b', 'c'].map((from) => edge(`packages/${name}/${from}.ts`, 'packages/shared/b.ts')),
  )
  const { inventory, analysis } = sample(files, [], edges)
  const root = partition(inventory, analysis, subject)
  assert.deepEqual(
    root.children.map(({ title }) => title),
    ['alpha', 'beta', 'shared'],
  )
})

test('polyfills and third-party code come last of the main code, also where they alone have a head', () => {
  const three = (folder: string): string[] => [1, 2, 3].map((n) => `${folder}/f${n}.ts`)
  const folders = ['src/polyfill', 'src/shims', 'src/engine', 'src/loader']
  const files = ['src/polyfill/index.ts', ...folders.flatMap(three)].map((path) => file(path, 'x'))
  const uses = ['src/engine', 'src/loader'].flatMap((from) =>
    ['src/polyfill', 'src/shims'].flatMap((to) => three(from).map((path) => edge(path, `${to}/f1.ts`))),
  )
  const { inventory, analysis } = sample(files, [], [...uses, edge('src/engine/f1.ts', 'src/loader/f1.ts')])
  assert.deepEqual(
    partition(inventory, analysis, subject).children.map(({ title }) => title),
    ['loader', 'engine', 'polyfill', 'shims'],
  )
})

test('a library stands with its folder, and never with what builds it', () => {
  const tools = ['Rakefile', 'Gemfile', 'bin/setup', 'bin/console', 'orbit.gemspec']
  const inside = ['a', 'b', 'c', 'd'].map((name) => `lib/rack/orbit/${name}.rb`)
  const specs = ['a', 'b', 'c'].map((name) => `spec/${name}_spec.rb`)
  const withFolder = placesOf(modulesOf([...tools, 'lib/rack/orbit.rb', ...inside, ...specs]))
  assert.equal(withFolder.get('lib/rack/orbit.rb'), withFolder.get('lib/rack/orbit/a.rb'))
  const alone = placesOf(modulesOf([...tools, 'lib/other.rb', 'lib/other/version.rb', ...specs]))
  assert.notEqual(alone.get('lib/other.rb'), alone.get('Rakefile'))
})

test('a folder of more large files than there may be modules has several on a page, and none is lost', () => {
  const folder = 'x'.repeat(200)
  const list = Array.from(
    { length: 2_000 },
    (_, n) => `${folder}/${folder}/m${String.fromCharCode(97 + (n % 26))}${n}.ts`,
  )
  const { inventory, analysis } = sample(list.map((path) => ({ ...file(path, 'x'), lines: 7_000 })))
  const modules = flatten(partition(inventory, analysis, subject))
  assert.deepEqual(modules.flatMap(({ files }) => files).sort(), [...list].sort())
  assert.ok(modules.length > 20 && modules.length < 1_500, String(modules.length))
})
