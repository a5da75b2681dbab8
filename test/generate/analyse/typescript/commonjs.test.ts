/** CommonJS: what modules give in the ways that packages write it, and code that has its declarations beside it. */

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Analysis } from '#generate/model.ts'
import { analyseTexts, componentsOf, edgesOf } from './analyse-texts.ts'

/** Targets that one component or file calls or makes, sorted. */
function callsOf(analysis: Analysis, from: string): string[] {
  return analysis.edges
    .filter((edge) => edge.from === from && (edge.kind === 'calls' || edge.kind === 'instantiates'))
    .map(({ to }) => to)
    .sort()
}

/** `name target` of what a file exports. */
function exportsOf(analysis: Analysis, path: string): string[] {
  return (analysis.exports[path] ?? []).map(({ name, to }) => `${name} ${to}`)
}

const OTHERS = {
  'own.js': 'module.exports = function own() {}\n',
  'more.js': 'exports.extra = function () {}\nexports.rest = () => {}\n',
  'late.js': 'class Late { run() {} }\nmodule.exports = Late\n',
}

describe('what module.exports is set to', () => {
  test('an object that is also in a variable is exported; what is assigned to exports alone is not', async () => {
    const body = 'function run() {}\nfunction halt() {}\n'
    const analysis = await analyseTexts({
      'both.js': `${body}const api = module.exports = { run, stop: halt }\n`,
      'alone.js': `${body}exports = run\n`,
      'default.ts': `${body}export default (run)\n`,
    })
    assert.deepEqual(exportsOf(analysis, 'both.js'), ['export= both.js#api', 'run both.js#run', 'stop both.js#halt'])
    assert.deepEqual(exportsOf(analysis, 'alone.js'), [])
    assert.deepEqual(exportsOf(analysis, 'default.ts'), ['default default.ts#run'])
    const exported = analysis.components.filter((one) => one.exported).map(({ id }) => id)
    assert.deepEqual(exported.sort(), ['both.js#api', 'both.js#halt', 'both.js#run', 'default.ts#run'])
  })

  test('a member with a name in quotes is exported, and so is data of another file', async () => {
    const analysis = await analyseTexts({
      'status.js':
        "const icons = require('./icons.json')\nconst own = require('./own')\nexports['404'] = (res) => { res.end() }\nexports.icons = icons\nexports.own = own\n",
      'own.js': OTHERS['own.js'],
    })
    const names = analysis.components
      .filter(({ file }) => file === 'status.js')
      .map(({ name, kind }) => `${kind} ${name}`)
    assert.deepEqual(names, ['function 404', 'constant icons'])
    assert.deepEqual(exportsOf(analysis, 'status.js').toSorted(), [
      '404 status.js#404',
      'icons status.js#icons',
      'own own.js#own',
    ])
  })

  test('a class with a base from outside is the default import of its module', async () => {
    const analysis = await analyseTexts({
      'socket.js':
        "const { EventEmitter } = require('events')\nclass Socket extends EventEmitter {}\nmodule.exports = Socket\n",
      'wrapper.mjs': "import Socket from './socket.js'\nexport { Socket }\nexport default Socket\n",
    })
    assert.deepEqual(exportsOf(analysis, 'wrapper.mjs').toSorted(), [
      'Socket socket.js#Socket',
      'default socket.js#Socket',
    ])
  })

  test('a file that hands on a function exports what was set beside it, from other packages, too', async () => {
    const analysis = await analyseTexts({
      'index.js': "module.exports = require('./make')\n",
      'make.js':
        "var Router = require('router')\nexports = module.exports = make\nfunction make() {}\nexports.plan = plan\nfunction plan() {}\nexports.Router = Router\n",
    })
    assert.deepEqual(exportsOf(analysis, 'index.js').toSorted(), [
      'Router null',
      'export= make.js#make',
      'plan make.js#plan',
    ])
  })

  test('what is set beside it is a member of it, in its own file, too', async () => {
    const analysis = await analyseTexts({
      'log.js': `module.exports = log
module.exports.token = token
module.exports.level = function level () {}
function log (format) { log.token(format) }
function token (name) {}
function start () { log.token('url'); log.level() }
`,
    })
    assert.deepEqual(callsOf(analysis, 'log.js#start'), ['log.js#level', 'log.js#token'])
    assert.deepEqual(callsOf(analysis, 'log.js#log'), ['log.js#token'])
  })

  const util = `
function first() {}
const second = () => {}
module.exports = {
  first,
  renamed: second,
  third() {},
  fourth: function () {},
  fifth: (a) => a,
  own: require('./own'),
  part: require('./more').extra,
  limit: 5
}
`
  const use = `
const util = require('./util')
const { first, renamed: other, own } = require('./util')
exports.byMember = function () { util.first(); util.renamed(); util.third(); util.fourth(); util.fifth(); util.own(); util.part() }
exports.byName = function () { first(); other(); own(); return util.limit }
`
  test('the keys of an object are what the module has', async () => {
    const analysis = await analyseTexts({ ...OTHERS, 'util.js': util, 'use.js': use })
    assert.deepEqual(
      componentsOf(analysis).filter((one) => one.startsWith('util.js')),
      [
        'util.js#fifth function +',
        'util.js#first function +',
        'util.js#fourth function +',
        'util.js#limit constant +',
        'util.js#second function +',
        'util.js#third function +',
      ],
    )
    assert.deepEqual(callsOf(analysis, 'use.js#byName'), ['own.js#own', 'util.js#first', 'util.js#second'])
    assert.deepEqual(callsOf(analysis, 'use.js#byMember'), [
      'more.js#extra',
      'own.js#own',
      'util.js#fifth',
      'util.js#first',
      'util.js#fourth',
      'util.js#second',
      'util.js#third',
    ])
    assert.deepEqual(exportsOf(analysis, 'util.js'), [
      'fifth util.js#fifth',
      'first util.js#first',
      'fourth util.js#fourth',
      'limit util.js#limit',
      'own own.js#own',
      'part more.js#extra',
      'renamed util.js#second',
      'third util.js#third',
    ])
  })

  test('another module that is spread into an object gives all that it has', async () => {
    const analysis = await analyseTexts({
      ...OTHERS,
      'all.js': "module.exports = { ...require('./more'), here() {} }\n",
      'use.js': "const all = require('./all')\nexports.go = function () { all.extra(); all.here() }\n",
    })
    assert.deepEqual(callsOf(analysis, 'use.js#go'), ['all.js#here', 'more.js#extra'])
  })

  test('a class is the module, with and without a name', async () => {
    const analysis = await analyseTexts({
      'named.js': 'module.exports = class Named { run() {} static make() { return new this() } }\n',
      'bare.js': 'module.exports = class { run() {} }\n',
      'late.js': OTHERS['late.js'],
      'use.js': `
const Named = require('./named')
const Bare = require('./bare')
const Late = require('./late')
exports.go = function () { new Named().run(); Named.make(); new Bare().run(); new Late().run() }
exports.Sub = class extends Late {}
`,
    })
    assert.deepEqual(callsOf(analysis, 'use.js#go'), [
      'bare.js#module.exports',
      'bare.js#module.exports.run',
      'late.js#Late',
      'late.js#Late.run',
      'named.js#Named',
      'named.js#Named.make',
      'named.js#Named.run',
    ])
    assert.ok(edgesOf(analysis).includes('use.js#Sub extends late.js#Late (import)'))
    const bare = analysis.components.find(({ id }) => id === 'bare.js#module.exports.run')
    assert.equal(bare?.qualifiedName, 'Bare.run')
  })

  test('a function has the members that it is given', async () => {
    const analysis = await analyseTexts({
      ...OTHERS,
      'main.js': `
function main() { return new Thing() }
function Thing() {}
module.exports = main
module.exports.own = require('./own')
module.exports.help = function () {}
module.exports.Thing = Thing
`,
      'use.js': `
const main = require('./main')
exports.go = function () { main(); main.own(); main.help(); new main.Thing() }
`,
    })
    assert.deepEqual(callsOf(analysis, 'use.js#go'), ['main.js#Thing', 'main.js#help', 'main.js#main', 'own.js#own'])
  })

  test('a folder above is the package that it is', async () => {
    const analysis = await analyseTexts({
      'package.json': '{ "name": "it", "main": "lib/index.js" }',
      'lib/index.js': 'exports.run = function () {}\n',
      'lib/part/a.js': "exports.go = function () { require('..').run() }\n",
      'test/run.test.js': "const it = require('..')\nfunction check() { it.run() }\n",
    })
    assert.deepEqual(callsOf(analysis, 'test/run.test.js#check'), ['lib/index.js#run'])
    assert.deepEqual(callsOf(analysis, 'lib/part/a.js#go'), ['lib/index.js#run'])
  })
})

