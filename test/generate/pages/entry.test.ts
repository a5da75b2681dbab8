import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPackages } from '#generate/manifests/read-packages.ts'
import { withExportedNames } from '#generate/surface/exported-names.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { analysedSample, pagesOf } from './real-sample.ts'
import { component, document, edge, file, sample } from './sample.ts'

const app = file(
  'src/app.ts',
  'export class App {\n  run() {}\n  #dispatch() {\n  }\n}\nfunction pick() {}\nclass Hidden {\n  show() {}\n  depth = 1\n}\n',
)
const routes = file('src/routes.ts', 'export function route() {\n  one()\n  two()\n}\n')
const many = Array.from({ length: 2 }, (_, index) =>
  file(`src/user${index}.ts`, `export function use${index}() { route() }\n`),
)
const tests = Array.from({ length: 8 }, (_, index) =>
  file(`test/${index === 7 ? 'route' : `a${index}`}.test.ts`, `check(route(), ${index})\n`),
)
const ROUTE = `${routes.path}#route`
const DISPATCH = `${app.path}#App.#dispatch`

const components = [
  component(app, 'App', { kind: 'class', endLine: 5, doc: 'Runs the routes.' }),
  component(app, 'App.run', { kind: 'method' }),
  component(app, 'App.#dispatch', { kind: 'method', exported: false, endLine: 4, signature: '#dispatch(): void' }),
  component(app, 'pick', { exported: false, doc: 'Picks one.' }),
  component(app, 'Hidden', { kind: 'class', exported: false, endLine: 10, signature: 'class Hidden' }),
  component(app, 'Hidden.show', { kind: 'method' }),
  component(app, 'Hidden.depth', { kind: 'field' }),
  component(routes, 'route', { endLine: 4, doc: 'Leads to a page.' }),
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

test('an internal function has a line, which names nothing that uses it', () => {
  const page = pageWith('Internal definitions')
  assert.match(page, /^Also defined here: .*\[`#dispatch`\]/m)
  assert.match(page, /^- \[`pick\(\): void`\]: Picks one\.$/m)
  assert.match(page, /Also defined here\n\n\[`Hidden`\]/)
})

test('where something is used are lines of callers with their code, and nothing of callers or tests without names', () => {
  const page = pageWith('Some uses')
  const folded = /Some uses<\/summary>\n([\s\S]*?)<\/details>/.exec(page)?.[1] ?? ''
  assert.deepEqual(folded.match(/^- .*$/gm), [
    '- [`use0`], [src/user0.ts, line 1]: `export function use0() { route() }`',
    '- [`use1`], [src/user1.ts, line 1]: `export function use1() { route() }`',
  ])
  assert.doesNotMatch(page.replace(/^\|.*$/gm, ''), /used by|tested by/i)
})

test('the line of an internal function names its public members', async () => {
  const pages = await pagesOf({
    'package.json': '{"name":"orbit","version":"1.0.0","main":"./index.js"}',
    'index.js': '/** Plans one. */\nexports.plan = function plan() {}\n',
    'scripts/page.js':
      '/** Shows the plan in a page. */\nfunction Page(parent) {\n  this.parent = parent\n}\n\nPage.open = function (name) {\n  return new Page(name)\n}\n\nmodule.exports = Page\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^- `Page\(parent\)` \(`open`\): Shows the plan in a page\.$/m)
})

test('what is deprecated has a row with what replaces it', async () => {
  const pages = await pagesOf({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":"./plan.ts"}',
    'plan.ts':
      '/** Plans one flight. */\nexport class Plan {\n  /** Burns all of the fuel at once. */\n  burn(): void {}\n  /**\n   * Stops all engines at once.\n   * @deprecated Use burn.\n   */\n  stop(at: number): void {}\n}\n/**\n * Picks the next one of them.\n * @deprecated Use Plan.\n */\nexport function pick(at: number): Plan {\n  return new Plan()\n}\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^#+ `Plan\.burn`$/m)
  assert.doesNotMatch(all, /^#+ `(?:Plan\.stop|pick)`$/m)
  assert.match(all, /^- .*`pick\(at: number\): Plan`.*: Picks the next one of them\. Deprecated: Use Plan\.$/m)
  assert.match(all, /^- .*`stop\(at: number\): void`.*: Stops all engines at once\./m)
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
          doc: 'Picks the nearest.',
          details: {
            parameters: [
              { name: 'at', type: '', text: 'Where.\n\nFrom 0.' },
              { name: 'options', type: 'object', text: 'How.' },
              { name: 'options.deep', type: 'boolean', text: 'All | of it.' },
            ],
            returns: [{ name: '', type: 'Found', text: 'What is there.' }],
            raises: [{ name: 'Lost', type: '', text: 'when nothing is' }],
            since: '1.4',
            examples: ['```ts\npick(1)\n```'],
          },
        }),
      ],
      [],
    ),
  )
  assert.deepEqual(verification.faults, [])
  const page = ([...markdown.values()].find((next) => next.includes('**Throws**')) ?? '').replace(/\]\([^)]*\)/g, ']')
  assert.ok(
    page.includes(`Picks the nearest.

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

test('several errors and several results without names are types, with links', () => {
  const code = file('src/lost.ts', 'export class Lost extends Error {}\nexport class Taken extends Error {}\n')
  const { markdown } = document(
    sample(
      [code, app],
      [
        component(code, 'Lost', { kind: 'class', doc: 'Says what was missed.' }),
        component(code, 'Taken', { kind: 'class', doc: 'Says who was first.', startLine: 2, endLine: 2 }),
        component(code, 'find', {
          kind: 'function',
          signature: 'find()',
          doc: 'Finds.',
          details: {
            parameters: [],
            returns: [
              { name: '', type: 'Lost', text: 'what was lost' },
              { name: '', type: 'number', text: 'its number' },
            ],
            raises: [
              { name: 'Lost', type: '', text: 'when nothing is' },
              { name: 'Taken', type: '', text: 'when so' },
            ],
          },
        }),
        component(app, 'pick', { exported: true }),
      ],
      [],
    ),
  )
  const page = [...markdown.values()].find((next) => next.includes('when so')) ?? ''
  assert.match(page, /\| \[`Lost`\]\(\S*#lost\) \| when nothing is \|/)
  assert.match(page, /\| \[`Taken`\]\(\S*#taken\) \| when so \|/)
  assert.match(page, /\| \[`Lost`\]\(\S*#lost\) \| what was lost \|/)
})

test('what implements, extends or overrides stands under its own words and uses nothing by that', () => {
  const code = file(
    'src/router.ts',
    'export interface Router {\n  match(): void\n}\nexport class Base implements Router {\n  match() {}\n}\nexport class Tree extends Base {\n  match() {}\n}\n',
  )
  const at = (name: string): string => `${code.path}#${name}`
  const parts = [
    component(code, 'Router', { kind: 'interface', endLine: 3 }),
    component(code, 'Router.match', { kind: 'method', doc: 'Matches a path.' }),
    component(code, 'Base', { kind: 'class', endLine: 6 }),
    component(code, 'Base.match', { kind: 'method', doc: 'Matches all.' }),
    component(code, 'Tree', { kind: 'class', endLine: 9 }),
    component(code, 'Tree.match', { kind: 'method', doc: 'Matches the longest branch.' }),
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
    ' · implemented by for example [`Base`]',
    '',
    ' · implements [`Router`] · extended by for example [`Tree`]',
    '',
    ' · extends [`Base`]',
    '',
  ])
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

test('values of constants are folded as they are written; accessors are called so; examples are shown', () => {
  const at = (name: string): string => `${app2.path}#${name}`
  const constant = { kind: 'constant' } as const
  const parts = [
    component(app2, 'KEYS', { ...constant, endLine: 3, signature: 'const KEYS', doc: 'What is stored.' }),
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
  const folds = [...page.matchAll(/<summary>(Values?)<\/summary>\n\n```typescript\n([\s\S]*?)\n```\n/g)]
  assert.deepEqual(
    folds.map(([, title, text]) => [title, text]),
    [['Value', "export const KEYS = make({\n  SESSION_COOKIE_NAME: '</details> `' + x, // the name\n})"]],
  )
  assert.match(page, /^#### `Config\.size`\n[\s\S]*?```ts\nconfig\.size\n```\n[\s\S]*?^Getter in /m)
  assert.match(page, /^- \[`router`\]\([^)]*\)\? `Router`: Has no default\. Give one\.$/m)
  assert.deepEqual([...written.values.keys()], [at('KEYS')])
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
          component(source, 'App.note', { kind: 'field', signature: 'note = 3', doc: 'What is told.' }),
        ],
      ),
    ).markdown.values(),
  ].join('\n')
  assert.match(
    text,
    /- \[`key`\]\([^)]*\) = `1`\n\n {2}The key\.\n\n {2}It may be set by `KEY`\.\n\n {2}_Changed in version 2:_ it lasts\./,
  )
  assert.match(text, /- \[`note`\]\([^)]*\) = `3`: What is told\./)
  assert.match(text, /#### `App\.size`|### `App\.size`/)
  assert.match(text, /Word end\./)
})

