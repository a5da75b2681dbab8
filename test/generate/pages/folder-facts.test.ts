import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languagesOf } from '#generate/pages/folder-facts.ts'
import { survey } from '#generate/pages/survey.ts'
import { testFiles } from '#generate/pages/test-files.ts'
import { partition } from '#generate/partition/partition.ts'
import { component, document, edge, file, sample, subject } from './sample.ts'

test('helpers, fixtures and benchmarks hold no tests, nor do others where most have the names of tests', () => {
  const all = [
    file('tests/test_a.py', ''),
    file('a.spec.ts', '', { role: 'test' }),
    file('tests/cli.rs', '    #[test]\nfn works() {}\n', { language: 'rust' }),
    file('AppTests.cs', '', { role: 'test', language: 'csharp' }),
    ...['__init__.py', 'conftest.py', 'data.py'].map((name) => file(`tests/${name}`, 'x = 1\n')),
    file('test/helper.rb', '', { language: 'ruby' }),
    file('spec/a_spec.rb', '', { language: 'ruby', role: 'test' }),
    file('spec/shared.rb', "it 'works' do\n", { language: 'ruby', role: 'test' }),
  ]
  const { inventory, analysis } = sample(all)
  const found = testFiles({ survey: survey(inventory, analysis, partition(inventory, analysis, subject)) })
  assert.deepEqual([...found].sort(), ['AppTests.cs', 'a.spec.ts', 'spec/a_spec.rb', 'tests/cli.rs', 'tests/test_a.py'])
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
