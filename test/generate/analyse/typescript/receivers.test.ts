import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { analyseTexts } from './analyse-texts.ts'

const LIBRARY = `
export class Base { run(): void {} own: Base[] = []; next?: Base; child: Base = this; get(): Other { return new Other() } }
export class Sub extends Base { override run(): void {} extra = 1 }
export class Other { run(): void {} tell(): string { return '' } }
export class Box<T> { value!: T; run(): void {} map<U>(f: (value: T, box: Box<T>) => U): Box<U> { return this as never } each(f: (value: T) => void): this { return this } }
export interface Ok { kind: 'ok'; run(): void }
export interface Bad { kind: 'bad'; run(): void }
export declare function box<T>(value: T): Box<T>
export declare function same<T extends Base>(value: T): T
export declare function either(): Ok | Bad
export declare function overloaded(x: string): Base
export declare function overloaded(x: number): Other
export declare function alike(x: string): Box<string>
export declare function alike(x: number): Box<number>
export declare function later(): Promise<Base>
export declare function perhaps(): Base | Promise<Base>
export declare function isSub(x: Base): x is Sub
export declare function assertSub(x: Base): asserts x is Sub
export declare function on(name: string, f: (base: Base, n: number) => void): void
export declare function on(f: (base: Base) => void): void
export declare function mixed(name: string, f: (base: Base) => void): void
export declare function mixed(name: number, f: (other: Other) => void): void
`

/** What `use.ts` calls by the name `run`, with `base` a `Base`. */
async function runsIn(code: string): Promise<string[]> {
  const names = ['Base', 'Sub', 'Other', 'Box', 'box', 'same', 'either', 'overloaded', 'alike', 'later', 'perhaps']
  const more = ['isSub', 'assertSub', 'on', 'mixed']
  const head = `import { ${[...names, ...more].join(', ')}, type Ok, type Bad } from './lib'\nimport { unknown } from 'elsewhere'\n`
  const analysis = await analyseTexts({ 'lib.ts': LIBRARY, 'use.ts': `${head}declare const base: Base\n${code}\n` })
  return analysis.edges
    .filter((edge) => edge.from.startsWith('use.ts') && edge.to.endsWith('.run') && edge.kind === 'calls')
    .map((edge) => edge.to.slice('lib.ts#'.length))
}

describe('a member is found on', () => {
  const cases: [title: string, code: string, expected: string[]][] = [
    ['what a generic function gives, whatever it is given', 'box({ a: 1 }).run()', ['Box.run']],
    ['a constant that is set to it', 'const made = box(1)\nmade.run()', ['Box.run']],
    ['what gives itself', 'box(1).each(() => {}).run()', ['Box.run']],
    ['what all overloads give', 'alike(unknown).run()', ['Box.run']],
    ['what the fitting overload gives', 'overloaded(1).run()', ['Other.run']],
    [
      'what the last overload gives, where a type names the result',
      'export function f(x: ReturnType<typeof overloaded>) { x.run() }',
      ['Other.run'],
    ],
    [
      'what the last overload gives, where the result is inferred',
      'declare function call<T>(f: (x: never) => T): T\ncall(overloaded).run()',
      ['Other.run'],
    ],
    ['what a type parameter stands for', 'same(new Sub()).run()', ['Sub.run']],
    [
      'the `this` that a type expects of a method',
      'type Check<T> = (this: T) => void\ndeclare function check<T>(of: T, options: { run?: Check<T> }): void\ncheck(base, { run() { this.run() } })',
      ['Base.run'],
    ],
    [
      'the `this` that a type expects of a function',
      'const f: (this: Box<string>) => void = function () { this.run() }',
      ['Box.run'],
    ],
    ['what a type parameter is at least', 'export function f<T extends Base>(x: T) { x.run() }', ['Base.run']],
    [
      'what a callback gives that takes an element of a rest parameter',
      'declare function pair<T, U>(make: (item: T) => U, ...items: T[]): U\npair((item) => item.tell().length, new Other())\npair((item) => item.child, new Base(), new Base()).run()',
      ['Base.run'],
    ],
    ['what is waited for', 'export async function f() { (await later()).run() }', ['Base.run']],
    [
      'what a type derived from a promise is waited for',
      'class Task<T> extends Promise<T> {}\nclass Load extends Task<Base> {}\nexport async function f(load: Load) { (await load).run() }',
      ['Base.run'],
    ],
    [
      'what takes the elements of a typed array',
      'for (const x of new Float32Array(1)) overloaded(x).run()',
      ['Other.run'],
    ],
    ['what takes an element of a typed array', 'overloaded(new Float32Array(1)[0]).run()', ['Other.run']],
    ['what may have to be waited for', 'const x = await perhaps()\nx.run()', ['Base.run']],
    ['an element', 'base.own[0].run()', ['Base.run']],
    ['each element', 'for (const one of base.own) one.run()', ['Base.run']],
    ['what may be missing', 'base.next?.run()\nbase.next!.get().run()', ['Base.run', 'Other.run']],
    ['what is taken apart', 'const { child } = base\nchild.run()', ['Base.run']],
    ['what a lambda is given', "on('x', (b) => b.run())", ['Base.run']],
    ['what a lambda is given by the fitting overload', 'mixed(1, (b) => b.run())', ['Other.run']],
    [
      'what a lambda is given that is assigned if there is none',
      'let listen: ((b: Base) => void) | undefined\nlisten ??= (b) => b.run()',
      ['Base.run'],
    ],
    [
      'what a lambda is given by the elements of a list',
      'base.own.map((b) => b.get()).forEach((o) => o.run())',
      ['Other.run'],
    ],
    ['each of several types', 'either().run()\nconst x = either()\nx.run()', ['Bad.run', 'Ok.run']],
  ]
  for (const [title, code, expected] of cases) {
    test(title, async () => assert.deepEqual(await runsIn(code), expected))
  }
})