describe('what is given to exports and to prototypes by calls', () => {
  test('Object.assign gives functions', async () => {
    const analysis = await analyseTexts({
      ...OTHERS,
      'a.js': `
Object.assign(module.exports, { one() {}, two: () => {} }, require('./more'))
function Box() {}
Object.assign(Box.prototype, { open() {}, shut: function () { this.open() } })
exports.Box = Box
`,
    })
    assert.deepEqual(
      componentsOf(analysis).filter((one) => one.startsWith('a.js')),
      [
        'a.js#Box class +',
        'a.js#Box.open method +',
        'a.js#Box.shut method +',
        'a.js#one function +',
        'a.js#two function +',
      ],
    )
    assert.deepEqual(callsOf(analysis, 'a.js#Box.shut'), ['a.js#Box.open'])
  })

  test('what Object.assign gives to an exported function is exported', async () => {
    const analysis = await analyseTexts({
      'a.js': `
const own = { inner: two }
function run() {}
function two() {}
run.own = function () {}
Object.assign(run.prototype, { hidden() {} })
module.exports = Object.assign(run, { run, four: two, ...own, ...require('./more') })
`,
      'more.js': 'const $ = exports\n$.text = () => 1\n$.num = () => $.text()\nfunction local($) { $.no = 1 }\n',
      'named.js': '/** Runs. */\nfunction run() {}\nmodule.exports = Object.assign(run, { run })\n',
      'named.d.ts':
        'declare function run(): void\ndeclare namespace run {\n/** Circular. */\nconst run: any\n}\nexport = run\n',
      'typed.d.ts': 'declare function run(): run.Choice\ndeclare namespace run { interface Choice {} }\nexport = run\n',
      'limited.d.ts':
        'declare function run(): void\ndeclare namespace run { type Own = 1; type Named = 2; export type Shown = 3; export { run, Named } }\nexport = run\n',
    })
    assert.deepEqual(exportsOf(analysis, 'a.js'), [
      'export= a.js#run',
      'four a.js#two',
      'inner a.js#two',
      'num more.js#num',
      'run a.js#run',
      'text more.js#text',
    ])
    assert.deepEqual(exportsOf(analysis, 'more.js'), ['num more.js#num', 'text more.js#text'])
    assert.deepEqual(exportsOf(analysis, 'typed.d.ts'), ['Choice typed.d.ts#run.Choice', 'export= typed.d.ts#run'])
    assert.deepEqual(exportsOf(analysis, 'limited.d.ts'), [
      'Named limited.d.ts#run.Named',
      'Shown limited.d.ts#run.Shown',
      'export= limited.d.ts#run',
    ])
    assert.deepEqual(callsOf(analysis, 'more.js#num'), ['more.js#text'])
    assert.equal(analysis.components.find(({ id }) => id === 'named.js#run')?.doc, 'Runs.')
  })

  test('a function that makes methods by its name gives methods', async () => {
    const analysis = await analyseTexts({
      'a.js': `
module.exports = Session
function Session(req) { this.req = req }
defineMethod(Session.prototype, 'touch', function touch() { return this.reset() })
defineMethod(Session.prototype, 'reset', function reset() { return this })
defineGetter(Session.prototype, 'age', function age() { return 1 })
function defineMethod(obj, name, fn) { Object.defineProperty(obj, name, { value: fn }) }
`,
    })
    assert.deepEqual(
      componentsOf(analysis).filter((one) => one.startsWith('a.js#Session')),
      [
        'a.js#Session class +',
        'a.js#Session.age field +',
        'a.js#Session.reset method +',
        'a.js#Session.touch method +',
      ],
    )
  })

  test('Object.assign and a spread are followed from other files', async () => {
    const analysis = await analyseTexts({
      ...OTHERS,
      'a.js': "Object.assign(module.exports, { one() {} }, require('./more'))\n",
      'use.js': "const a = require('./a')\nexports.go = function () { a.one(); a.extra() }\n",
    })
    assert.deepEqual(callsOf(analysis, 'use.js#go'), ['a.js#one', 'more.js#extra'])
  })

  test('Object.defineProperties gives members, and flags alone give none', async () => {
    const analysis = await analyseTexts({
      'a.js': `
class Box { open() { return this.size } }
const flags = { enumerable: true }
Object.defineProperties(Box.prototype, {
  open: flags,
  size: { get() { return measure() } },
  shut: { value: function () { return 1 } },
  [Symbol.toStringTag]: { value: 'Box' }
})
Object.defineProperty(Box.prototype, 'name', { enumerable: false })
function measure() { return 1 }
module.exports = Box
`,
    })
    assert.deepEqual(componentsOf(analysis), [
      'a.js#Box class +',
      'a.js#Box.open method +',
      'a.js#Box.shut method +',
      'a.js#Box.size field +',
      'a.js#measure function -',
    ])
    assert.deepEqual(callsOf(analysis, 'a.js#Box.size'), ['a.js#measure'])
  })

  test('accessors of an exported object that read it are exports, with one comment for both', async () => {
    const { components } = await analyseTexts({
      'a.js':
        'module.exports = {\n  /** Return the header. */\n  get header () { return this.req.headers },\n  /** Set the header. */\n  set header (val) { this.req.headers = val },\n  get own () { return OWN }\n}\n',
    })
    assert.deepEqual(
      components.map(({ name, signature, exported, doc }) => [name, signature, exported, doc]),
      [['header', 'get header()', true, 'Return the header.\n\nSet the header.']],
    )
  })

  test('a getter that requires only when it is asked hands on what it requires', async () => {
    const texts = {
      ...OTHERS,
      'a.js': `
Object.defineProperty(exports, 'own', { enumerable: true, get() { return require('./own') } })
Object.defineProperty(exports, 'now', { value: function now() {} })
module.exports.plain = () => {}
`,
      'b.js': "module.exports = { get own() { return require('./own') }, get Late() { return require('./late') } }\n",
      'use.js': `
const a = require('./a')
const b = require('./b')
exports.go = function () { a.now(); a.plain() }
exports.late = function () { a.own(); b.own(); new b.Late().run() }
`,
    }
    const analysis = await analyseTexts(texts)
    assert.deepEqual(
      componentsOf(analysis).filter((one) => /^[ab]\.js/.test(one)),
      ['a.js#now function +', 'a.js#plain function +'],
    )
    assert.deepEqual(callsOf(analysis, 'use.js#go'), ['a.js#now', 'a.js#plain'])
  })

  test('what getters require is followed', async () => {
    const analysis = await analyseTexts({
      ...OTHERS,
      'a.js': "Object.defineProperty(exports, 'own', { get() { return require('./own') } })\n",
      'b.js': "module.exports = { get Late() { return require('./late') } }\n",
      'use.js':
        "const a = require('./a')\nconst b = require('./b')\nexports.go = () => { a.own(); new b.Late().run() }\n",
    })
    assert.deepEqual(callsOf(analysis, 'use.js#go'), ['late.js#Late', 'late.js#Late.run', 'own.js#own'])
  })
})

