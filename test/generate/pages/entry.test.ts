import assert from 'node:assert/strict'
import { test } from 'node:test'
import { component, document, edge, file, sample } from './sample.ts'

const app = file(
  'src/app.ts',
  'export class App {\n  run() {}\n  #dispatch() {\n  }\n}\nfunction pick() {}\nclass Hidden {\n  show() {}\n  depth = 1\n}\n',
)
const routes = file('src/routes.ts', 'export function route() {}\n')
const many = Array.from({ length: 7 }, (_, index) => file(`src/user${index}.ts`, `export function use${index}() {}\n`))
const tests = Array.from({ length: 8 }, (_, index) => file(`test/route${index}.test.ts`, 'route()\n'))
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

test('an internal function says where it is, what it calls and who uses it', () => {
  const page = pageWith('2 internal definitions')
  assert.match(
    page,
    /^- \[`#dispatch\(\): void`\] · lines 3 to 4 · calls \[`route`\], \[`pick`\] · used by \[`App\.run`\]$/m,
  )
  assert.match(page, /^- \[`pick\(\): void`\]: Picks one\. · line 6 · used by \[`App\.#dispatch`\]$/m)
  assert.match(page, /^- \[`class Hidden`\] · has \[`show`\], \[`depth`\]$/m)
})

test('what the facts of an entry and of a file name in part is there in full', () => {
  const page = pageWith('All 8 places')
  assert.match(page, /^<summary>All 8 places that use it, 8 test files<\/summary>$/m)
  const folded = /places that use it, 8 test files<\/summary>\n([\s\S]*?)<\/details>/.exec(page)?.[1] ?? ''
  for (const { path } of [app, ...many, ...tests]) assert.ok(folded.includes(`[\`${path}\`]`), path)
  assert.match(page, /^<summary>Used by 8 files, tested by 8 files<\/summary>$/m)
  assert.match(page, /^Tested by: (?:\[`test\/route\d\.test\.ts`\](?:, )?){8}$/m)
})

test('an entry names the examples that show it, and they are no place that uses it', () => {
  const example = file('examples/try.ts', 'function attempt() {\n  route()\n}\nattempt()\n')
  const attempt = component(example, 'attempt', { exported: false, endLine: 3 })
  const all = [...edges, edge(attempt.id, ROUTE), edge(example.path, attempt.id)]
  const { markdown, verification } = document(
    sample([app, routes, ...many, ...tests, example], [...components, attempt], all),
  )
  assert.deepEqual(verification.faults, [])
  const text = [...markdown.values()].join('\n').replace(/\]\([^)]*\)/g, ']')
  assert.match(text, /^Function in \[routes\.ts, line 1\].* · shown in \[`examples\/try\.ts`\]$/m)
  assert.equal(text.match(/shown in/g)?.length, 1)
})

