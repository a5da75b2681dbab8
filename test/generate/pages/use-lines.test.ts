/** Tests and examples have no entries: links lead to their lines. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample } from './real-sample.ts'
import { component, document, edge, file, sample } from './sample.ts'

const plan = file('src/plan.ts', 'export class Plan {\n  run() {}\n}\n')
const spec = file(
  'test/plan.test.ts',
  "import { Plan } from '../src/plan.ts'\n\nfunction other() {}\n\nfunction testPlan() {\n  const planned = new Plan(1)\n  expect(planned).toBe(1)\n}\n",
)
const demo = file('examples/demo.ts', 'export function demo() {\n  return new Plan(1)\n}\n')
const again = file('examples/again.ts', 'export function again() {\n  demo()\n}\n')
const testPlan = component(spec, 'testPlan', { startLine: 5, endLine: 8, isTest: true })
const whole = document(
  sample(
    [plan, spec, demo, again],
    [
      component(plan, 'Plan', { kind: 'class', doc: 'Plans flights.' }),
      component(demo, 'demo', { startLine: 1, endLine: 3 }),
      component(again, 'again'),
      component(spec, 'other'),
      testPlan,
    ],
    [
      edge(testPlan.id, `${plan.path}#Plan`, { kind: 'instantiates' }),
      edge(`${demo.path}#demo`, `${plan.path}#Plan`, { kind: 'instantiates' }),
      edge(`${plan.path}#Plan`, `${demo.path}#demo`, { kind: 'extends' }),
      edge(again.path, demo.path, { kind: 'imports' }),
    ],
  ),
)
const all = [...whole.markdown.values()].join('\n')

test('an entry leads to the lines of the tests and examples that use it', () => {
  assert.match(all, /^- \[`testPlan`\]\([^)]*\/test\/plan\.test\.ts#L5-L8\), test\/plan\.test\.ts, lines 5 to 8$/m)
  assert.match(all, /^- \[examples\/demo\.ts, line 2\]\([^)]*\/examples\/demo\.ts#L2\): `return new Plan\(1\)`$/m)
})

test('a name that has no entry leads to its definition, a file without a section to itself', () => {
  assert.match(all, /extends \[`demo`\]\([^)]*\/examples\/demo\.ts#L1-L3\)/)
  assert.match(all, /- \[`examples\/again\.ts`\]\([^)]*\/blob\/[0-9a-f]{40}\/examples\/again\.ts\)/)
})

test('what the pages link to is checked', () => {
  assert.deepEqual(whole.verification.faults, [])
  const kept = whole.written.sources.map(({ path, startLine, symbol }) => `${path} ${startLine} ${symbol}`)
  assert.ok(kept.includes('examples/demo.ts 1 demo') && kept.includes('test/plan.test.ts 5 null'), kept.join())
})

test('a caller is shown by one line that names what is used, no comment', () => {
  const lib = file('src/lib.ts', 'export function hit(): void {}\n')
  const user = file(
    'src/user.ts',
    "import { hit } from './lib.ts'\n\nexport function use() {\n  // hit() in a comment\n  const first = hit() + 1\n  const hit2 = hit\n  return hit()\n}\n",
  )
  const { markdown, verification } = document(
    sample(
      [lib, user],
      [component(lib, 'hit', { doc: 'Hits once.' }), component(user, 'use', { startLine: 3, endLine: 8 })],
      [edge(`${user.path}#use`, `${lib.path}#hit`)],
    ),
  )
  const text = [...markdown.values()].join('\n')
  assert.match(
    text,
    /^- \[`use`\]\([^)]*\), \[src\/user\.ts, line 5\]\([^)]*\): `const first = hit\(\) \+ 1`\n- \[`use`\][^\n]*: `return hit\(\)`\n\n/m,
  )
  assert.deepEqual(verification.faults, [])
})

/** All pages of a repository, without addresses. */
async function pagesOf(files: Record<string, string>): Promise<string> {
  const { markdown, verification: checked } = document(await analysedSample(files))
  assert.deepEqual(checked.faults, [])
  return [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}

test('of a qualified name the last part is used', async () => {
  const ruby = await pagesOf({
    'lib/a.rb':
      'class Attack\n  # Told when none is set.\n  class Missing < StandardError\n  end\n  # Goes on until somebody stops it.\n  def self.run\n  end\nend\n',
    'lib/b.rb':
      'require_relative "a"\nclass Cache\n  def read\n    raise Attack::Missing\n  end\n  def go\n    done = Attack.run + 1\n  end\nend\n',
  })
  assert.match(ruby, /Some uses<\/summary>\n\n- `Cache#go`, lib\/b\.rb, line 7: `done = Attack\.run \+ 1`/)
})