describe('a required name is the type that JSDoc means', () => {
  const lib = {
    'named.js': 'class Named { run() {} }\nmodule.exports = Named\n',
    'bare.js': 'module.exports = class { run() {} }\n',
    'all.js': 'class One { run() {} }\nmodule.exports = { One }\n',
  }
  const cases: [title: string, code: string, expected: string[]][] = [
    [
      'a parameter',
      "const Named = require('./named')\n/** @param {Named} it */\nexports.go = (it) => { it.run() }",
      ['named.js#Named.run'],
    ],
    [
      'a parameter that an inner function uses',
      "const Named = require('./named')\n/** @param {Named} [it] */\nexports.go = function (it) { const o = {}; o.f = function () { it.run() } }",
      ['named.js#Named.run'],
    ],
    [
      'a class without a name',
      "const Bare = require('./bare')\n/** @param {Bare} it */\nexports.go = (it) => { it.run() }",
      ['bare.js#module.exports.run'],
    ],
    [
      'a part of a module',
      "const { One } = require('./all')\n/** @param {One} it */\nexports.go = (it) => { it.run() }",
      ['all.js#One.run'],
    ],
    [
      'a field of a parameter',
      "const Named = require('./named')\nclass User {\n  /** @param {Named} it */\n  constructor(it) { this._it = it }\n  go() { this._it.run() }\n}",
      ['named.js#Named.run'],
    ],
    [
      'a field that is empty at first',
      "const Named = require('./named')\nclass User {\n  constructor() { this._it = null }\n  set() { const it = new Named(); this._it = it }\n  go() { this._it.run() }\n}",
      ['named.js#Named.run'],
    ],
    [
      'a field that has a value at first',
      "const Named = require('./named')\nconst { One } = require('./all')\nclass User {\n  constructor() { this._it = new One() }\n  set() { this._it = new Named() }\n  go() { this._it.run() }\n}",
      ['all.js#One.run'],
    ],
    ['a function is no type', "const f = require('./f')\n/** @param {f} it */\nexports.go = (it) => { it.run() }", []],
  ]
  for (const [title, code, expected] of cases)
    test(title, async () => {
      const analysis = await analyseTexts({
        ...lib,
        'f.js': 'module.exports = function f() {}\n',
        'use.js': `${code}\n`,
      })
      const runs = analysis.edges.filter((edge) => edge.kind === 'calls' && edge.to.endsWith('run'))
      assert.deepEqual(
        runs.map(({ to }) => to),
        expected,
      )
    })
})

