/** Tests and examples have no entries: links lead to their lines. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample } from './real-sample.ts'
import { component, document, edge, file, sample } from './sample.ts'

const plan = file('src/plan.ts', 'export class Plan {\n  run() {}\n}\n')
const spec = file(
  'test/plan.test.ts',
  "import { Plan } from '../src/plan.ts'\n\nfunction other() {}\n\nfunction checkRun() {\n  const planned = new Plan(1)\n}\n",
)
const demo = file('examples/demo.ts', 'export function demo() {\n  return new Plan(1)\n}\n')
const again = file('examples/again.ts', 'export function again() {\n  demo()\n}\n')
const checkRun = component(spec, 'checkRun', { startLine: 5, endLine: 7 })
const whole = document(
  sample(
    [plan, spec, demo, again],
    [
      component(plan, 'Plan', { kind: 'class', doc: 'Plans flights.' }),
      component(demo, 'demo', { startLine: 1, endLine: 3 }),
      component(again, 'again'),
      component(spec, 'other'),
      checkRun,
    ],
    [
      edge(checkRun.id, `${plan.path}#Plan`, { kind: 'instantiates' }),
      edge(`${demo.path}#demo`, `${plan.path}#Plan`, { kind: 'instantiates' }),
      edge(`${plan.path}#Plan`, `${demo.path}#demo`, { kind: 'extends' }),
      edge(again.path, demo.path, { kind: 'imports' }),
    ],
  ),
)
const all = [...whole.markdown.values()].join('\n')

test('an entry leads to the lines of the tests and examples that use it', () => {
  assert.match(all, /\[6\]\([^)]*\/test\/plan\.test\.ts#L6\) `const planned = new Plan\(1\)`/)
  assert.match(all, /\[2\]\([^)]*\/examples\/demo\.ts#L2\) `return new Plan\(1\)`/)
})

test('a name that has no entry leads to its definition, a file without a section to itself', () => {
  assert.match(all, /extends \[`demo`\]\([^)]*\/examples\/demo\.ts#L1-L3\)/)
  assert.match(all, /- \[`examples\/again\.ts`\]\([^)]*\/blob\/[0-9a-f]{40}\/examples\/again\.ts\)/)
})

test('what the pages link to is checked', () => {
  assert.deepEqual(whole.verification.faults, [])
  const kept = whole.written.sources.map(({ path, startLine, symbol }) => `${path} ${startLine} ${symbol}`)
  assert.ok(kept.includes('examples/demo.ts 1 demo') && kept.includes('test/plan.test.ts 6 Plan'), kept.join())
})

test('a place is told of by its first line that names what is used, no comment, and of a test as many as fit', () => {
  const lib = file('src/lib.ts', 'export function hit(): void {}\n')
  const user = file(
    'src/user.ts',
    "import { hit } from './lib.ts'\n\nexport function use() {\n  // hit() in a comment\n  const first = hit()\n  const hit2 = hit\n  return hit()\n}\n",
  )
  const tests = file('test/lib.test.ts', `test('hit', () => {\n${'  expect(hit()).toBe(1)\n'.repeat(6)}})\n`)
  const { markdown, verification } = document(
    sample(
      [lib, user, tests],
      [component(lib, 'hit', { doc: 'Hits once.' }), component(user, 'use', { startLine: 3, endLine: 8 })],
      [edge(`${user.path}#use`, `${lib.path}#hit`), edge(tests.path, `${lib.path}#hit`)],
    ),
  )
  const text = [...markdown.values()].join('\n')
  assert.match(text, /^- \[5\]\([^)]*user\.ts#L5\) `const first = hit\(\)` · \[`use`\]/m)
  assert.match(text, /\[`test\/lib\.test\.ts`\]\([^)]*\)\n\n- \[2\]\([^)]*\) `expect\(hit\(\)\)\.toBe\(1\)`\n\n/)
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
      'class Attack\n  # Told when none is set.\n  class Missing < StandardError\n  end\n  # Runs it.\n  def self.run\n  end\nend\n',
    'lib/b.rb':
      'require_relative "a"\nclass Cache\n  def read\n    raise Attack::Missing\n  end\n  def go\n    done = Attack.run\n  end\nend\n',
  })
  assert.match(ruby, /Used in 1 place<\/summary>\n\n`lib\/b\.rb`\n\n- 7 `done = Attack\.run`/)
})

test('what is said to a test runner is shown only where nothing else is', async () => {
  const pages = await pagesOf({
    'composer.json': '{"name":"a/orbit","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}',
    'src/Plan.php':
      '<?php\nnamespace Orbit;\n/** Plans. */\nfinal class Plan\n{\n    public const FAST = 1;\n    public function run(): int { return 1; }\n}\n',
    'tests/PlanTest.php':
      '<?php\nnamespace Orbit;\n#[CoversClass(Plan::class)]\nfinal class PlanTest extends TestCase\n{\n    public function testRun(): void\n    {\n        $this->assertSame(1, (new Plan)->run());\n    }\n}\n',
    'tests/OtherTest.php':
      '<?php\nnamespace Orbit;\nfinal class OtherTest extends TestCase\n{\n    public function testFast(): void\n    {\n        $this->go(Plan::FAST);\n    }\n}\n',
  })
  assert.match(pages, /Some uses in tests<\/summary>\n\n`tests\/PlanTest\.php`[^\n]*\n\n- 8 `/)
})