describe('the type `this` means the receiver, not the class that declares the method', () => {
  /** A base class with fluent methods, and a class that overrides `run`. */
  const fluent = `
class Chain {
  copy(): this { return this }
  next() { const next = this.copy(); next.run(); return next }
  some(is: boolean) { let one = this; one = one.copy(); return is ? this : one.next() }
  or() { return this.copy() ?? this }
  later(): Promise<this> { return Promise.resolve(this) }
  when(rule: Rule<this>): this { return this }
  with(change: (own: this) => void): this { return this }
  other() { const other: Chain = this; return other }
  run() {}
}
interface Rule<T> { then?: (own: T) => T; otherwise: (own: T) => void }
class Link extends Chain { override run() {} over() { return super.copy() } all() { (1 > 0 ? this.some(true) : this).run() } }
declare const link: Link
`
  const cases: [title: string, code: string, expected: string][] = [
    ['a method that returns a variable', 'link.next().run()', 'Link.run'],
    ['a method that returns this or what a call of it returns', 'link.some(true).run()', 'Link.run'],
    ['a method of the base class that is called by super', 'link.over().run()', 'Link.run'],
    ['a method that returns this or, instead, what a call of it returns', 'link.or().run()', 'Link.run'],
    ['a promise', 'link.later().then((one) => one.run())', 'Link.run'],
    ['a function that is given', 'link.with((own) => own.run())', 'Link.run'],
    ['a function in an object that is given', 'link.when({ otherwise: (own) => own.run() })', 'Link.run'],
    ['a variable of the class is not', 'link.other().run()', 'Chain.run'],
  ]
  for (const [title, code, expected] of cases) {
    test(title, async () => {
      const { edges } = await analyseTexts({ 'use.ts': `${fluent}export function use() { ${code} }\n` })
      const called = edges.filter(({ from, to }) => from === 'use.ts#use' && to.endsWith('.run'))
      assert.deepEqual(
        called.map(({ to }) => to),
        [`use.ts#${expected}`],
      )
    })
  }
  test('in the class itself', async () => {
    const { edges } = await analyseTexts({ 'use.ts': fluent })
    const called = edges.filter(({ from, to }) => from === 'use.ts#Link.all' && to.endsWith('.run'))
    assert.deepEqual(
      called.map(({ to }) => to),
      ['use.ts#Link.run'],
    )
  })
})