test('what is documented or used elsewhere comes first, types and functions before constants', () => {
  const names = ['Flag', 'Flag', 'Kind', 'Size', 'Central', 'Plain', 'Idle', 'Work']
  const code = file('src/code.c', names.map((name) => `#define ${name}\n`).join(''))
  const parts = names.map((name, index) => {
    const id = `${code.path}#${name}${index === 1 ? '~2' : ''}`
    return component(code, name, { id, kind: index < 6 ? 'macro' : 'struct', startLine: index + 1, endLine: index + 1 })
  })
  const documented = parts.map((one) => (/Central|Work/.test(one.name) ? { ...one, doc: 'The central one.' } : one))
  const user = component(app, 'pick')
  const { markdown, verification } = document(
    sample([code, app], [...documented, user], [edge(user.id, `${code.path}#Size`, { kind: 'references' })]),
  )
  assert.deepEqual(verification.faults, [])
  const page = [...markdown.values()].find((text) => text.includes('## `Central`')) ?? ''
  assert.deepEqual(
    [...page.matchAll(/^###? `(\w+)`$/gm)].map(([, name]) => name).filter((name) => name !== 'pick'),
    ['Work', 'Size', 'Central', 'Idle', 'Flag', 'Flag', 'Kind', 'Plain'],
  )
})

test('what is used in most places comes first of all', () => {
  const code = file('src/code.ts', 'export type Part = {}\nexport class Central {}\n')
  const parts = ['Part', 'Central'].map((name) => component(code, name, { kind: 'class', doc: `The ${name}.` }))
  const users = Array.from({ length: 8 }, (_, index) => file(`src/u${index}.ts`, 'x\n'))
  const headings = (count: number): string[] => {
    const used = users.slice(0, count).map(({ path }) => edge(path, `${code.path}#Central`, { kind: 'references' }))
    const { markdown } = document(sample([code, ...users], parts, used))
    const page = [...markdown.values()].find((text) => text.includes('### `Central`')) ?? ''
    return [...page.matchAll(/^### `(\w+)`$/gm)].map(([, name = '']) => name)
  }
  assert.deepEqual(headings(7), ['Part', 'Central'])
  assert.deepEqual(headings(8), ['Central', 'Part'])
})

test('what implements, extends or overrides stands under its own words and uses nothing by that', () => {
  const code = file(
    'src/router.ts',
    'export interface Router {\n  match(): void\n}\nexport class Base implements Router {\n  match() {}\n}\nexport class Tree extends Base {\n  match() {}\n}\n',
  )
  const at = (name: string): string => `${code.path}#${name}`
  const parts = [
    component(code, 'Router', { kind: 'interface', endLine: 3 }),
    component(code, 'Router.match', { kind: 'method', doc: 'Matches.' }),
    component(code, 'Base', { kind: 'class', endLine: 6 }),
    component(code, 'Base.match', { kind: 'method', doc: 'Matches all.' }),
    component(code, 'Tree', { kind: 'class', endLine: 9 }),
    component(code, 'Tree.match', { kind: 'method', doc: 'Matches a tree.' }),
    component(app, 'pick', { exported: true }),
  ]
  const { markdown } = document(
    sample([code, app], parts, [
      edge(at('Base'), at('Router'), { kind: 'implements' }),
      edge(at('Base.match'), at('Router.match'), { kind: 'overrides' }),
      edge(at('Tree'), at('Base'), { kind: 'extends' }),
      edge(at('Tree.match'), at('Base.match'), { kind: 'overrides' }),
      edge(`${app.path}#pick`, at('Router.match')),
    ]),
  )
  const page = [...markdown.values()].find((text) => text.includes('### `Router`')) ?? ''
  const facts = [...page.matchAll(/^(?:Class|Interface|Method) in \[[^\]]*\]\([^)]*\)(.*)$/gm)].map(([, rest = '']) =>
    rest.replace(/\]\([^)]*\)/g, ']'),
  )
  assert.deepEqual(facts, [
    ' · implemented by [`Base`] · used by [`pick`]',
    ' · implemented by [`Base.match`] · used by [`pick`]',
    ' · implements [`Router`] · extended by [`Tree`]',
    ' · overridden by [`Tree.match`]',
    ' · extends [`Base`]',
    '',
  ])
})

test('a class calls what its code calls that is in no member, its own members too, in the order of the source', () => {
  const code = file(
    'src/hono.ts',
    [
      'export class Hono {',
      '  path = pathOf()',
      '  constructor(given: Tree) {',
      '    this.#add()',
      '    this.router = new Smart([new Quick(), new Tree()])',
      '  }',
      '  #add() {}',
      '}',
      'class Tree {}',
      'class Quick {}',
      'class Smart {}',
      'function pathOf() {}',
    ].join('\n'),
  )
  const at = (name: string): string => `${code.path}#${name}`
  const inner = { exported: false } as const
  const parts = [
    component(code, 'Hono', { kind: 'class', endLine: 8 }),
    component(code, 'Hono.path', { kind: 'field', signature: 'path' }),
    component(code, 'Hono.#add', { ...inner, kind: 'method', startLine: 7, endLine: 7 }),
    ...['Tree', 'Quick', 'Smart'].map((name) => component(code, name, { ...inner, kind: 'class' })),
    component(code, 'pathOf', inner),
  ]
  const { markdown } = document(
    sample([code], parts, [
      edge(at('Hono'), at('Hono.#add')),
      ...['Quick', 'Smart', 'Tree'].map((name) => edge(at('Hono'), at(name), { kind: 'instantiates' })),
      edge(at('Hono.path'), at('pathOf')),
    ]),
  )
  const page = ([...markdown.values()].find((text) => text.includes('### `Hono`')) ?? '').replace(/\]\([^)]*\)/g, ']')
  assert.match(page, /^Class in \[[^\]]*\] · calls \[`Hono\.#add`\] · creates \[`Smart`\], \[`Quick`\], \[`Tree`\]$/m)
  assert.match(page, /^- \[`path`\] · calls \[`pathOf`\]$/m)
  assert.match(page, /used by \[`Hono`\](?: \(lines? \[\d+\][^\n]*\))?$/m)
})

const app2 = file(
  'src/config.ts',
  [
    'export const KEYS = make({',
    "  SESSION_COOKIE_NAME: '</details> `' + x, // the name",
    '})',
    'export const handle = wrap(() => 1), made = new Kind() { }',
    'export const SHORT = 1',
    'export class Config {',
    '  static names = [',
    "    'one',",
    '  ]',
    '  get size() { return this.x === 1 }',
    '  /** An example. */',
    '  router?: Router',
    '  constructor(',
    '    options: { a: () => void },',
    '  ) {',
    '    this.x = options.x ?? make()',
    '  }',
    '}',
    'function make() {}',
  ].join('\n'),
)

