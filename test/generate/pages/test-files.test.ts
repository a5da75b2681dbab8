import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component, Module, Surface } from '#generate/model.ts'
import { folderLabels } from '#generate/pages/module/folder-label.ts'
import { indexRepo } from '#generate/pages/repo-index.ts'
import { testFiles } from '#generate/pages/usage/test-files.ts'
import { partition } from '#generate/partition/partition.ts'
import { component, document, edge, file, sample, subject } from './sample.ts'

test('test files are those with marks or names of tests, without helpers, fixtures, benchmarks and libraries of tests', () => {
  const cases: [path: string, language: string, isTest: boolean, tests?: Partial<Component>][] = [
    ['tests/test_a.py', 'python', true],
    ['tests/checks.py', 'python', true, { name: 'test_all' }],
    ['tests/data.py', 'python', false],
    ['tests/conftest.py', 'python', false],
    ['tests/test_helpers.py', 'python', true, { name: 'test_names' }],
    ['a.spec.ts', 'typescript', true],
    ['index.test-d.ts', 'typescript', true],
    ['test/_helpers/check.ts', 'typescript', false],
    ['test/fixtures/a.test.ts', 'typescript', false],
    ['tests/end/_files/PlanTest.php', 'php', false, { name: 'testOne' }],
    ['test/bench.test.ts', 'typescript', false],
    ['test/workbench.test.ts', 'typescript', true],
    ['test/fuzzySearch.test.ts', 'typescript', true],
    ['test/PlanFuzzer.test.ts', 'typescript', false],
    ['test/one.mjs', 'javascript', true],
    ['test/two.mjs', 'javascript', true],
    ['test/more.test.mjs', 'javascript', true],
    ['test/mocha.js', 'javascript', false],
    ['spec/a_spec.rb', 'ruby', true],
    ['spec/b_spec.rb', 'ruby', true],
    ['spec/shared.rb', 'ruby', false],
    ['config/environments/test.rb', 'ruby', false],
    ['examples/web/test/b_test.rb', 'ruby', false],
    ['tests/cli.rs', 'rust', true, { isTest: true }],
    ['tests/plans.rs', 'rust', true, { name: 'all_plans', kind: 'macro' }],
    ['tests/common.rs', 'rust', false, { name: 'test_data' }],
    ['test/FlowTests.cs', 'csharp', true, { isTest: true }],
    ['test/BaseTests.cs', 'csharp', false],
    ['a_test.go', 'go', true, { name: 'TestA' }],
    ['main_test.go', 'go', false, { name: 'TestMain' }],
    ['test/options.c', 'c', true],
    ['test/check.h', 'c', false],
    ['tests/unity/test/tests/test_unity.c', 'c', false],
    ['tests/run.sh', 'bash', false],
  ]
  const all = cases.map(([path, language]) =>
    file(path, path === 'tests/plans.rs' ? '  #[test]\n' : 'x\n', { role: 'test', language }),
  )
  const known = cases.flatMap(([, , , one], at) =>
    one ? [component(all[at] ?? file('', ''), one.name ?? 'x', one)] : [],
  )
  const { inventory, analysis } = sample(all, known)
  const found = testFiles({ repo: indexRepo(inventory, analysis, partition(inventory, analysis, subject)) })
  for (const [path, , isTest] of cases) assert.equal(found.has(path), isTest, path)
})