test('a required class is exported with the members that it gets here', async () => {
  const analysis = await analyseTexts({
    'package.json': '{ "name": "it", "main": "index.js" }',
    'named.js': 'class Named { run() {} }\nmodule.exports = Named\n',
    'late.js': OTHERS['late.js'],
    'index.js':
      "const Named = require('./named')\nconst Late = require('./late')\nNamed.Other = Late\nNamed.Named = Named\nmodule.exports = Named\n",
    'use.js': "const it = require('.')\nexports.go = () => { new it.Other().run(); new it().run() }\n",
    'part.js': "const { Other } = require('.')\nexports.go = () => { new Other() }\n",
  })
  assert.deepEqual(callsOf(analysis, 'use.js#go'), [
    'late.js#Late',
    'late.js#Late.run',
    'named.js#Named',
    'named.js#Named.run',
  ])
  assert.deepEqual(callsOf(analysis, 'part.js#go'), ['late.js#Late'])
  assert.deepEqual(exportsOf(analysis, 'index.js').toSorted(), [
    'Named named.js#Named',
    'Other late.js#Late',
    'export= named.js#Named',
  ])
})

test('call and apply are calls of the function, bind is a reference', async () => {
  const analysis = await analyseTexts({
    ...OTHERS,
    'a.js': `
const own = require('./own')
const Late = require('./late')
function Base() {}
Base.prototype.stop = function () {}
function Sub() { Base.call(this) }
function go() { own.call(null); own.apply(null, []); return own.bind(null) }
function later() { return own.bind(null) }
function other(late) { Late.prototype.run.call(late); Base.prototype.stop.apply(late) }
`,
  })
  assert.deepEqual(callsOf(analysis, 'a.js#Sub'), ['a.js#Base'])
  assert.deepEqual(callsOf(analysis, 'a.js#go'), ['own.js#own'])
  assert.deepEqual(callsOf(analysis, 'a.js#later'), [])
  assert.deepEqual(callsOf(analysis, 'a.js#other'), ['a.js#Base.stop', 'late.js#Late.run'])
})

