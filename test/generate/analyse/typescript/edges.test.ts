import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseTexts, edgesOf } from './analyse-texts.ts'

test('calls, types, inheritance and instances lead to where things are defined', async () => {
  const analysis = await analyseTexts({
    'src/base.ts': `
export abstract class Base { run(): void { this.step() } protected step(): void {} }
export interface Runner { run(): void }
`,
    'src/index.ts': `
export * from './base.js'
export { helper as help } from './helper'
`,
    'src/helper.ts': 'export function helper(n: number): number { return n <= 0 ? 0 : helper(n - 1) }\n',
    'src/main.ts': `
import { Base, help, type Runner } from './index.js'
import * as all from './index.js'
export class Main extends Base implements Runner {
  count = help(1)
  constructor(private other: Runner) { super() }
  go(): void { this.run(); this.other.run(); this.step(); all.help(2) }
}
export const make = (): Main => new Main(new Main(undefined as unknown as Runner))
make().go()
`,
  })
  assert.deepEqual(edgesOf(analysis), [
    'src/base.ts#Base.run calls src/base.ts#Base.step (same-file)',
    'src/index.ts imports src/base.ts (import)',
    'src/index.ts imports src/helper.ts (import)',
    'src/main.ts calls src/main.ts#Main.go (same-file)',
    'src/main.ts calls src/main.ts#make (same-file)',
    'src/main.ts imports src/index.ts (import)',
    'src/main.ts#Main extends src/base.ts#Base (import)',
    'src/main.ts#Main implements src/base.ts#Runner (import)',
    'src/main.ts#Main.count calls src/helper.ts#helper (import)',
    'src/main.ts#Main.go calls src/base.ts#Base.run (inheritance)',
    'src/main.ts#Main.go calls src/base.ts#Base.step (inheritance)',
    'src/main.ts#Main.go calls src/base.ts#Runner.run (receiver-type)',
    'src/main.ts#Main.go calls src/helper.ts#helper (import)',
    'src/main.ts#Main.go references src/main.ts#Main.other (same-file)',
    'src/main.ts#Main.other uses-type src/base.ts#Runner (import)',
    'src/main.ts#make instantiates src/main.ts#Main (same-file)',
    'src/main.ts#make uses-type src/base.ts#Runner (import)',
    'src/main.ts#make uses-type src/main.ts#Main (same-file)',
  ])
  assert.deepEqual(analysis.reports, [
    {
      language: 'typescript',
      engine: 'compiler',
      files: 4,
      components: 11,
      callsResolved: 11,
      callsUnresolved: 0,
      failed: [],
    },
  ])
})

test('a shadowed name, a same name elsewhere and an unknown receiver give no edge', async () => {
  const analysis = await analyseTexts({
    'a.ts': 'export function send(): void {}\nexport function close(): void {}\n',
    'b.ts': `
import { send } from './a'
export function one(send: () => void): void { send() }
export function two(socket: any): void { socket.close(); close() }
declare function close(): void
export function three(): void { const send = (): void => {}; send() }
`,
  })
  assert.deepEqual(edgesOf(analysis), ['b.ts imports a.ts (import)', 'b.ts#two calls b.ts#close (same-file)'])
})

test('CommonJS objects, prototypes and getters have members that call each other', async () => {
  const analysis = await analyseTexts({
    'index.js': "'use strict'\nmodule.exports = require('./lib/express')\n",
    'lib/express.js': `
var proto = require('./application')
var mixin = require('merge-descriptors')
exports = module.exports = createApplication
function createApplication() { var app = {}; mixin(app, proto, false); return app }
exports.application = proto
exports.json = require('body-parser').json
`,
    'lib/application.js': `
var utils = require('./utils')
var View = require('./view')
var app = exports = module.exports = {}
app.init = function init() { this.set('x', utils.compile('y')) }
app.set = function set(key, value) { return value }
app.render = function render(name) { new View(name).lookup(name); setImmediate(function () { this.set() }) }
`,
    'lib/utils.js':
      'exports.compile = function (text) { return trim(text) }\nfunction trim(text) { return text.trim() }\n',
    'lib/view.js': `
module.exports = View
function View(name) { this.path = this.lookup(name) }
View.prototype.lookup = function lookup(name) { return name }
`,
    'lib/request.js': `
var req = Object.create(require('http').IncomingMessage.prototype)
module.exports = req
req.get = function header(name) { return name }
defineGetter(req, 'xhr', function xhr() { return this.get('X') })
function defineGetter(obj, name, getter) { Object.defineProperty(obj, name, { get: getter }) }
`,
    'test/app.test.js': "var express = require('..')\nit('works', function () { express() })\n",
  })
  assert.deepEqual(edgesOf(analysis), [
    'index.js imports lib/express.js (import)',
    'lib/application.js imports lib/utils.js (import)',
    'lib/application.js imports lib/view.js (import)',
    'lib/application.js#app.init calls lib/application.js#app.set (same-file)',
    'lib/application.js#app.init calls lib/utils.js#compile (import)',
    'lib/application.js#app.render calls lib/view.js#View.lookup (receiver-type)',
    'lib/application.js#app.render instantiates lib/view.js#View (import)',
    'lib/express.js imports lib/application.js (import)',
    'lib/express.js#createApplication references lib/application.js#app (import)',
    'lib/request.js calls lib/request.js#defineGetter (same-file)',
    'lib/request.js references lib/request.js#req (same-file)',
    'lib/request.js#req.xhr calls lib/request.js#req.get (same-file)',
    'lib/utils.js#compile calls lib/utils.js#trim (same-file)',
    'lib/view.js#View calls lib/view.js#View.lookup (same-file)',
    'test/app.test.js calls lib/express.js#createApplication (import)',
    'test/app.test.js imports index.js (import)',
    'test/app.test.js tests index.js (import)',
    'test/app.test.js tests lib/express.js (import)',
  ])
})

