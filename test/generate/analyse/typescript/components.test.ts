import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseTexts, componentsOf, edgesOf } from './analyse-texts.ts'

async function shapesOf(text: string, path = 'a.ts'): Promise<string[]> {
  return componentsOf(await analyseTexts({ [path]: text }))
}

async function signaturesOf(text: string, path = 'a.ts'): Promise<string[]> {
  return (await analyseTexts({ [path]: text })).components.map((component) => component.signature)
}

test('declarations of every kind are components, exported or not', async () => {
  const shapes = await shapesOf(`
export class C { x = 1; #y = 2; private z = 3; protected w(): void {}; get v() { return 1 } set v(n) {}; static s(): void {}
  arrow = () => 1; constructor(readonly p: string, q: number) {} }
export interface I { m(): void; f: string; g?: () => void }
export type T = { a: string }
export enum E { One, Two }
export const k = 1, fn = () => 2, Cls = class { m() {} }
export const api = { go() {}, run: () => 1, value: 3 }
const hidden = 1
function inner() { function nested() {} }
namespace N { export function f() {} function g() {} }
export declare namespace Open { type A = 1 }
export declare namespace Limited { type A = 1; type B = 2; export type C = 3; export { B } }
export { inner as outer }
export default function () {}
`)
  assert.deepEqual(shapes, [
    'a.ts#C class +',
    'a.ts#C.#y field -',
    'a.ts#C.arrow method +',
    'a.ts#C.p field +',
    'a.ts#C.s method +',
    'a.ts#C.v field +',
    'a.ts#C.w method -',
    'a.ts#C.x field +',
    'a.ts#C.z field -',
    'a.ts#Cls class +',
    'a.ts#Cls.m method +',
    'a.ts#E enum +',
    'a.ts#I interface +',
    'a.ts#I.f field +',
    'a.ts#I.g method +',
    'a.ts#I.m method +',
    'a.ts#Limited namespace +',
    'a.ts#Limited.A type -',
    'a.ts#Limited.B type +',
    'a.ts#Limited.C type +',
    'a.ts#N namespace -',
    'a.ts#N.f function -',
    'a.ts#N.g function -',
    'a.ts#Open namespace +',
    'a.ts#Open.A type +',
    'a.ts#T type +',
    'a.ts#T.a field +',
    'a.ts#api constant +',
    'a.ts#api.go method +',
    'a.ts#api.run method +',
    'a.ts#api.value field +',
    'a.ts#default function +',
    'a.ts#fn function +',
    'a.ts#inner function +',
    'a.ts#k constant +',
  ])
})

test('names that repeat are numbered in order of lines, overloads are one', async () => {
  const analysis = await analyseTexts({
    'a.ts': `
export type Same = 1
export const Same = 1
export function over(a: string): string
export function over(a: number): number
export function over(a: unknown): unknown { return a }
`,
  })
  assert.deepEqual(
    analysis.components.map(({ id, startLine, endLine, signature }) => [id, startLine, endLine, signature]),
    [
      ['a.ts#Same', 2, 2, 'type Same = 1'],
      ['a.ts#Same~2', 3, 3, 'const Same = 1'],
      ['a.ts#over', 4, 6, 'over(a: string): string'],
    ],
  )
})

test('names of the language itself are names like any other', async () => {
  const shapes = await shapesOf(
    'export const __proto__ = 1\nexport class constructor { __proto__() {} toString() {} }\n',
  )
  assert.deepEqual(shapes, [
    'a.ts#__proto__ constant +',
    'a.ts#constructor class +',
    'a.ts#constructor.__proto__ method +',
    'a.ts#constructor.toString method +',
  ])
})

test('a signature is one line without body, comments and long defaults', async () => {
  assert.deepEqual(
    await signaturesOf(`
export class Router<T extends object = {}> extends Base<T> implements A, B {
  constructor(
    private readonly path: string, // where
    options: { deep: boolean; } = { deep: true },
  ) { super() }
  static readonly size = 10
  match?(path: string /* any */, ...rest: T[]): Match | undefined { }
  on = async (event: 'a, b', handler: (x: number) => void = () => {}): Promise<void> => {}
}
export const limit: number = 3
export const add = function <T>({ a, b }: Pair<T>, c = 5): T { return a }
`),
    [
      'class Router<T extends object = {}> extends Base<T> implements A, B { constructor(path: string, options: { deep: boolean; } = …) }',
      'match?(path: string, ...rest: T[]): Match | undefined',
      "on(event: 'a, b', handler: (x: number) => void = …): Promise<void>",
      'private readonly path: string',
      'static readonly size = 10',
      'add<T>({ a, b }: Pair<T>, c = 5): T',
      'const limit: number',
    ],
  )
  const [long] = await signaturesOf(
    `export type Long = ${Array.from({ length: 300 }, (_, n) => `'v${n}'`).join('\n | ')}`,
  )
  assert.equal(long?.length, 2_000)
})

