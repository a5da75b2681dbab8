import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languagesOf } from '#generate/pages/folder-facts.ts'
import { holdsTests } from '#generate/pages/test-files.ts'
import { component, document, edge, file, sample } from './sample.ts'

test('helpers, fixtures and benchmarks hold no tests', () => {
  for (const [path, text] of [
    ['tests/test_a.py', ''],
    ['a.spec.ts', ''],
    ['tests/cli.rs', '    #[test]\nfn works() {}\n'],
    ['AppTests.cs', ''],
  ] as const)
    assert.equal(holdsTests(path, text), true, path)
  for (const path of [
    'tests/__init__.py',
    'tests/conftest.py',
    'test/helper.rb',
    'test/benchmarks.rb',
    'tests/data.py',
  ])
    assert.equal(holdsTests(path, 'x = 1\n'), false, path)
})

test('the language with the most lines comes first, and a trace of one is not named', () => {
  const code = Array.from({ length: 30 }, (_, n) => file(`a${n}.cs`, 'x\ny\n', { language: 'csharp' }))
  assert.deepEqual(languagesOf([file('a.csproj', 'x\n', { language: 'xml' }), ...code]), ['csharp'])
})

test('a folder of tests says how many hold tests and what they are about, and a folder counts its man pages', () => {
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
  assert.match(overview, /3 test files of `plan\.ts`/)
  assert.match(markdown.get('extras.md') ?? '', /4 files · TypeScript: 3 files, \d+ lines/)
})
