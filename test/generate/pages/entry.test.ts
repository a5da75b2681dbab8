import assert from 'node:assert/strict'
import { test } from 'node:test'
import { component, document, edge, file, sample } from './sample.ts'

const app = file(
  'src/app.ts',
  'export class App {\n  run() {}\n  #dispatch() {\n  }\n}\nfunction pick() {}\nclass Hidden {\n  show() {}\n  depth = 1\n}\n',
)
const routes = file('src/routes.ts', 'export function route() {}\n')
const many = Array.from({ length: 7 }, (_, index) =>
  file(`src/user${index}.ts`, `export function use${index}() { route() }\n`),
)
const tests = Array.from({ length: 8 }, (_, index) =>
  file(`test/${index === 7 ? 'route' : `a${index}`}.test.ts`, 'route()\n'),
)
const ROUTE = `${routes.path}#route`
const DISPATCH = `${app.path}#App.#dispatch`

const components = [
  component(app, 'App', { kind: 'class', endLine: 5 }),
  component(app, 'App.run', { kind: 'method' }),
  component(app, 'App.#dispatch', { kind: 'method', exported: false, endLine: 4, signature: '#dispatch(): void' }),
  component(app, 'pick', { exported: false, doc: 'Picks one.' }),
  component(app, 'Hidden', { kind: 'class', exported: false, endLine: 10, signature: 'class Hidden' }),
  component(app, 'Hidden.show', { kind: 'method' }),
  component(app, 'Hidden.depth', { kind: 'field' }),
  component(routes, 'route'),
  ...many.map((one, index) => component(one, `use${index}`)),
]
const edges = [
  edge(`${app.path}#App.run`, DISPATCH),
  edge(DISPATCH, ROUTE),
  edge(DISPATCH, `${app.path}#pick`),
  ...many.map((one, index) => edge(`${one.path}#use${index}`, ROUTE)),
  ...tests.map(({ path }) => edge(path, ROUTE)),
]

function pageWith(text: string): string {
  const { markdown, verification } = document(sample([app, routes, ...many, ...tests], components, edges))
  assert.deepEqual(verification.faults, [])
  const page = [...markdown.values()].find((one) => one.includes(text))
  assert.ok(page !== undefined, text)
  return page.replace(/\]\([^)]*\)/g, ']')
}

test('an internal function says where it is, what it calls and how much it is used', () => {
  const page = pageWith('2 internal definitions')
  assert.match(page, /^- \[`#dispatch\(\): void`\] · lines 3 to 4 · calls \[`route`\], \[`pick`\] · used in 1 place$/m)
  assert.match(page, /^- \[`pick\(\): void`\]: Picks one\. · line 6 · used in 1 place$/m)
  assert.match(page, /^- \[`Hidden`\] `class Hidden` · has \[`show`\], \[`depth`\]$/m)
})

test('where something is used is one line, which opens the places by file, each with its line of code', () => {
  const page = pageWith('Used in 8 places · 8 test files')
  const folded = /8 places · 8 test files<\/summary>\n([\s\S]*?)<\/details>/.exec(page)?.[1] ?? ''
  for (const { path } of [app, ...many]) assert.ok(folded.includes(`[\`${path}\`]`), path)
  assert.match(folded, /^- \[1\] `export function use0\(\) \{ route\(\) \}` · \[`use0`\]$/m)
  assert.match(folded, /\[`test\/route\.test\.ts`\]\n\n- \[1\] `route\(\)`\n/)
  assert.match(folded, /^And 5 more\.$/m)
  assert.doesNotMatch(page.replace(/<details[\s\S]*?<\/details>/g, ''), /used by|tested by/i)
})

test('tests of the same name come first', () => {
  const folded = pageWith('Used in 8 places').split('In tests')[1] ?? ''
  assert.match(folded, /^\s*\[`test\/route\.test\.ts`\]/)
})

test('the table of parameters has types and defaults of the code and words of the comment', () => {
  const text = 'export function pick(at: number, { deep }: Options = {}, ...rest: string[]): void {}\n'
  const one = file('src/pick.ts', text)
  const { markdown, verification } = document(
    sample(
      [one],
      [
        component(one, 'pick', {
          signature: 'pick(at: number, { deep }: Options = {}, ...rest: string[]): Found',
          doc: 'Picks.',
          details: {
            parameters: [
              { name: 'at', type: '', text: 'Where.\n\nFrom 0.' },
              { name: 'options', type: 'object', text: 'How.' },
              { name: 'options.deep', type: 'boolean', text: 'All | of it.' },
            ],
            returns: [{ name: '', type: 'Found', text: 'What is there.' }],
            raises: [{ name: 'Lost', type: '', text: 'when nothing is' }],
            since: '1.4',
            deprecated: 'Use another.',
            examples: ['```ts\npick(1)\n```'],
          },
        }),
      ],
      [],
    ),
  )
  assert.deepEqual(verification.faults, [])
  const page = ([...markdown.values()].find((next) => next.includes('**Deprecated**')) ?? '').replace(
    /\]\([^)]*\)/g,
    ']',
  )
  assert.ok(
    page.includes(`**Deprecated** Use another.

Picks.

| parameter | type | default | |
| - | - | - | - |
| \`at\` | \`number\` | | Where. From 0. |
| \`options\` | \`Options\` | \`{}\` | How. |
| \`options.deep\` | \`boolean\` | | All \\| of it. |
| \`...rest\` | \`string[]\` | | |

**Returns** What is there.

**Throws** \`Lost\`: when nothing is

**Example**

\`\`\`ts
pick(1)
\`\`\`

Function in [pick.ts, line 1] · since 1.4`),
    page,
  )
})