test('long defaults inside of a destructured parameter are shortened', async () => {
  const [signature] = await signaturesOf(
    `export function plan({ go: way = (at: number) => { const all = [at]; all.push(at + 1); return all.length }, at = 2, ...rest }: P): void {}`,
  )
  assert.equal(signature, 'plan({ go: way = …, at = 2, ...rest }: P): void')
})

test('CommonJS exports of every form are components', async () => {
  const shapes = await shapesOf(
    `
exports.one = function (a) {}
module.exports.two = () => 1
exports.three = 3
var proto = module.exports = function handle() {}
proto.use = function use(fn) {}
/** @private */
proto.secret = function () {}
function Old() {}
Old.prototype.go = function () {}
Old.prototype = { stop: function () {}, count: 1 }
;(function () { exports.inside = function () {} })()
var required = require('x')
exports.again = required
`,
    'a.js',
  )
  assert.deepEqual(shapes, [
    'a.js#Old class -',
    'a.js#Old.count field -',
    'a.js#Old.go method -',
    'a.js#Old.stop method -',
    'a.js#inside function +',
    'a.js#one function +',
    'a.js#proto function +',
    'a.js#proto.secret method -',
    'a.js#proto.use method +',
    'a.js#three constant +',
    'a.js#two function +',
  ])
  const object = await shapesOf('module.exports = { a() {}, b: function () {}, c: 1, d }\nfunction d() {}\n', 'b.cjs')
  assert.deepEqual(object, ['b.cjs#a function +', 'b.cjs#b function +', 'b.cjs#c constant +', 'b.cjs#d function +'])
  assert.deepEqual(await shapesOf('module.exports = (x) => x\n', 'c.js'), ['c.js#module.exports function +'])
})

test('members that JavaScript sets by aliases, getters and loops are told; those of unknown names as one', async () => {
  const found = await shapesOf(
    `
var api = module.exports = {}
api.set = api.header = function (name) {}
defineGetter(api, 'fresh', function () { return true })
on(api, 'event', function () {})
;['get', 'post'].forEach(function (verb) { api[verb] = function (path) {} })
names.forEach((name) => { api[name] = function (path) {}; api[other] = function () {} })
for (const key of ['one', 'two']) { api[key] = () => {} }
function defineGetter(o, n, g) {}
`,
    'a.js',
  )
  assert.deepEqual(
    found.filter((one) => one.includes('#api.')),
    [
      'a.js#api.[name] method +',
      'a.js#api.fresh field +',
      'a.js#api.get method +',
      'a.js#api.header method +',
      'a.js#api.one method +',
      'a.js#api.post method +',
      'a.js#api.set method +',
      'a.js#api.two method +',
    ],
  )
})

test('a comment that heads a list of exports describes none of them', async () => {
  const text = `
/** Expose constructors. */
exports.Plan = Base.Plan
/** Exports the plan as JSON, with all its parts. */
exports.json = Base.json
`
  const { components } = await analyseTexts({ 'a.js': text })
  assert.deepEqual(
    components.map(({ name, doc }) => [name, doc]),
    [
      ['Plan', null],
      ['json', 'Exports the plan as JSON, with all its parts.'],
    ],
  )
})

test('a constant that a tag hides is a component for the files that import it, and not exported', async () => {
  const analysis = await analyseTexts({
    'a.ts':
      '/** @internal */\nexport const hidden = wrap(1)\nconst own = wrap(2)\ndeclare function wrap(n: number): number\n',
    'b.ts': "import { hidden } from './a'\nexport const shown = hidden\n",
  })
  assert.deepEqual(componentsOf(analysis), ['a.ts#hidden constant -', 'a.ts#wrap function -', 'b.ts#shown constant +'])
  assert.ok(edgesOf(analysis).includes('b.ts#shown references a.ts#hidden (import)'))
})

test('a quoted member is a component unless its name looks like the number of a second one', async () => {
  assert.deepEqual(await shapesOf("export interface A { '~standard': number; 'a~2': number; b: number }\n"), [
    'a.ts#A interface +',
    'a.ts#A.b field +',
    'a.ts#A.~standard field +',
  ])
})

test('a type assertion tells the type of a value, unless it says less than the value', async () => {
  assert.deepEqual(
    await signaturesOf(`
export const redux = impl as unknown as Redux
export const make = ((state) => state) as Make
export const run = ((state: State) => state) as any
export const two = 2 as const
export const own: Own = impl as Redux
export const four = (impl as Redux) satisfies object
`),
    ['const four: Redux', 'make: Make', 'const own: Own', 'const redux: Redux', 'run(state: State)', 'const two = 2'],
  )
})