describe('code with its declarations', () => {
  const CODE = {
    'index.js': `
const Client = require('./lib/client')
module.exports.Client = Client
module.exports.fetch = async function fetch(input) { return input }
module.exports.limit = 3
`,
    'lib/base.js': 'class Base { close() {} }\nmodule.exports = Base\n',
    'lib/client.js': `
const Base = require('./base')
class Client extends Base {
  /** In code. */
  send(text) { return this.write(text) }
  write(text) {}
}
module.exports = Client
`,
  }
  const DECLARATIONS = {
    'index.d.ts': `
import Client from './types/client'
export { Client }
/** Gets it. */
export declare function fetch(input: string): Promise<string>
export declare const limit: number
export interface Options { deep: boolean }
`,
    'types/client.d.ts': `
import { Options } from '../index'
/** Talks. */
declare class Client {
  constructor(options?: Options)
  /** Sends. */
  send(text: string): void
  /** Ends. */
  close(): Promise<void>
  /** Whether it has ended. */
  closed: boolean
}
export default Client
`,
  }
  const USERS = {
    'test/a.js': "const { Client, fetch } = require('..')\nfunction a() { new Client().send('x'); fetch('y') }\n",
    'test/b.ts':
      "import { Client, fetch, type Options } from '..'\n" +
      "export function b(options: Options): void { const it = new Client(options); it.send('x'); it.close(); fetch('y') }\n",
  }
  const MANIFEST = { 'package.json': '{ "name": "it", "main": "index.js", "types": "index.d.ts" }' }

  test('is one thing: lines of the code, words of the declaration, uses of both', async () => {
    const analysis = await analyseTexts({ ...CODE, ...DECLARATIONS, ...USERS, ...MANIFEST })
    const told = (id: string): unknown[] => {
      const one = analysis.components.find((component) => component.id === id)
      return [one?.startLine, one?.endLine, one?.signature, one?.doc]
    }
    assert.deepEqual(
      componentsOf(analysis).filter((one) => !one.startsWith('test/')),
      [
        'index.d.ts#Options interface +',
        'index.d.ts#Options.deep field +',
        'index.js#fetch function +',
        'index.js#limit constant +',
        'lib/base.js#Base class +',
        'lib/base.js#Base.close method +',
        'lib/client.js#Client class +',
        'lib/client.js#Client.closed field +',
        'lib/client.js#Client.send method +',
        'lib/client.js#Client.write method +',
      ],
    )
    assert.deepEqual(told('index.js#fetch'), [4, 4, 'fetch(input: string): Promise<string>', 'Gets it.'])
    assert.deepEqual(told('lib/client.js#Client').slice(0, 2), [3, 7])
    assert.equal(told('lib/client.js#Client')[3], 'Talks.')
    assert.deepEqual(told('lib/client.js#Client.send'), [5, 5, 'send(text: string): void', 'Sends.'])
    assert.deepEqual(told('lib/base.js#Base.close'), [1, 1, 'close(): Promise<void>', 'Ends.'])
    assert.deepEqual(told('lib/client.js#Client.closed'), [3, 7, 'closed: boolean', 'Whether it has ended.'])
    assert.deepEqual(callsOf(analysis, 'test/a.js#a'), [
      'index.js#fetch',
      'lib/client.js#Client',
      'lib/client.js#Client.send',
    ])
    assert.deepEqual(callsOf(analysis, 'test/b.ts#b'), [
      'index.js#fetch',
      'lib/base.js#Base.close',
      'lib/client.js#Client',
      'lib/client.js#Client.send',
    ])
    const imports = edgesOf(analysis).filter((one) => one.startsWith('test/') && one.includes(' imports '))
    assert.deepEqual(imports, ['test/a.js imports index.js (import)', 'test/b.ts imports index.js (import)'])
    assert.deepEqual(exportsOf(analysis, 'index.d.ts').slice(0, 2), [
      'Client lib/client.js#Client',
      'Options index.d.ts#Options',
    ])
    assert.ok(edgesOf(analysis).includes('test/b.ts#b uses-type index.d.ts#Options (import)'))
  })

  test('is found beside it without a manifest, and by the types of an entry', async () => {
    const beside = await analyseTexts({
      'a.js': 'exports.run = function (n) { return n }\n',
      'a.d.ts': '/** Runs. */\nexport function run(n: number): number\n',
    })
    assert.deepEqual(
      beside.components.map(({ id, doc }) => [id, doc]),
      [['a.js#run', 'Runs.']],
    )
    const entry = await analyseTexts({
      'package.json':
        '{ "name": "it", "exports": { ".": { "require": { "types": "./types/it.d.ts", "default": "./lib/it.js" } } } }',
      'lib/it.js': 'module.exports = function it() {}\n',
      'types/it.d.ts': '/** It. */\ndeclare function it(): void\nexport = it\n',
      'use.js': "const it = require('it')\nexports.go = () => it()\n",
    })
    assert.deepEqual(callsOf(entry, 'use.js#go'), ['lib/it.js#it'])
    assert.equal(entry.components.find(({ id }) => id === 'lib/it.js#it')?.doc, 'It.')
  })

  test('gives TypeScript its types, and what is used of them', async () => {
    const analysis = await analyseTexts({
      'plan.js': 'export function plan() {}\n',
      'plan.d.ts': 'export interface Plan { at: number }\nexport type Many = Plan[]\nexport function plan(): Plan\n',
      'fly.js': "import { plan } from './plan.js'\nexport function fly() { plan() }\n",
      'fly.d.ts':
        "import type { Plan } from './plan.js'\nexport { Many } from './plan.js'\n" +
        'export interface Flight extends Plan { by: string }\nexport function fly(plan: Plan): void\n',
      'use.ts': "import { plan } from './plan.js'\nexport function use(): void { plan() }\n",
    })
    const edges = edgesOf(analysis)
    assert.ok(edges.includes('fly.d.ts#Flight extends plan.d.ts#Plan (import)'))
    assert.ok(edges.includes('fly.d.ts uses-type plan.d.ts#Plan (import)'))
    assert.ok(exportsOf(analysis, 'fly.d.ts').includes('Many plan.d.ts#Many'))
    assert.deepEqual(callsOf(analysis, 'fly.js#fly'), ['plan.js#plan'])
    assert.deepEqual(callsOf(analysis, 'use.ts#use'), ['plan.js#plan'])
  })

  test('takes the signatures and words of the interface that types it, and keeps its own where the other has none', async () => {
    const { components } = await analyseTexts({
      'plan.js': 'export const plan = (stores, by) => {}\n/** Flies in steps. */\nexport function fly() {}\n',
      'plan.d.ts':
        'interface Plan {\n  /** @deprecated Use one. */\n  (a: string[], by: number): void\n' +
        '  /** Plans flights. */\n  (a: string, by: number): number\n  /** Plans one. */\n  (a: string): number\n}\nexport const plan: Plan\n' +
        '/** @deprecated Walk. */\nexport function fly(): void\ninterface Keeps { (a: string): void; last: string }\nexport const keep: Keeps\n',
    })
    const told = (name: string): unknown[] => {
      const one = components.find((component) => component.name === name && component.parent === null)
      return [one?.kind, one?.signature, one?.overloads, one?.doc, one?.details?.deprecated]
    }
    assert.deepEqual(told('plan'), [
      'function',
      'plan(a: string, by: number): number',
      ['plan(a: string): number'],
      'Plans flights.\n\n`plan(a: string): number`: Plans one.',
      undefined,
    ])
    assert.deepEqual(told('fly'), ['function', 'fly(): void', undefined, 'Flies in steps.', 'Walk.'])
    assert.deepEqual(told('keep').slice(0, 2), ['constant', 'const keep: Keeps'])
  })

  test('a namespace that is declared for a module is that module', async () => {
    const analysis = await analyseTexts({
      'index.js': "const errors = require('./lib/errors')\nmodule.exports.errors = errors\n",
      'lib/errors.js': 'class Bad extends Error {}\nmodule.exports = { Bad }\n',
      'index.d.ts': "import errors from './types/errors'\nexport { errors }\n",
      'types/errors.d.ts': 'export default Errors\ndeclare namespace Errors { export class Bad extends Error {} }\n',
      'use.ts': "import { errors } from './index'\nexport function use(): void { new errors.Bad() }\n",
    })
    assert.deepEqual(componentsOf(analysis), ['lib/errors.js#Bad class +', 'use.ts#use function +'])
    assert.deepEqual(exportsOf(analysis, 'index.js'), ['errors lib/errors.js'])
    assert.deepEqual(callsOf(analysis, 'use.ts#use'), ['lib/errors.js#Bad'])
  })

  test('declarations without code stay as they are', async () => {
    const analysis = await analyseTexts({
      'a.d.ts': 'export function run(n: number): number\n',
      'b.js': 'exports.run = 1\n',
    })
    assert.deepEqual(componentsOf(analysis), ['a.d.ts#run function +', 'b.js#run constant +'])
  })
})