test('values and short constructors are folded as they are written; accessors are called so; examples are shown', () => {
  const at = (name: string): string => `${app2.path}#${name}`
  const constant = { kind: 'constant' } as const
  const parts = [
    component(app2, 'KEYS', { ...constant, endLine: 3, signature: 'const KEYS' }),
    component(app2, 'handle', { ...constant, signature: 'const handle' }),
    component(app2, 'SHORT', { ...constant, signature: 'const SHORT = 1' }),
    component(app2, 'Config', { kind: 'class', startLine: 6, endLine: 18 }),
    component(app2, 'Config.names', { kind: 'field', startLine: 7, endLine: 9, signature: 'static names' }),
    component(app2, 'Config.size', {
      kind: 'field',
      startLine: 10,
      endLine: 10,
      signature: 'get size()',
      doc: 'A\n\n```ts\nconfig.size\n```',
    }),
    component(app2, 'Config.router', {
      kind: 'field',
      startLine: 12,
      endLine: 12,
      signature: 'router?: Router',
      doc: 'Has no default. Give\none.',
    }),
    component(app2, 'make', { exported: false, startLine: 19, endLine: 19 }),
  ]
  const { markdown, verification, written } = document(
    sample(
      [app2],
      parts,
      [edge(at('Config'), at('make'))],
      {},
      { known: { [app2.path]: { blocks: [{ kind: 'nested', parent: -1, startLine: 4, endLine: 4 }] } } },
    ),
  )
  assert.deepEqual(verification.faults, [])
  const page = [...markdown.values()].find((text) => text.includes('### `KEYS`')) ?? ''
  const folds = [...page.matchAll(/<summary>(Values?|Constructor)<\/summary>\n\n```typescript\n([\s\S]*?)\n```\n/g)]
  assert.deepEqual(
    folds.map(([, title, text]) => [title, text]),
    [
      ['Constructor', 'constructor(\n  options: { a: () => void },\n) {\n  this.x = options.x ?? make()\n}'],
      ['Value', "static names = [\n  'one',\n]"],
      ['Value', "export const KEYS = make({\n  SESSION_COOKIE_NAME: '</details> `' + x, // the name\n})"],
    ],
  )
  assert.match(page, /^#### `Config\.size`\n[\s\S]*?```ts\nconfig\.size\n```\n[\s\S]*?^Getter in /m)
  assert.match(page, /^- \[`router\?: Router`\]\([^)]*\): Has no default\. Give one\.$/m)
  assert.deepEqual([...written.values.keys()].sort(), [at('Config.names'), at('KEYS')])
})

test('of several constructors none is shown', () => {
  const code = file(
    'src/Json.java',
    'class Json {\n  Json() {\n    read();\n  }\n  Json(int size) {\n  }\n  void read() {\n  }\n}\n',
    {
      language: 'java',
    },
  )
  const type = component(code, 'Json', { kind: 'class', startLine: 1, endLine: 9 })
  const one = component(code, 'Json.Json', { kind: 'method', startLine: 2, endLine: 4 })
  const other = { ...one, id: `${one.id}~2`, startLine: 5, endLine: 6 }
  const read = component(code, 'Json.read', { kind: 'method', startLine: 7, endLine: 8 })
  const shown = (parts: (typeof one)[]): boolean =>
    [...document(sample([code], [type, ...parts, read], [edge(one.id, read.id)])).markdown.values()].some((text) =>
      text.includes('<summary>Constructor</summary>'),
    )
  assert.equal(shown([one]), true)
  assert.equal(shown([one, other]), false)
})

test('the whole comment of a value stands in its line, a long one under a heading', () => {
  const source = file('src/app.py', 'class App:\n    key = 1\n    size = 2\n    note = 3\n')
  const doc = 'The key.\n\nIt may be set by `KEY`.\n\n_Changed in version 2:_ it lasts.'
  const text = [
    ...document(
      sample(
        [source],
        [
          component(source, 'App', { kind: 'class', startLine: 1, endLine: 4 }),
          component(source, 'App.key', { kind: 'field', signature: 'key = 1', doc }),
          component(source, 'App.size', { kind: 'field', signature: 'size = 2', doc: `${'Word '.repeat(300)}end.` }),
          component(source, 'App.note', { kind: 'field', signature: 'note = 3', doc: 'A note.' }),
        ],
      ),
    ).markdown.values(),
  ].join('\n')
  assert.match(
    text,
    /- \[`key = 1`\]\([^)]*\)\n\n {2}The key\.\n\n {2}It may be set by `KEY`\.\n\n {2}_Changed in version 2:_ it lasts\./,
  )
  assert.match(text, /- \[`note = 3`\]\([^)]*\): A note\./)
  assert.match(text, /#### `App\.size`|### `App\.size`/)
  assert.match(text, /Word end\./)
})