test('members of object types that end with their lines are told apart on one line', async () => {
  assert.deepEqual(
    await signaturesOf(`
export type Options = {
  /** A name. */
  name: string // of it
  inner: {
    a: number
    b(): void
  }
  last?: 'x;y',
}
export function f(of: {
  a: string
  b: string; c: string
}): void {}
`),
    [
      "type Options = { name: string; inner: { a: number; b(): void }; last?: 'x;y', }",
      'inner: { a: number; b(): void }',
      "last?: 'x;y'",
      'name: string',
      'f(of: { a: string; b: string; c: string }): void',
    ],
  )
})

test('what a file exports without a name is called as its users call it', async () => {
  const analysis = await analyseTexts({
    'index.js': "var disk = require('./storage/disk')\nmodule.exports.diskStorage = disk\n",
    'other.js': "var other = require('./lone')\nother()\n",
    'storage/disk.js': 'module.exports = function (opts) {}\nmodule.exports.part = function () {}\n',
    'lone.js': 'module.exports = (a) => a\n',
  })
  const named = analysis.components.map(({ id, name, qualifiedName, signature }) => [
    id,
    name,
    qualifiedName,
    signature,
  ])
  assert.deepEqual(named[1]?.slice(0, 3), ['storage/disk.js#module.exports', 'diskStorage', 'diskStorage'])
  assert.match(String(named[1]?.[3]), /^diskStorage\(opts\)/)
  assert.equal(named[0]?.[1], 'other')
})

test('a function with a prototype or with heirs is a class, and what an exported function makes is exported', async () => {
  const shapes = await shapesOf(
    `
function Upload(options) { this.a = options }
Upload.prototype.single = function (name) {}
Upload.prototype._make = function () {}
function Hidden() {}
Hidden.prototype.no = function () {}
function Failure(code) {}
util.inherits(Failure, Error)
function upload(options) {
  if (options) return new Upload(options)
  function inner() { return new Hidden() }
}
module.exports = upload
`,
    'a.js',
  )
  assert.deepEqual(shapes, [
    'a.js#Failure class -',
    'a.js#Hidden class -',
    'a.js#Hidden.no method -',
    'a.js#Upload class +',
    'a.js#Upload._make method -',
    'a.js#Upload.single method +',
    'a.js#upload function +',
  ])
})

test('what an arrow function makes is public, too', async () => {
  assert.deepEqual(await shapesOf('class Relay { run() {} }\nmodule.exports = (x) => new Relay(x)\n', 'a.js'), [
    'a.js#Relay class +',
    'a.js#Relay.run method +',
    'a.js#module.exports function +',
  ])
})

test('what has no name is called as code calls it, then as its path, last as tests do', async () => {
  const analysis = await analyseTexts({
    'packages/send-type/index.js': 'module.exports = function (x) {}\n',
    'packages/url/index.js': 'module.exports = function (x) {}\n',
    'index.js': 'module.exports = function (x) {}\n',
    'packages/use.js': "const parse = require('./url')\nparse(1)\n",
    ...Object.fromEntries(
      ['one', 'two'].map((name) => [
        `tests/${name}.js`,
        "const fn = require('../packages/send-type')\nconst it = require('../packages/url')\nconst sub = require('..')\nfn(it, sub)\n",
      ]),
    ),
  })
  assert.deepEqual(
    analysis.components
      .filter(({ id }) => id.endsWith('module.exports'))
      .map(({ id, name }) => [id.split('#')[0], name]),
    [
      ['index.js', 'sub'],
      ['packages/send-type/index.js', 'sendType'],
      ['packages/url/index.js', 'parse'],
    ],
  )
})

test('what is read and written says both, in one entry', async () => {
  const { components, edges } = await analyseTexts({
    'box.ts': `export class Box {
  /** Sets it. */
  set size(value: number) {}
  /** The size. */
  get size(): number { return 1 }
  get only() { return 1 }
  set written(value: string) {}
  static get at() { return 1 }
  static set at(value) {}
}
export function use(box: Box) { box.size = 1; box.written = '' }`,
  })
  const signatures = components.flatMap(({ kind, signature, overloads = [] }) =>
    kind === 'field' ? [[signature, ...overloads]] : [],
  )
  assert.deepEqual(signatures, [
    ['static get at()', 'static set at(value)'],
    ['get only()'],
    ['get size(): number', 'set size(value: number)'],
    ['set written(value: string)'],
  ])
  assert.equal(components.find(({ name }) => name === 'size')?.doc, 'Sets it.\n\nThe size.')
  const used = edges.filter(({ from, kind }) => from === 'box.ts#use' && kind === 'calls').map(({ to }) => to)
  assert.deepEqual(used, ['box.ts#Box.size', 'box.ts#Box.written'])
})

