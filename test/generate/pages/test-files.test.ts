import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Module, Surface } from '#generate/model.ts'
import { folderLabels } from '#generate/pages/module/folder-label.ts'
import { indexRepo } from '#generate/pages/repo-index.ts'
import { testFiles } from '#generate/pages/usage/test-files.ts'
import { partition } from '#generate/partition/partition.ts'
import { analysedSample } from './real-sample.ts'
import { component, document, edge, file, sample, subject } from './sample.ts'

test('helpers, fixtures and benchmarks hold no tests, nor do others where most have the names of tests', () => {
  const all = [
    file('tests/test_a.py', 'def test_a():\n    pass\n', { language: 'python' }),
    file('a.spec.ts', "it('works')\n", { role: 'test' }),
    file('tests/cli.rs', '    #[test]\nfn works() {}\n', { language: 'rust' }),
    file('AppTests.cs', '    [Fact]\n', { role: 'test', language: 'csharp' }),
    ...['__init__.py', 'conftest.py', 'data.py'].map((name) => file(`tests/${name}`, 'x = 1\n')),
    file('test/helper.rb', '', { language: 'ruby' }),
    file('tests/test_helpers.py', 'def test_names():\n    pass\n', { language: 'python' }),
    file('test/_helpers/integration-test.js', "import test from 'ava'\nexport const check = test.macro(() => 1)\n", {
      role: 'test',
      language: 'javascript',
    }),
    file('index.test-d.ts', 'expectType<string>(a)\n', { role: 'test', language: 'typescript' }),
    file('spec/a_spec.rb', "it 'works' do\n", { language: 'ruby', role: 'test' }),
    file('spec/shared.rb', "it 'works' do\n", { language: 'ruby', role: 'test' }),
  ]
  const { inventory, analysis } = sample(all)
  const found = testFiles({ repo: indexRepo(inventory, analysis, partition(inventory, analysis, subject)) })
  assert.deepEqual([...found].sort(), [
    'AppTests.cs',
    'a.spec.ts',
    'index.test-d.ts',
    'spec/a_spec.rb',
    'tests/cli.rs',
    'tests/test_a.py',
    'tests/test_helpers.py',
  ])
})

test('what is only named like a test, libraries that are carried along, and tests of examples are none of the tests', () => {
  const ruby = { language: 'ruby', role: 'test' } as const
  const script = { language: 'javascript', role: 'test' } as const
  const all = [
    file('test/unit/a_test.rb', 'class ATest\n  def test_a\n', ruby),
    file('test/unit/test.ru', 'run Test\n', ruby),
    file('config/environments/test.rb', 'configure do\n  # expect(nothing)\n', ruby),
    file('tests/unity/test/tests/test_unity.c', 'void test_a(void) { TEST_ASSERT(1); }\n', {
      language: 'c',
      role: 'test',
    }),
    file('test/mocha.js', 'describe = it = 1\nit(1)\n', script),
    file('test/all.test.js', 'check.assert(1)\n', script),
    file('examples/web/test/b_test.rb', 'class BTest\n  def test_b\n', ruby),
    file('test/examples/c_test.rb', 'class CTest\n  def test_c\n', ruby),
  ]
  const { inventory, analysis } = sample(all)
  const found = testFiles({ repo: indexRepo(inventory, analysis, partition(inventory, analysis, subject)) })
  assert.deepEqual([...found].sort(), ['test/all.test.js', 'test/examples/c_test.rb', 'test/unit/a_test.rb'])
})

test('what a test runner takes whatever its name is a test', () => {
  const script = { language: 'typescript', role: 'test' } as const
  const scala = { language: 'scala', role: 'test' } as const
  const named = ['a', 'b', 'c'].map((name) => file(`test/${name}.test.ts`, "test('works', () => {})\n", script))
  const specs = ['A', 'B', 'C'].map((name) => file(`src/test/${name}Spec.scala`, 'class A extends Spec\n', scala))
  const all = [
    ...named,
    file('test/max-depth.ts', "import t from 'tap'\n\nt.equal(1, 1)\n", script),
    file('test/stream.ts', "import t, { Test } from 'tap'\nfor (const a of b) {\n  t.test('works', t => {\n", script),
    file('test/plain.mjs', "const { test } = require('node:test')\n\ntest('works', () => {})\n", script),
    file('test/index.ts', "import {\n  describe,\n  it,\n} from 'node:test'\n\ndescribe('all', () => {})\n", script),
    file('test/other.js', "import test from 'ava'\n\ntest.serial('works', t => {})\n", script),
    file('test/results.ts', "console.log('TAP version 14')\nexport const results = {}\n", script),
    file('test/check.ts', "import type { Test } from 'tap'\nexport const check = (t: Test) => t.ok(1)\n", script),
    file('test/00-setup.ts', "import t from 'tap'\nt.pipe(out)\n", script),
    file('test/shared.ts', "import { it } from 'vitest'\nit('works', () => {})\n", script),
    ...specs,
    file('jvm/src/test/ASpecJVM.scala', 'object ASpecJVM extends verify.BasicTestSuite {\n  test("works") {\n', scala),
    file('src/test/Issue239.scala', 'object Issue239 extends munit.FunSuite {\n', scala),
    file('src/test/SpecUtil.scala', 'abstract class SpecUtil extends Suite {\n', scala),
  ]
  const { inventory, analysis } = sample(all)
  const found = testFiles({ repo: indexRepo(inventory, analysis, partition(inventory, analysis, subject)) })
  assert.deepEqual([...found].sort(), [
    'jvm/src/test/ASpecJVM.scala',
    'src/test/ASpec.scala',
    'src/test/BSpec.scala',
    'src/test/CSpec.scala',
    'src/test/Issue239.scala',
    'test/a.test.ts',
    'test/b.test.ts',
    'test/c.test.ts',
    'test/index.ts',
    'test/max-depth.ts',
    'test/other.js',
    'test/plain.mjs',
    'test/stream.ts',
  ])
})

