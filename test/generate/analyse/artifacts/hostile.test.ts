import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findArtifacts } from '#generate/analyse/artifacts/find.ts'
import { inventoryOf } from '../inventory-of.ts'

const PATHS = [
  'package.json',
  'pyproject.toml',
  'setup.cfg',
  'Cargo.toml',
  'go.mod',
  'composer.json',
  'x.gemspec',
  'Gemfile',
  'Rakefile',
  'pom.xml',
  'build.gradle',
  'settings.gradle.kts',
  'x.csproj',
  'x.sln',
  'x.slnx',
  'CMakeLists.txt',
  '.github/workflows/ci.yml',
  '.github/actions/a/action.yml',
  '.gitlab-ci.yml',
  '.circleci/config.yml',
  'pnpm-workspace.yaml',
  'Dockerfile',
  'compose.yml',
  'Makefile',
  'a.sql',
  'a.proto',
  'openapi.yaml',
  'openapi.json',
]
const BOMB = Array.from(
  { length: 40 },
  (_, i) =>
    `b${i}: &b${i} [${Array(9)
      .fill(`*b${Math.max(0, i - 1)}`)
      .join(', ')}]`,
)
const TEXTS: Record<string, string> = {
  'nothing that can be read': '\u0000\uFEFF{[<&*"\'`$(',
  'one long line': `openapi: ${'x: [{"a ( '.repeat(100_000)}`,
  'open brackets': `openapi: ${'['.repeat(300_000)}`,
  'nested JSON': `{"openapi": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  'nested braces': 'message a {'.repeat(50_000),
  'nested YAML': Array.from({ length: 1_200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  'a bomb of aliases': `openapi: 3.0.0\n${BOMB.join('\n')}`,
  'a cycle': 'openapi: 3.0.0\njobs: &a\n  x: *a\npaths: &p\n  /x: { get: *p }\nservices: *a\n',
  prototypes: '{"name": "__proto__", "scripts": {"__proto__": "x", "constructor": "y"}, "openapi": "3.0.0"}',
  'quotes that never end': `'${'"`$('.repeat(50_000)}`,
  'nested XML': `<project>${'<a>'.repeat(100_000)}`,
  'brackets and variables': 'set(A ${A} ${A})\nadd_library(x [==[ ${A} ${A}\n'.repeat(20_000),
  'calls without an end': 'include(":a", project(path: task :x => [sh "'.repeat(20_000),
  'spaces after words': ['gem', 'gemspec', 'task :a', 'sh', 'include', 'apply', 'from', 'set(', 'project(']
    .map((word) => `${word}${' '.repeat(50_000)}`)
    .join('\n'),
  continuations: 'RUN a \\\n'.repeat(100_000),
}

test('broken, deep, long and cyclic texts end in time and give no edge', async () => {
  const inventory = await inventoryOf(Object.fromEntries(PATHS.map((path) => [path, ''])))
  for (const [name, text] of Object.entries(TEXTS)) {
    for (const file of inventory.files) {
      const start = process.cpuUsage()
      const found = findArtifacts([{ ...file, text }], { componentIds: new Set() })
      assert.deepEqual(found.edges, [], `${name} as ${file.path}`)
      assert.ok(process.cpuUsage(start).user < 20_000_000, `${name} as ${file.path}`)
    }
  }
})

test('names that cannot be shown and nodes beyond the limit are left out', async () => {
  const scripts = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`s${i}`, 'x']))
  const { files } = await inventoryOf({
    'package.json': JSON.stringify({ name: 'a\nb', scripts: { 'x\ny': 'z', ok: 'a\nb' } }),
    'many/package.json': JSON.stringify({ scripts }),
  })
  const { nodes } = findArtifacts(files, { componentIds: new Set() })
  const own = nodes.filter((node) => node.file === 'package.json')
  assert.deepEqual(
    own.map(({ id, detail }) => [id, detail]),
    [['package.json#scripts.ok', 'a b']],
  )
  assert.equal(nodes.length, 2_001)
})