test('to read or assign a property with accessors calls them', async () => {
  const analysis = await analyseTexts({
    'core.ts': `
export class Conf {
  plain = 1
  protected static get at() { return 1 }
  get store() { return this.load() }
  set store(value) { this.write(value) }
  get: number
  load() { return this.plain + this.get }
  write(value: number) { return Conf.at }
  set(key: string) { this.store = 1 }
}
`,
    'use.ts': "import { Conf } from './core.ts'\nexport const all = (conf: Conf) => conf.store + conf.plain\n",
  })
  assert.deepEqual(
    edgesOf(analysis).filter((edge) => / core\.ts#Conf\./.test(edge)),
    [
      'core.ts#Conf.load references core.ts#Conf.get (same-file)',
      'core.ts#Conf.load references core.ts#Conf.plain (same-file)',
      'core.ts#Conf.set calls core.ts#Conf.store (same-file)',
      'core.ts#Conf.store calls core.ts#Conf.load (same-file)',
      'core.ts#Conf.store calls core.ts#Conf.write (same-file)',
      'core.ts#Conf.write calls core.ts#Conf.at (same-file)',
      'use.ts#all calls core.ts#Conf.store (receiver-type)',
      'use.ts#all references core.ts#Conf.plain (receiver-type)',
    ],
  )
})

test('a value and a type of one name are told apart by where the name stands', async () => {
  const analysis = await analyseTexts({
    'core.ts': `
export interface Type<T> { value: T }
export const Type = <T>(value: T): Type<T> => ({ value })
`,
    'use.ts': `
import { Type } from './core'
export function build(): void { Type(1) }
export function take(type: Type<number>): number { return type.value }
`,
  })
  assert.deepEqual(edgesOf(analysis), [
    'core.ts#Type~2 uses-type core.ts#Type (same-file)',
    'use.ts imports core.ts (import)',
    'use.ts#build calls core.ts#Type~2 (import)',
    'use.ts#take references core.ts#Type.value (receiver-type)',
    'use.ts#take uses-type core.ts#Type (import)',
  ])
})

test('what augments a module is not the module', async () => {
  const analysis = await analyseTexts({
    'core.ts': 'export interface Type { a: string }\n',
    'more.test.ts': "import './core'\ndeclare module './core' { interface Type { b: string } }\n",
    'use.ts': "import * as core from './core'\nexport const all = [core]\nexport const b = (x: core.Type) => x.b\n",
  })
  assert.deepEqual(edgesOf(analysis), [
    'more.test.ts imports core.ts (import)',
    'more.test.ts tests core.ts (import)',
    'use.ts imports core.ts (import)',
    'use.ts#b references more.test.ts#./core.Type.b (receiver-type)',
    'use.ts#b uses-type core.ts#Type (import)',
  ])
})

test('templates, decorators and dynamic imports are uses', async () => {
  const analysis = await analyseTexts({
    'ui.tsx': `
export function Button(props: { label: string }) { return <button>{props.label}</button> }
export class Panel { render() { return <div><Button label="x" /></div> } }
export const view = () => <Panel />
`,
    'deco.ts': `
export function sealed(target: unknown): void {}
@sealed export class Box {}
export const load = async () => (await import('./ui')).view()
export type Props = import('./ui').Panel
`,
  })
  assert.deepEqual(edgesOf(analysis), [
    'deco.ts imports ui.tsx (import)',
    'deco.ts#Box calls deco.ts#sealed (same-file)',
    'deco.ts#Props uses-type ui.tsx#Panel (import)',
    'deco.ts#load calls ui.tsx#view (receiver-type)',
    'ui.tsx#Panel.render calls ui.tsx#Button (same-file)',
    'ui.tsx#view instantiates ui.tsx#Panel (same-file)',
  ])
})

test('without the checker imported names, own names and members of this are still found', async () => {
  const files = {
    'a.ts': `
import { Base as Root, make } from './b'
import * as b from './b'
export class A extends Root { go(): void { this.stop(); make(); b.make() } stop(): void {} }
export function local(make: () => void): void { make() }
`,
    'b.ts': "export * from './c'\nexport { create as make } from './c'\n",
    'c.ts': 'export class Base {}\nexport function create(): Base { return new Base() }\n',
  }
  const analysis = await analyseTexts(files)
  assert.deepEqual(edgesOf(analysis), [
    'a.ts imports b.ts (import)',
    'a.ts#A extends c.ts#Base (import)',
    'a.ts#A.go calls a.ts#A.stop (same-file)',
    'a.ts#A.go calls c.ts#create (import)',
    'b.ts imports c.ts (import)',
    'c.ts#create instantiates c.ts#Base (same-file)',
    'c.ts#create uses-type c.ts#Base (same-file)',
  ])
})

test('a field that holds a function overrides a method, a field hides a field', async () => {
  const texts = {
    'base.ts': 'export interface Router { name: string; match(path: string): void }\n',
    'main.ts':
      "import type { Router } from './base'\nconst match = (path: string): void => {}\n" +
      "export class Tree implements Router { name = 'tree'; match: typeof match = match }\n",
  }
  const overrides = edgesOf(await analyseTexts(texts)).filter((edge) => edge.includes(' overrides '))
  assert.deepEqual(overrides, ['main.ts#Tree.match overrides base.ts#Router.match (inheritance)'])
})

test('a method overrides that of its base class and of each interface, however far up', async () => {
  const texts = {
    'base.ts': `
export interface Runner { run(): void; name: string }
export abstract class Base { abstract run(): void; stop(): void {} static make(): void {} name = '' }
`,
    'middle.ts': "import { Base } from './base'\nexport abstract class Middle extends Base {}\n",
    'main.ts': `
import type { Runner } from './base'
import { Middle } from './middle'
export class Main extends Middle implements Runner {
  run = (): void => {}
  stop(): void {}
  static make(): void {}
  name = 'main'
  other(): void {}
}
`,
  }
  const overrides = (edges: string[]): string[] => edges.filter((edge) => edge.includes(' overrides '))
  assert.deepEqual(overrides(edgesOf(await analyseTexts(texts))), [
    'main.ts#Main.run overrides base.ts#Base.run (inheritance)',
    'main.ts#Main.run overrides base.ts#Runner.run (inheritance)',
    'main.ts#Main.stop overrides base.ts#Base.stop (inheritance)',
  ])
})

test('the value of a name that is asked for by typeof is referred to, and not used as a type', async () => {
  const analysis = await analyseTexts({
    'a.ts': 'export const table = { a: 1 }\nexport type Row = { a: number }\n',
    'b.ts': "import { table, type Row } from './a'\nexport type Both = typeof table | Row\n",
  })
  assert.deepEqual(
    edgesOf(analysis).filter((edge) => edge.includes('#Both')),
    ['b.ts#Both references a.ts#table (import)', 'b.ts#Both uses-type a.ts#Row (import)'],
  )
})

test('a variable that is also given to exports is found from other files', async () => {
  const texts = {
    'db.js': 'var users = exports.users = []\nvar own = []\n',
    'use.js': "var db = require('./db')\nexports.all = function () { return db.users }\n",
  }
  const analysis = await analyseTexts(texts)
  assert.ok(edgesOf(analysis).includes('use.js#all references db.js#users (import)'))
  assert.equal(
    analysis.components.find(({ name }) => name === 'own'),
    undefined,
  )
})

test('a package of the repository is found although a script file declares a module of its name', async () => {
  const analysis = await analyseTexts({
    'package.json': '{"name": "orbit"}',
    'core/package.json': '{"name": "@orbit/core", "main": "index.ts"}',
    'core/index.ts': 'export function start(): void {}\n',
    'core/more.d.ts': "declare module '@orbit/core' { export interface Options { a: string } }\n",
    'dom/package.json': '{"name": "@orbit/dom", "main": "index.ts"}',
    'dom/index.ts': "export * from '@orbit/core'\n",
    'use.ts': "import { start } from '@orbit/dom'\nexport function use(): void { start() }\n",
  })
  assert.deepEqual(
    analysis.exports['dom/index.ts']?.map(({ name }) => name),
    ['start'],
  )
  assert.ok(edgesOf(analysis).some((edge) => edge.startsWith('use.ts#use calls core/index.ts#start')))
})

test('what is declared for a package that is not there is found by its names, its default and its whole', async () => {
  const analysis = await analyseTexts({
    'types.d.ts': `
declare module 'make-server' {
  function makeServer(): Promise<makeServer.Server>
  export = makeServer
  namespace makeServer { export interface Server { close(): void } }
}
declare module 'merge' { export default function merge(): void }
`,
    'use.ts': `
import type { Server } from 'make-server'
import makeServer = require('make-server')
import merge from 'merge'
export function use(server: Server): void { server.close(); makeServer(); merge() }
`,
    'more.ts':
      "import type { Added } from 'missing'\nexport function more(x: Added): void { x.run() }\ndeclare module 'missing' { interface Added { run(): void } }\n",
    'other.ts': "import type { Added } from 'missing'\nexport function other(x: Added): void { x.run() }\n",
  })
  const found = edgesOf(analysis)
  const ends = (edge: string): string => edge.split(' ').slice(1, 3).join(' ').replace('types.d.ts#', '')
  assert.deepEqual(found.filter((edge) => edge.startsWith('use.ts#')).map(ends), [
    'calls make-server.makeServer',
    'calls make-server.makeServer.Server.close',
    'calls merge.merge',
    'uses-type make-server.makeServer.Server',
  ])
  assert.deepEqual(
    found.filter((edge) => edge.startsWith('other.ts#')),
    [],
  )
})

test('exports of a declared module are found by the names they are exported with', async () => {
  const analysis = await analyseTexts({
    'types.d.ts': `
declare module 'one' { function f(): void; export { f as default } }
declare module 'two' { export default interface Foo { a(): void } }
declare module 'three' { function h(): void; export { h as k } }
`,
    'use.ts': `
import f from 'one'
import type Foo from 'two'
import { k } from 'three'
export function use(foo: Foo): void { f(); foo.a(); k() }
`,
  })
  assert.deepEqual(
    edgesOf(analysis).flatMap((edge) => (edge.startsWith('use.ts#') ? edge.split(' ').slice(1, 3).join(' ') : [])),
    [
      'calls types.d.ts#one.f',
      'calls types.d.ts#three.h',
      'calls types.d.ts#two.Foo.a',
      'uses-type types.d.ts#two.Foo',
    ],
  )
})

test('mapped types have the type of their values, and T[keyof T] has those of all members', async () => {
  const analysis = await analyseTexts({
    'a.ts': `
export class Foo { run(): void {} }
export class Bar { run(): void {} }
export class Baz { run(): void {} }
interface A { x: Foo }
interface B { x: Bar }
interface Both { x: Foo; y: Bar }
type U = A | B
type Each<T> = { [K in keyof T]: T[K] }
export function union(m: { [K in keyof U]: Baz }): void { m.x.run() }
export function same(m: Each<U>): void { m.x.run() }
export function one(m: { [K in keyof A]: Baz }): void { m.x.run() }
export function every(m: Both[keyof Both]): void { m.run() }
`,
  })
  const calls = (name: string): string[] =>
    edgesOf(analysis).flatMap((edge) => new RegExp(`^a.ts#${name} calls a.ts#(\\S+)`).exec(edge)?.[1] ?? [])
  assert.deepEqual(calls('union'), ['Baz.run'])
  assert.deepEqual(calls('same'), ['Bar.run', 'Foo.run'])
  assert.deepEqual(calls('one'), ['Baz.run'])
  assert.deepEqual(calls('every'), ['Bar.run', 'Foo.run'])
})

test('declarations that add to a type of the language are not that type', async () => {
  const analysis = await analyseTexts({
    'a.ts':
      'export interface Plan { at: number }\nexport function send(bytes: Uint8Array, tab: Window, plan: Plan, own: Shim): void {}\n',
    'shim.d.ts': 'interface Uint8Array { _brand?: string }\ninterface Shim { at: number }\n',
    'tab.ts': 'export {}\ndeclare global { interface Window { plan?: string } }\n',
  })
  const targets = edgesOf(analysis).flatMap((edge) => /^a\.ts#send \S+ (\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual([...targets].sort(), ['a.ts#Plan', 'shim.d.ts#Shim'])
  // `declare global` is no namespace.
  const added = analysis.components.filter(({ file }) => file === 'tab.ts').map(({ qualifiedName }) => qualifiedName)
  assert.deepEqual(added, ['Window', 'Window.plan'])
})