test('a test is about what its name says, then about what it calls; a type that it mentions is none', () => {
  const code = ['parser', 'tree', 'text', 'mind'].map((name) => file(`src/${name}.ts`, `export class ${name} {}\n`))
  const known = code.map((one) => component(one, one.path.slice(4, -3)))
  const tests = ['parser', 'a', 'b', 'c'].map((name) => file(`tests/${name}.test.ts`, 'x()\n'))
  const [parser = '', tree = '', text = '', mind = ''] = known.map(({ id }) => id)
  const { markdown } = document(
    sample([...code, ...tests], known, [
      edge('tests/parser.test.ts', tree),
      edge('tests/parser.test.ts', parser),
      edge('tests/a.test.ts', tree),
      edge('tests/b.test.ts', text, { kind: 'uses-type' }),
      edge('tests/c.test.ts', mind),
    ]),
  )
  const plain = (page: string): string => (markdown.get(page) ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(plain('tests.md'), /- `parser\.test\.ts`: mainly tests `src\/parser\.ts`\n/)
  assert.match(plain('tests.md'), /- `a\.test\.ts`: tests `src\/tree\.ts`\n/)
  assert.match(plain('tests.md'), /- `b\.test\.ts`: uses `src\/text\.ts`\n/)
})

test('tests that use more than what they are about are mainly about it', () => {
  const code = ['plan', 'burn', 'rare', 'more'].map((name) => file(`src/${name}.ts`, `export function ${name}() {}\n`))
  const known = code.map((one) => component(one, one.path.slice(4, -3)))
  const [plan = '', burn = ''] = known.map(({ id }) => id)
  const tests = ['plan', 'plan_more', 'plan_most'].map((name) => file(`tests/${name}.test.ts`, 'x()\n'))
  const edges = [
    edge('tests/plan.test.ts', plan),
    edge('tests/plan_more.test.ts', plan),
    edge('tests/plan_most.test.ts', plan),
  ]
  const written = (more: typeof edges): string => {
    const { markdown } = document(sample([...code, ...tests], known, [...edges, ...more]))
    return `${markdown.get('tests.md')}`.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  }
  assert.match(written([]), /`plan\.test\.ts`: tests `src\/plan\.ts`/)
  const more = written([edge('tests/plan.test.ts', burn)])
  assert.match(more, /`plan\.test\.ts`: mainly tests `src\/plan\.ts`/)
})

test('the page of a folder without words begins with its files', () => {
  const plan = file('src/plan.ts', 'export function plan() {}\n')
  const tests = [1, 2, 3].map((n) => file(`tests/p${n}.test.ts`, 'plan()\n'))
  const helper = file('tests/conftest.ts', 'x\n')
  const extras = ['a', 'b', 'c'].map((name) => file(`extras/${name}.ts`, `export function ${name}() {}\n`))
  const man = file('extras/orbit.1', 'x\n', { language: 'roff', role: 'docs' })
  const known = component(plan, 'plan')
  const more = [2, 3].map((n) => file(`src/m${n}.ts`, `export function m${n}() {}\n`))
  const { markdown } = document(
    sample(
      [plan, ...more, ...tests, helper, ...extras, man],
      [known, ...extras.map((one, n) => component(one, 'abc'.charAt(n)))],
      tests.map(({ path }) => edge(path, known.id)),
    ),
  )
  const overview = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(overview, /^\w+, extras, tests$/m)
  const page = (markdown.get('tests.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(page, /## Tests\n\n(?:- `p\d\.test\.ts`[^\n]*\n){3}\n## Test helpers and data\n\n- `conftest\.ts`/)
  assert.match(markdown.get('extras.md') ?? '', /^# extras\n\n## \[`a\.ts`\]/)
  assert.doesNotMatch(markdown.get('extras.md') ?? '', /\d+ (?:files|lines)/)
})

test('the folders of a module are those that it has as a whole, the rest by its files', () => {
  const paths = [
    'src/a.php',
    'src/b.php',
    'src/util/c.php',
    'src/store/d.php',
    'lib/dry/e.rb',
    'lib/dry/e/f.rb',
    'lib/g.rb',
  ]
  const module = (path: string, files: string[]): Module => ({
    id: path,
    path,
    slug: path,
    title: path,
    files,
    children: [],
  })
  const modules = [
    module('src', paths.slice(0, 3)),
    module('src/store', paths.slice(3, 4)),
    module('lib/dry/e', paths.slice(4, 6)),
    module('lib', paths.slice(6)),
  ]
  const { inventory, analysis } = sample(paths.map((path) => file(path, 'x\n')))
  const whole = indexRepo(inventory, analysis, { ...module('', []), children: modules })
  assert.deepEqual(
    modules.map((one) => folderLabels(whole, one)),
    [['src/*', 'src/util/'], ['src/store/'], ['lib/dry/'], ['lib/g.rb']],
  )
})

test('what there is only one of is not said: tests and examples of one file use it, and who uses code is told by code first', () => {
  const plan = file('src/plan.ts', 'export function plan() {}\n')
  const test = file('tests/a.test.ts', 'plan()\n')
  const example = file('examples/a.ts', 'plan()\n', { role: 'example' })
  const known = component(plan, 'plan')
  const { markdown } = document(
    sample([plan, test, example], [known], [edge(test.path, known.id), edge(example.path, known.id)]),
  )
  const all = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.doesNotMatch(all, /mainly of|(?:^|\n|: |· )(?:uses|used by|tests) `?(?:src|plan|examples|tests)\b/)
})

const textOf = (markdown: ReadonlyMap<string, string>): string =>
  [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')

test('what builds examples is none of them', () => {
  const plan = file('src/plan.ts', 'export function plan() {}\n')
  const role = { role: 'example' } as const
  const shown = ['a', 'b'].map((name) => file(`examples/${name}.ts`, 'plan()\n', role))
  const builds = [
    file('examples/CMakeLists.txt', 'project(a)\n', { ...role, language: 'cmake' }),
    file('examples/BUILD.bazel', 'x()\n', { ...role, language: 'starlark' }),
    file('examples/build.gradle.kts', 'x()\n', { ...role, language: 'kotlin' }),
    file('examples/go.mod', 'module x\n', { ...role, language: 'go-module' }),
    file('examples/run.sh', 'node a.ts\n', { ...role, language: 'bash' }),
    file('examples/log.xml', '<a/>\n', { ...role, language: 'xml' }),
  ]
  const known = component(plan, 'plan')
  const given = sample(
    [plan, ...shown, ...builds, file('package.json', '{"name":"orbit","main":"src/plan.ts"}')],
    [known],
    shown.map(({ path }) => edge(path, known.id)),
  )
  const names = [{ name: 'plan', to: known.id }]
  const surface: Surface = {
    ecosystem: 'npm',
    package: 'orbit',
    folder: '',
    isPrivate: false,
    paths: [{ path: 'orbit', language: 'typescript', names }],
  }
  const all = textOf(document({ ...given, surfaces: [surface] }).markdown)
  assert.match(all, /## Examples\n\n- `a\.ts`[^\n]*\n- `b\.ts`[^\n]*\n- `run\.sh`\n(?!-)/)
  assert.match(all, /- `CMakeLists\.txt`/)
})

test('a test with the name of a file that it does not use, but others, is none of it', () => {
  const flow = file('src/flow/wait.ts', 'export function wait() {}\n')
  const plan = file('src/plan.ts', 'export function plan() {}\n')
  const tests = ['wait', 'plan', 'a', 'b'].map((name) => file(`tests/${name}.test.ts`, 'plan()\n'))
  const known = component(plan, 'plan')
  const { markdown } = document(
    sample([flow, plan, ...tests], [known, component(flow, 'wait')], [edge('tests/wait.test.ts', known.id)]),
  )
  assert.match(textOf(markdown), /- `wait\.test\.ts`: tests `src\/plan\.ts`/)
  assert.match(textOf(markdown), /- `plan\.test\.ts`: tests `src\/plan\.ts`/)
})

test('a test of JavaScript is about what it requires, not about a file of its name that it only looks at', () => {
  const index = file('index.js', 'function session() {}\n', { language: 'javascript' })
  const session = file('lib/session.js', 'function Session() {}\n', { language: 'javascript' })
  const memory = file('lib/memory.js', 'function Memory() {}\n', { language: 'javascript' })
  const tests = ['session', 'a', 'b', 'c'].map((name) =>
    file(`test/${name}.js`, "it('works', function () {})\n", { language: 'javascript', role: 'test' }),
  )
  const made = component(memory, 'Memory', { kind: 'class' })
  const looked = component(session, 'Session', { kind: 'class' })
  const { markdown } = document(
    sample(
      [index, session, memory, ...tests],
      [component(index, 'session'), looked, made],
      [
        edge('test/session.js', index.path, { kind: 'imports' }),
        edge('test/session.js', looked.id, { kind: 'references' }),
        edge('test/session.js', made.id, { kind: 'instantiates' }),
      ],
    ),
  )
  assert.match(textOf(markdown), /- `session\.js`: tests `index\.js`/)
})