test('a script called __proto__ is a script', async () => {
  const { files } = await inventoryOf({
    'package.json': '{"scripts": {"__proto__": "npm run constructor", "constructor": "x"}}',
  })
  const { nodes, edges } = findArtifacts(files, { componentIds: new Set() })
  assert.deepEqual(
    nodes.map(({ name }) => name),
    ['__proto__', 'constructor'],
  )
  assert.equal(edges.length, 1)
})

test('keys of many parts, rules of many for many and long includes end, and what can be read is there', async () => {
  const texts: Record<string, string> = {
    // Each prefix of it as a string of its own would be 40 GB.
    'pyproject.toml': `[project]\nname = "kept"\n[tool]\n${'a.'.repeat(200_000)}b = 1\n`,
    'same/Makefile': 'a: b\n\tc\n'.repeat(80_000),
    'many/Makefile': `a ${'x y z '.repeat(20_000)}: ${Array.from({ length: 60_000 }, (_, i) => `p${i} `).join('')}\n`,
    'include/Makefile': `include ${'a '.repeat(400_000)}\na: b\n`,
  }
  const { files } = await inventoryOf(Object.fromEntries(Object.keys(texts).map((path) => [path, ''])))
  const { nodes } = findArtifacts(
    files.map((file) => ({ ...file, text: texts[file.path] ?? '' })),
    { componentIds: new Set() },
  )
  const ids = new Set(nodes.map((node) => node.id))
  for (const folder of ['same', 'many', 'include']) assert.ok(ids.has(`${folder}/Makefile#a`), folder)
  assert.ok(nodes.some((node) => node.file === 'pyproject.toml' && node.name === 'kept'))
})

test('recipes of rules with many targets, stages with many copies, and shared values are read in time', async () => {
  const stages = 'FROM a AS a\n'.repeat(5_000)
  const texts: Record<string, string> = {
    Makefile: `${Array.from({ length: 2_000 }, (_, i) => `t${i}`).join(' ')}:\n${'\t./run.sh\n'.repeat(45_000)}`,
    Dockerfile: `FROM x AS a\n${'COPY run.sh /a/run.sh\n'.repeat(7_000)}${stages}${'RUN /b/run.sh\n'.repeat(7_000)}`,
    'openapi.yaml': `openapi: 3.0.0
x: &x [${'{ $ref: "run.sh" }, '.repeat(15_000)}]
y: &y { x: *x }
paths:
${Array.from({ length: 5_000 }, (_, i) => `  /p${i}: { get: *y }`).join('\n')}
`,
    'run.sh': '',
  }
  const { files } = await inventoryOf(Object.fromEntries(Object.keys(texts).map((path) => [path, ''])))
  const start = process.cpuUsage()
  const { nodes, edges } = findArtifacts(
    files.map((file) => ({ ...file, text: texts[file.path] ?? '' })),
    { componentIds: new Set() },
  )
  assert.ok(process.cpuUsage(start).user < 20_000_000)
  assert.equal(nodes.filter(({ file }) => file === 'Makefile').length, 2_000)
  assert.equal(edges.filter(({ from, to }) => from.startsWith('Makefile#') && to === 'run.sh').length, 2_000)
  assert.ok(edges.some(({ from, to }) => from === 'openapi.yaml#GET /p0' && to === 'run.sh'))
})

test('an error of ours in one manifest costs that manifest', async () => {
  const { files } = await inventoryOf({ Makefile: 'a: b\n', 'b/Makefile': 'c: d\n' })
  const broken = files.map((file) =>
    file.path === 'Makefile'
      ? Object.defineProperty({ ...file }, 'text', { value: new Proxy({}, failing) as string })
      : file,
  )
  const { nodes } = findArtifacts(broken, { componentIds: new Set() })
  assert.deepEqual(
    nodes.map((node) => node.id),
    ['b/Makefile#c'],
  )
})

/** A text that fails whoever looks at it. */
const failing: ProxyHandler<object> = {
  get() {
    throw new RangeError('Maximum call stack size exceeded')
  },
}