test('a language that marks its tests has them where the mark is, C and C++ where something is checked', () => {
  const all = [
    file('test/FlowTests.cs', '    [Fact]\n', { role: 'test', language: 'csharp' }),
    file('test/fixtures/flow/FlowTests.cs', '    [Fact]\n', { role: 'test', language: 'csharp' }),
    file('test/Flows.cs', '    [Theory]\n', { role: 'test', language: 'csharp' }),
    file('test/BaseTests.cs', 'abstract class BaseTests {}\n', { role: 'test', language: 'csharp' }),
    file('test/OldTest.java', '  public void testIt() {\n', { role: 'test', language: 'java' }),
    file('test/Fake.java', 'class Fake {}\n', { role: 'test', language: 'java' }),
    file('test/link_a.cpp', 'int main() {}\n', { role: 'test', language: 'cpp' }),
    file('test/main.cpp', '#define CATCH_CONFIG_MAIN\n', { role: 'test', language: 'cpp' }),
    file('test/fuzz.cpp', 'int LLVMFuzzerTestOneInput() { assert(1); }\n', { role: 'test', language: 'cpp' }),
    file('test/options.cpp', 'TEST_CASE("it parses") {\n', { role: 'test', language: 'cpp' }),
    file('test/sds.c', 'static void test_new(void) {\n', { role: 'test', language: 'c' }),
    file('test/check.hpp', '#define TEST_CASE(a)\n', { role: 'test', language: 'cpp' }),
  ]
  const { inventory, analysis } = sample(all)
  const found = testFiles({ repo: indexRepo(inventory, analysis, partition(inventory, analysis, subject)) })
  assert.deepEqual([...found].sort(), [
    'test/FlowTests.cs',
    'test/Flows.cs',
    'test/OldTest.java',
    'test/options.cpp',
    'test/sds.c',
  ])
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

test('a test is about the program that it starts, before what it imports', async () => {
  const script = {
    'package.json': '{"name": "orbit", "main": "lib/orbit.js", "bin": {"orbit": "./bin/orbit"}}',
    'lib/orbit.js': 'exports.plan = function (n) { return n }\n',
    'bin/orbit': "#!/usr/bin/env node\nconst { plan } = require('../lib/orbit')\nfunction run () { plan(1) }\nrun()\n",
    'test/cli.test.js':
      "const { spawn } = require('child_process')\nconst { plan } = require('../lib/orbit')\ntest('it', () => { spawn('node', [require.resolve('../bin/orbit')]); plan(1) })\n",
    'test/port.test.js':
      "const { execFile } = require('child_process')\nconst path = require('path')\ntest('it', () => { execFile('node', [path.join(__dirname, '..', 'bin', 'orbit')]) })\n",
    'test/plan.test.js': "const { plan } = require('../lib/orbit')\ntest('it', () => { plan('../bin/orbit') })\n",
  }
  const { markdown, verification } = document(await analysedSample(script))
  assert.deepEqual(verification.faults, [])
  const all = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(all, /^- `(?:test\/)?cli\.test\.js`: tests `bin\/orbit`, `lib\/orbit\.js`$/m)
  assert.match(all, /^- `(?:test\/)?port\.test\.js`: tests `bin\/orbit`$/m)
  assert.match(all, /^- `(?:test\/)?plan\.test\.js`: tests `lib\/orbit\.js`$/m)
  const python = {
    'orbit/__main__.py': 'from orbit.plan import plan\n\nplan(1)\n',
    'orbit/plan.py': 'def plan(n):\n    return n\n',
    'tests/test_run.py':
      'import subprocess\nimport sys\n\n\ndef test_it():\n    subprocess.run([sys.executable, "-m", "orbit"])\n',
  }
  const pages = [...document(await analysedSample(python)).markdown.values()].join('\n')
  assert.match(pages, /test_run\.py`\]\([^)]*\): tests \[`orbit\/__main__\.py`\]/)
})

test('tests of QUnit, JUnit, NUnit and Go are recognised', () => {
  const text = (path: string, language: string, line: string) => file(path, `${line}\n`, { role: 'test', language })
  const all = [
    text('test/unit/core.js', 'javascript', 'QUnit.module("core")'),
    text('test/unit/css.js', 'javascript', 'QUnit.test("x", (assert) => {})'),
    text('src/test/ATest.java', 'java', '  @TestFactory'),
    text('src/test/BTest.java', 'java', '  @Test'),
    text('src/test/CTest.java', 'java', '  @org.junit.Test'),
    text('src/test/DTest.java', 'java', '  @TestTemplate'),
    text('Tests/ATest.cs', 'csharp', '  [TestCaseSource(nameof(X))]'),
    text('Tests/BTest.cs', 'csharp', '  [Test]'),
    text('a_test.go', 'go', 'func TestA(t *testing.T) {}'),
    text('main_test.go', 'go', 'func TestMain(m *testing.M) {}'),
    text('testutil/server.go', 'go', 'func TestServer(t *testing.T) *Server { return nil }'),
  ]
  const { inventory, analysis } = sample(all)
  const found = testFiles({ repo: indexRepo(inventory, analysis, partition(inventory, analysis, subject)) })
  assert.deepEqual(
    [...found].sort(),
    all
      .map(({ path }) => path)
      .filter((path) => path !== 'main_test.go' && path !== 'testutil/server.go')
      .sort(),
  )
})