test('a function without parameters that reads its arguments takes any', async () => {
  const { components } = await analyseTexts({
    'a.js': `exports.emit = function () {
  bus.emit.apply(bus, [].slice.call(arguments))
}
exports.each = function () {
  return () => arguments.length
}
exports.plan = function () {
  return function () { return arguments[0] + call.arguments }
}
exports.read = function (name) { return arguments[1] }
exports.assign = function (/* target, ... sources */) { return arguments[0] }
exports.own = function () { return { arguments: call.arguments } }
exports.taken = function () { const { arguments: args } = call; return args }
`,
  })
  assert.deepEqual(components.map(({ name, signature }) => `${name}: ${signature}`).toSorted(), [
    'assign: assign(target, ...sources)',
    'each: each(...args)',
    'emit: emit(...args)',
    'own: own()',
    'plan: plan()',
    'read: read(name)',
    'taken: taken()',
  ])
})

test('an exported function without a name has that of its importers, signs included', async () => {
  const { components } = await analyseTexts({
    'query.js': 'module.exports = function () {}\n',
    'use.js': "const $$ = require('./query')\n$$()\n",
  })
  assert.deepEqual(
    components.filter(({ file }) => file === 'query.js').map(({ name, signature }) => [name, signature]),
    [['$$', '$$()']],
  )
})