test('types that are put together, called, made and indexed have members', async () => {
  const { components } = await analyseTexts({
    'types.ts': `export type Options = Shape & {
  /** The first. */
  first?: string
} & ({ second(): void })
export interface Shape {
  /** Calls it. */
  (text: string): number
  (number: number): string
  new (text: string): Shape
  /** Any. */
  [key: string]: unknown
  /** Hidden. @internal */
  hidden: string
}`,
  })
  const lines = components.map(({ qualifiedName, signature, overloads = [], doc, exported }) =>
    [qualifiedName, exported ? '+' : '-', [signature, ...overloads].join(' | '), doc ?? ''].join(' '),
  )
  assert.deepEqual(lines, [
    'Options + type Options = Shape & { first?: string } & ({ second(): void }) ',
    'Options.first + first?: string The first.',
    'Options.second + second(): void ',
    'Shape + interface Shape ',
    'Shape.[call] + (text: string): number | (number: number): string Calls it.',
    'Shape.[index] + [key: string]: unknown Any.',
    'Shape.[new] + new (text: string): Shape ',
    'Shape.hidden - hidden: string Hidden.',
  ])
})

test('a hidden overload is not offered and hides no other one', async () => {
  const { components } = await analyseTexts({
    'a.ts': `
/** @internal */
export function plan(raw: number): void
/** Plans a course. */
export function plan(target: string): void
export function plan(target: unknown): void { target }
/** Draws a text. */
export function draw(text: string): void
/** @internal */
export function draw(raw: number): void
export function draw(raw: unknown): void { raw }
/** @internal */
export function hide(text: string): void
/** @internal */
export function hide(raw: number): void
export function hide(raw: unknown): void { raw }
export class Ship {
  /** @internal */
  go(raw: number): void
  /** @deprecated Use the last. */
  go(raw: string): void
  /** Goes. */
  go(): void
  go(raw?: unknown): void { raw }
}`,
  })
  const lines = components.map(({ qualifiedName, signature, overloads = [], doc, exported, hidden }) =>
    [qualifiedName, exported ? '+' : '-', hidden ? 'hidden' : '', signature, ...overloads, doc ?? ''].join('|'),
  )
  assert.deepEqual(lines, [
    'Ship|+||class Ship|',
    'Ship.go|+||go(): void|Goes.',
    'draw|+||draw(text: string): void|Draws a text.',
    'hide|-|hidden|hide(text: string): void|hide(raw: number): void|',
    'plan|+||plan(target: string): void|Plans a course.',
  ])
})

test('the words of a further overload are told after its signature', async () => {
  const analysis = await analyseTexts({
    'a.d.ts': `
export declare class Command {
  /** Set the name. */
  name(str: string): this
  /** Get the name. */
  name(): string
}
`,
    'c.ts': `
/**
 * Gets it.
 * @param key - Its key.
 * @returns The value.
 */
export function value(this: Store, key: string): string
/**
 * Sets it.
 * @param key - Its key.
 * @param set - The new value.
 * @returns The instance.
 */
export function value(this: Store, key: string, set: string | ((this: Store, at: number, before: string) => string)): Store
// Not for users
export function value(this: Store): unknown
export function value(this: Store): unknown { return this }
`,
    'd.ts': `
export class Craft {
  constructor(name: string)
  constructor(name: string, mass: number)
  constructor(name: string, mass?: number) {}
}
`,
    'b.ts': `
/** Takes a text. */
export function over(a: string): string
/** Takes a text. */
export function over(a: number): number
/** Does it. */
export function over(a: unknown): unknown { return a }
`,
  })
  const docs = analysis.components.map(({ qualifiedName, doc }) => [qualifiedName, doc])
  assert.deepEqual(docs, [
    ['Command', null],
    ['Command.name', 'Set the name.\n\n`name(): string`: Get the name.'],
    ['over', 'Takes a text.'],
    ['value', 'Gets it.\n\n`value(key, set)`: Sets it.'],
    ['Craft', null],
  ])
  const [value, craft] = analysis.components.slice(-2)
  assert.equal(craft?.signature, 'class Craft { constructor(name: string); constructor(name: string, mass: number) }')
  assert.deepEqual(value?.details, {
    parameters: [
      { name: 'key', type: '', text: 'Its key.' },
      { name: 'set', type: '', text: 'The new value.' },
    ],
  })
})

test('an exported constant is a component even if its value is a module, and a local name of a function is not the exported one', async () => {
  const text = "export const fs = require('node:fs')\nexport const version: string = require('./p.json').version\n"
  assert.deepEqual(await shapesOf(text), ['a.ts#fs constant +', 'a.ts#version constant +'])
  const local = "import { run } from './x'\n;(function () { function run() {} })()\nexport { run }\n"
  assert.deepEqual(await shapesOf(local), ['a.ts#run function -'])
})