describe('a condition decides which member is meant', () => {
  const cases: [title: string, code: string, expected: string[]][] = [
    ['by instanceof', 'const x = new Box<Base>().value\nif (x instanceof Sub) x.run()', ['Sub.run']],
    ['by instanceof of a member', 'if (base.child instanceof Sub) base.child.run()', ['Sub.run']],
    ['by a predicate', 'if (isSub(base)) base.run()', ['Sub.run']],
    ['by an assertion', 'assertSub(base)\nbase.run()', ['Sub.run']],
    ['by a kind', "const x = either()\nif (x.kind === 'ok') x.run()", ['Ok.run']],
    ['by a kind in a switch', "const x = either()\nswitch (x.kind) { case 'bad': x.run() }", ['Bad.run']],
    ['by what a name is set to', 'const x: Base | Other = new Other()\nx.run()', ['Other.run']],
  ]
  for (const [title, code, expected] of cases) {
    test(title, async () => assert.deepEqual(await runsIn(code), expected))
  }
})

test('of what comes from elsewhere nothing is a member of the repository', async () => {
  assert.deepEqual(
    await runsIn('unknown.make(base).run()\nconst x = unknown()\nx.y.run()\nunknown((b) => b.run())'),
    [],
  )
})

test('values that stand for each other, and deep chains, end', async () => {
  const code = `const a = b.child\nconst b = a.child\na.run()\nbase${'\n.child'.repeat(300)}.run()\nbox(1)${'\n.each(() => {})'.repeat(120)}.run()`
  assert.deepEqual(await runsIn(code), ['Base.run', 'Box.run'])
})

test('an element of a tuple behind a rest is counted from the end', async () => {
  const code =
    'declare function last<T>(all: [...string[], T]): T\ndeclare const all: [string, string, Other]\nlast(all).run()'
  assert.deepEqual(await runsIn(code), ['Other.run'])
})

describe('a conditional type', () => {
  const both = ['Base.run', 'Other.run']
  const cases: [condition: string, expected: string[]][] = [
    ['string extends number', ['Other.run']],
    ['[number] extends [string]', ['Other.run']],
    ['[number] extends string[]', ['Other.run']],
    ['[string, string] extends string[]', ['Base.run']],
    ['[number] extends (infer U)[]', ['Base.run']],
    ['[string, number] extends [string, ...string[]]', ['Other.run']],
    ['[string, string] extends [string, ...string[]]', ['Base.run']],
    ['[number] extends [...any[], string]', ['Other.run']],
    ['[number, string] extends [...any[], string]', ['Base.run']],
    ['[number, string] extends [infer A, ...infer B]', ['Base.run']],
    ['string extends K', both],
  ]
  for (const [condition, expected] of cases) {
    test(condition, async () => {
      const runs = await runsIn(`export function f<K>(x: ${condition} ? Base : Other) { x.run() }`)
      assert.deepEqual(runs.sort(), expected)
    })
  }
})

