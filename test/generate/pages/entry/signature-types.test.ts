/** The line of links to the types that a signature names. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from '../real-sample.ts'
import { component, document, edge, file, sample } from '../sample.ts'

const plan = file(
  'src/plan.ts',
  'export class State {}\nexport class Planner {\n  plan() {}\n}\nexport function burn() {}\n',
)
const other = file('src/other.ts', 'export class State {}\nexport class Burn {}\n')
const PLAN = `${plan.path}#Planner.plan`
const signature = 'plan(at: State, next: Burn): Planner'

function pageOf(edges: Parameters<typeof edge>[]): string {
  const components = [
    component(plan, 'State', { kind: 'class' }),
    component(plan, 'Planner', { kind: 'class', endLine: 4 }),
    component(plan, 'Planner.plan', { kind: 'method', signature, doc: 'Finds the way to the next burn.' }),
    component(plan, 'burn', { signature: 'burn(): void', doc: 'Burns the State.' }),
    component(other, 'State', { kind: 'class' }),
    component(other, 'Burn', { kind: 'class' }),
  ]
  const { markdown, verification } = document(
    sample(
      [plan, other],
      components,
      edges.map(([from, to, extra]) => edge(from, to, { kind: 'uses-type', ...extra })),
    ),
  )
  assert.deepEqual(verification.faults, [])
  return [...markdown.values()].find((one) => one.includes(signature)) ?? ''
}

const cases: { title: string; edges: Parameters<typeof edge>[]; line: RegExp | null }[] = [
  {
    title: 'types that it uses are linked in their order',
    edges: [
      [PLAN, `${other.path}#Burn`],
      [PLAN, `${plan.path}#State`],
    ],
    line: /^Types: \[`State`\]\([^)]+\), \[`Burn`\]\([^)]+\)$/m,
  },
  {
    title: 'one of two types of a name is not',
    edges: [
      [PLAN, `${plan.path}#State`],
      [PLAN, `${other.path}#State`],
      [PLAN, `${other.path}#Burn`],
    ],
    line: /^Types: \[`Burn`\]\([^)]+\)$/m,
  },
  { title: 'the type that it is a member of is not', edges: [[PLAN, `${plan.path}#Planner`]], line: null },
  { title: 'what it only calls is not', edges: [[PLAN, `${other.path}#Burn`, { kind: 'calls' }]], line: null },
  {
    title: 'a type that its body uses is not',
    edges: [[`${plan.path}#burn`, `${plan.path}#State`]],
    line: null,
  },
]

for (const { title, edges, line } of cases)
  test(title, () => {
    const page = pageOf(edges)
    assert.match(page, /^ {0,2}plan\(|^plan\(/m)
    if (line === null) assert.doesNotMatch(page, /^Types:/m)
    else assert.match(page, line)
  })

test('a type that only its file can name is shown below the value that has it', async () => {
  const pages = await pagesOf({
    'package.json': '{"name":"store","type":"module","exports":"./a.ts"}',
    'a.ts':
      'type Create = (at: number) => Store\nexport interface Store {}\n/** Opens what was kept before. */\nexport const create = ((at) => ({})) as Create\n/** What all parts share. */\nexport const store: Store = {}\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^create: Create\ntype Create = \(at: number\) => Store$/m)
  assert.match(all, /^const store: Store\n```$/m)
})

test('members of implemented traits have their signatures, and a heading if they are documented', async () => {
  const pages = await pagesOf({
    'Cargo.toml': '[package]\nname = "store"\nversion = "1.0.0"\n',
    'src/lib.rs':
      '/// Plans.\npub struct Plan;\n\nimpl Plan {\n    pub fn run(&self) {}\n}\n\nimpl Iterator for Plan {\n    type Item = u8;\n    fn next(&mut self) -> Option<u8> { None }\n    /// Counts them.\n    fn count(self) -> usize { 0 }\n}\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^- `pub fn run\(&self\)`\n- `fn next\(&mut self\) -> Option<u8>`\n\nAlso defined here: `Item`$/m)
  assert.match(all, /^#{3,4} `Plan::count`$/m)
})