test('a property of an exported object is no declaration', async () => {
  const { components } = await analyseTexts({
    'a.js': 'module.exports = {\n  limit: 3,\n  names: { one: 1 },\n}\n',
  })
  assert.deepEqual(components.flatMap(({ parent, signature }) => (parent === null ? [signature] : [])).toSorted(), [
    'limit = 3',
    'names',
  ])
})

test('values beside functions of an object are members; what they only name keeps its uses', async () => {
  const { components, edges } = await analyseTexts({
    'utils.js': `const semver = require('semver')
module.exports = {
  fits: (test) => semver.satisfies(test),
  isMac: process.platform === 'darwin',
  merge: require('./merge'),
}
var tables = (exports.tables = { load() {}, size: 3, merge: require('./merge') })
var data = (exports.data = { size: 3, other: 4 })
`,
    'merge.js': 'module.exports = function merge(a) { return a }\n',
    'run.js': "const { tables } = require('./utils')\nexports.run = () => tables.merge(tables.size)\n",
  })
  const names = components.filter(({ parent }) => parent !== null).map(({ kind, signature }) => `${kind} ${signature}`)
  assert.deepEqual(names.sort(), ["field merge = require('./merge')", 'field size = 3', 'method load()'])
  assert.ok(edges.some(({ from, to }) => from === 'run.js#run' && to === 'merge.js#merge'))
  assert.ok(edges.some(({ from, to }) => from === 'run.js#run' && to === 'utils.js#tables.size'))
  const named = await analyseTexts({
    'merge.js': 'module.exports = function merge(a) { return a }\n',
    'a.js':
      "const merge = require('./merge')\nmodule.exports = { load() {}, join: merge }\nconst o = { run() {}, other: merge }\no.other()\n",
  })
  const edgesOfO = named.edges.filter(({ from, kind }) => from.startsWith('a.js') && kind !== 'imports')
  assert.deepEqual(
    edgesOfO.map(({ from, kind, to }) => `${from} ${kind} ${to}`),
    ['a.js references a.js#o', 'a.js calls merge.js#merge', 'a.js#o.other references merge.js#merge'],
  )
})