test('the words of a constructor are told apart from those of its class', async () => {
  const { markdown } = document(
    await analysedSample({
      'src/Plan.php':
        '<?php\n/** Plans one flight. */\nclass Plan\n{\n  /**\n   * Constructor.\n   *\n   * This is only called by the planner.\n   */\n  public function __construct(string $name) {}\n}\n',
      'src/Burn.php':
        '<?php\n/** Burns fuel. */\nclass Burn\n{\n  /**\n   * Burn constructor.\n   */\n  public function __construct(string $name) {}\n}\n',
    }),
  )
  assert.doesNotMatch([...markdown.values()].join('\n'), /Burn constructor/)
  assert.match(
    [...markdown.values()].join('\n'),
    /\n\nPlans one flight\.\n\n\*\*Constructor\*\* This is only called by the planner\.\n/,
  )
})

test('a private constructor gives its class neither words nor parameters nor a signature', async () => {
  const { markdown } = document(
    await analysedSample({
      'src/Kit.php':
        '<?php\nnamespace Kit;\n\nfinal class Single\n{\n    /**\n     * This class is alone.\n     *\n     * @param array $parts All of them.\n     */\n    private function __construct(array $parts = []) {}\n\n    /** Makes one. */\n    public static function make() { return new self(); }\n}\n',
      'src/single.ts':
        'export class Only {\n  private constructor(name: string) {}\n  /** Makes one. */\n  static make(): Only { return new Only("") }\n}\n',
    }),
  )
  const all = [...markdown.values()].join('\n')
  assert.match(all, /^#+ `Single`\n\n```php\nfinal class Single\n```\n\nClass in /m)
  assert.match(all, /^#+ `Only`\n\n```typescript\nclass Only\n```\n\nClass in /m)
})

test('an entry tells the bases in the repository, and beside them those from outside', async () => {
  const pages = await pagesOf({
    'package.json': '{"name": "orbit", "main": "index.js"}',
    'index.js':
      "var util = require('util')\n/** Tells which orbit fails. */\nfunction LoadError (code, field) {\n  this.name = 'LoadError'\n  this.code = code\n  if (field) this.field = field\n  on(function () { this.not = 1 })\n}\nutil.inherits(LoadError, Error)\n/** Keeps the orbits apart. */\nfunction Flow () {\n  this.open = 1\n}\nFlow.prototype = Object.create(EventEmitter.prototype)\n/** Reads the orbits. */\nfunction Other () {}\nObject.setPrototypeOf(Other.prototype, stream.Readable.prototype)\nmodule.exports = { LoadError: LoadError, Flow: Flow, Other: Other }\n",
    'pyproject.toml': '[project]\nname = "orbit"\n',
    'orbit/__init__.py': 'from .errors import OrbitError, PluginError\n',
    'orbit/errors.py':
      'class OrbitError(Exception):\n    """The root of all."""\n\n\nclass PluginError(OrbitError, NotImplementedError):\n    """Not there."""\n',
  })
  const all = [...pages.values()].join('\n')
  for (const lines of ['lines 3 to 8', 'lines 11 to 13', 'line 16'])
    assert.match(all, new RegExp(`^Class in index\\.js, ${lines}$`, 'm'))
  assert.match(all, /^class PluginError\(OrbitError, NotImplementedError\)$/m)
  assert.match(all, / · extends `OrbitError`, `NotImplementedError`$/m)
  assert.doesNotMatch(
    all,
    /extends `(?:Error|EventEmitter|stream\.Readable|NotImplementedError)`| has `|Also defined here/,
  )
})

test('a field of Go is told by the help in its tag, which stays whole, and not by the heading of its group', async () => {
  const { markdown } = document(
    await analysedSample({
      'go.mod': 'module example.com/orbit\n\ngo 1.22\n',
      'style/style.go':
        '// Package style is of styles.\npackage style\n\n// Styles is a style.\ntype Styles struct {\n\t// Colors\n\tForeground string `help:"Foreground color" set:"bold=true"`\n\tBackground string\n\n\t// Shape\n\tBorder string\n\tMargin string\n\n\t// Across all\n\tWidth string\n\n\tRest string\n}\n',
    }),
  )
  const all = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(all, /`Foreground` string `help:"Foreground color" set:"bold=true"`: Foreground color\.\n/)
  for (const name of ['Background', 'Border', 'Margin', 'Rest'])
    assert.match(all, new RegExp(`^- .*\`${name}\` \`string\`$`, 'm'))
  assert.match(all, /`Width` `string`: Across all\./)
})

test('members of what is internal or has a default are on the page: objects of TypeScript, `default` of Rust', async () => {
  const typescript = await analysedSample({
    'package.json': '{"name":"orbit","main":"src/index.ts"}',
    'src/index.ts': 'export function start() {}\n',
    'bench/tool.mts': 'export interface Router { match(path: string): void }\n',
    'bench/own.mts':
      "import type { Router } from './tool.mts'\n\nexport const router: Router = {\n  match: (path) => {\n    console.log(path)\n  },\n}\n",
  })
  assert.deepEqual(documented(typescript).verification.faults, [])
  const rust = await analysedSample({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs':
      'pub struct Plan {\n    pub size: u32,\n}\n\nimpl Default for Plan {\n    fn default() -> Self {\n        Plan { size: 1 }\n    }\n}\n',
  })
  assert.deepEqual(documented(rust).verification.faults, [])
})

function documented({ inventory, analysis }: Awaited<ReturnType<typeof analysedSample>>): ReturnType<typeof document> {
  const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
  const components = withExportedNames(analysis.components, surfaces, inventory.files)
  return document({ inventory, analysis: { ...analysis, components }, surfaces })
}