describe('a guard followed by an assignment', () => {
  const cases: [title: string, code: string, expected: string[]][] = [
    ['in a nested statement', 'if (l) { x = next() } x.run()', ['Base.run', 'Other.run']],
    ['in a loop, after the use', 'while (l) { x.run(); x = next() }', ['Base.run', 'Other.run']],
    ['in the condition of a loop', 'while ((x = next())) x.run()', ['Base.run', 'Other.run']],
    ['in an expression', 'const y = (x = next()); x.run()', ['Base.run', 'Other.run']],
    ['by destructuring', '[x] = [next()]; x.run()', ['Base.run', 'Other.run']],
    ['by destructuring an object', ';({ a: x } = { a: next() }); x.run()', ['Base.run', 'Other.run']],
    ['by a logical operator', 'x &&= next(); x.run()', ['Base.run', 'Other.run']],
    ['as the variable of a loop', 'for (x of [next()]) x.run()', ['Base.run', 'Other.run']],
    ['before a closure runs', 'const g = () => x.run(); x = next(); g()', ['Base.run', 'Other.run']],
    ['in the closure', 'const g = () => { x.run(); x = next() }', ['Base.run', 'Other.run']],
    ['after an assignment', 'x = new Base(); if (l) { x = next() } x.run()', ['Base.run', 'Other.run']],
    ['that is guarded again', 'x = next(); if (x instanceof Base) x.run()', ['Base.run']],
    ['in its own loop', 'while (x instanceof Base) { x.run(); x = next() }', ['Base.run']],
    ['in the other branch', 'if (l) x = next(); else x.run()', ['Base.run']],
    ['in a branch that returns', 'if (l) { x = next(); return } x.run()', ['Base.run']],
    [
      'before continue',
      'while (l) { x = next(); if (!(x instanceof Base)) continue; if (l) { x = next(); continue } x.run() }',
      ['Base.run'],
    ],
    [
      'before break',
      'while (l) { x = next(); if (!(x instanceof Base)) break; if (l) { x = next(); break } x.run() }',
      ['Base.run'],
    ],
    [
      'before continue of an outer guard',
      'while (l) { if (l) { x = next(); continue } x.run() }',
      ['Base.run', 'Other.run'],
    ],
    [
      'before continue of an inner loop',
      'for (const i of l) { x = next(); continue } x.run()',
      ['Base.run', 'Other.run'],
    ],
    [
      'before continue to a condition',
      'do { if (l) { x = next(); continue } } while (x.run())',
      ['Base.run', 'Other.run'],
    ],
    ['in another clause', 'switch (l) { case 1: x = next(); break; case 2: x.run() }', ['Base.run']],
    ['in a clause that falls through', 'switch (l) { case 1: x = next(); case 2: x.run() }', ['Base.run', 'Other.run']],
    ['after the use', 'x.run(); x = next()', ['Base.run']],
    ['on its right side', 'x = x.run()', ['Base.run']],
    ['in another function', 'const g = () => { x = next() }; x.run()', ['Base.run']],
    ['before a closure', 'x = new Base(); const g = () => x.run()', ['Base.run']],
    ['of another name', 'y = next(); { let x: any; x = y } x.run()', ['Base.run']],
  ]
  for (const [title, code, expected] of cases) {
    test(title, async () => {
      const head = 'declare function next(): any\ndeclare let y: any\n'
      const body = `if (!(x instanceof Base)) return\n${code}`
      assert.deepEqual(await runsIn(`${head}export function f(x: Base | Other, l: any): any {\n${body}\n}`), expected)
    })
  }

  test('to what the guarded property belongs to', async () => {
    const f = (code: string): string =>
      `interface Node { parent: Base | Other; next: Node }\nexport function f(x: Node, l: any) {\nif (!(x.parent instanceof Base)) return\n${code}\n}`
    assert.deepEqual(await runsIn(f('x = x.next; x.parent.run()')), ['Base.run', 'Other.run'])
    assert.deepEqual(await runsIn(f('while (l) { x.parent.run(); x = x.next }')), ['Base.run', 'Other.run'])
    assert.deepEqual(await runsIn(f('x.next = x; x.parent.run()')), ['Base.run'])
  })

  test('takes little time for many assignments', async () => {
    const many = 'x = next(); x.run(); if (l) { x = y }\n'.repeat(3_000)
    const code = `declare function next(): any\ndeclare let y: any\nexport function f(x: Base | Other, l: any) {\n${many}}`
    assert.deepEqual(await runsIn(code), ['Base.run', 'Other.run'])
  })
})

test('a clause that falls through adds to the kinds of the next one', async () => {
  const f = (clauses: string): Promise<string[]> => runsIn(`const x = either()\nswitch (x.kind) { ${clauses} }`)
  assert.deepEqual(await f("case 'ok': unknown(); case 'bad': x.run()"), ['Bad.run', 'Ok.run'])
  assert.deepEqual(await f("case 'ok': unknown(); break; case 'bad': x.run()"), ['Bad.run'])
  assert.deepEqual(await f("default: unknown(); case 'bad': x.run()"), ['Bad.run', 'Ok.run'])
  assert.deepEqual(await f("case 'ok': case 'bad': x.run()"), ['Bad.run', 'Ok.run'])
})
