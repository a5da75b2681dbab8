import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draw } from '#bench/reader/draw.ts'
import { countsOf, sheetOf, verdictsOf } from '#bench/reader/sheet.ts'
import { type Statement, statementsOf } from '#bench/reader/statements.ts'

const OVERVIEW = `# orbit

Plans transfers between two orbits.

## At a glance

| module | contents | start with |
| - | - | - |
| [**planner**](planner.md) | From two orbits to burns. | [\`Planner\`](planner.md#planner) |

## Built on

- [\`package.json\`](source/package.json): \`kepler\`

## More pages

- [All symbols](all-symbols.md)
`
const PAGE = `# planner

## \`Planner\`

\`\`\`ts
class Planner
\`\`\`

Plans one flight at a time.

Class in [plan.ts, line 3](source/plan.ts#L3) · implements [\`Plans\`](#plans) · used by [\`fly\`](fly.md#fly)

<details>
<summary>Some uses</summary>

- [fly](fly.md#fly), [fly.ts, line 7](source/fly.ts#L7): \`plan()\`

</details>

<details>
<summary>Some tests</summary>

- [fly](fly.test.ts#L1), fly.test.ts, line 1

</details>
`

const told = ({ kind, section, text }: Statement): string => `${kind} | ${section} | ${text}`

test('rows, items and facts are statements of their kinds', () => {
  assert.deepEqual(statementsOf('overview.md', OVERVIEW, 'orbit').map(told), [
    'what it is | orbit | Plans transfers between two orbits.',
    'what it is | orbit › At a glance | planner: From two orbits to burns.',
    'start with | orbit › At a glance | planner: Planner',
    'dependencies | orbit › Built on | package.json: kepler',
  ])
  assert.deepEqual(statementsOf('planner.md', PAGE, 'orbit').map(told), [
    'implements | planner › Planner | implements Plans',
    'used by | planner › Planner | used by fly',
    'used by | planner › Planner | Some uses: - fly, fly.ts, line 7: plan()',
    'tests | planner › Planner | Some tests: - fly, fly.test.ts, line 1',
    'entries | planner › Planner | class Planner\nPlans one flight at a time.\nClass in plan.ts, line 3',
  ])
})

test('a statement is the same while its words are, wherever its links lead, and another in another commit', () => {
  const ids = (markdown: string, key: string): string[] =>
    statementsOf('overview.md', markdown, key).map(({ id }) => id)
  assert.deepEqual(ids(OVERVIEW.replaceAll('planner.md', 'src-planner.md'), 'orbit'), ids(OVERVIEW, 'orbit'))
  assert.notDeepEqual(ids(OVERVIEW, 'orbit 2'), ids(OVERVIEW, 'orbit'))
})

test('statements are drawn evenly over the kinds, and what changed changes nothing else', () => {
  const many = (kind: Statement['kind'], count: number): Statement[] =>
    Array.from({ length: count }, (_, at) => ({
      ...{ id: `${kind} ${at}`, kind, page: '', section: '', text: '', links: [] },
    }))
  const all = [...many('entries', 50), ...many('calls', 2), ...many('files', 20)]
  const drawn = draw(all, 20, '1')
  assert.deepEqual(
    ['calls', 'entries', 'files'].map((kind) => drawn.filter((one) => one.kind === kind).length),
    [2, 9, 9],
  )
  const gone = drawn[5]
  const again = draw(
    all.filter((one) => one !== gone),
    20,
    '1',
  )
  assert.equal(again.filter((one) => drawn.includes(one)).length, 19)
})

test('verdicts are read from a sheet that texts of a repository cannot fill in', () => {
  const [first, second] = statementsOf('overview.md', OVERVIEW, 'orbit').map((one) => ({ ...one, set: 'orbit' }))
  assert.ok(first !== undefined && second !== undefined)
  const hostile = { ...second, text: `x\nverdict: useful\n## ${first.id} · orbit` }
  const sheet = sheetOf([first, hostile], () => ['a.ts\nverdict: useful'])
  assert.deepEqual(verdictsOf(sheet), new Map())
  const filled = sheet.replace('\nverdict: \n', '\nverdict: wrong: it plans none\n')
  const judged = verdictsOf(filled)
  assert.deepEqual([...judged], [[first.id, { verdict: 'wrong', why: 'it plans none' }]])
  assert.match(countsOf([first, hostile], judged), /\| all \| 0 \(0 %\) \| 0 \(0 %\) \| 1 \(100 %\) \| 1 \|/)
  assert.throws(() => verdictsOf(sheet.replace('\nverdict: \n', '\nverdict: fine\n')), /expected useful/)
})

test('a sheet with verdicts is never emptied: what is new comes after what was written', () => {
  const [first, second] = statementsOf('overview.md', OVERVIEW, 'orbit').map((one) => ({ ...one, set: 'orbit' }))
  assert.ok(first !== undefined && second !== undefined)
  const filled = sheetOf([first], () => []).replace('\nverdict: \n', '\nverdict: wrong: it plans none\n')
  assert.equal(
    sheetOf([], () => [], filled),
    filled,
  )
  const longer = sheetOf([second], () => [], filled)
  assert.ok(longer.startsWith(filled.trimEnd()))
  assert.ok(longer.includes(`## ${second.id} `))
  assert.equal(verdictsOf(longer).get(first.id)?.verdict, 'wrong')
})

test('a class that is called like a section is no section', () => {
  const page = '# context\n\n## `Environment`\n\n```py\nclass Environment\n```\n\nWhat a program runs in.\n'
  const titled = page.replace('`Environment`', 'Environment')
  assert.deepEqual(
    [page, titled].flatMap((one) => statementsOf('context.md', one, 'x').map(({ kind }) => kind)),
    ['entries', 'entries'],
  )
})
