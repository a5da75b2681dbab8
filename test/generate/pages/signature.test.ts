import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signatureLines, wrapSignature } from '#generate/pages/entry/signature.ts'

const long = 'a'.repeat(60)

test('short signatures stay, of long ones each parameter has a line', () => {
  assert.equal(wrapSignature('f(a: string): void'), 'f(a: string): void')
  assert.equal(
    wrapSignature(`f<T extends (x: number) => void>(${long}: Map<A, B>, b: [C, D]): { e: F, g: H }`),
    `f<T extends (x: number) => void>(\n  ${long}: Map<A, B>,\n  b: [C, D],\n): { e: F, g: H }`,
  )
})

test('of an alias that is long and cannot be wrapped only the name is told', () => {
  const chain = `A extends ${long} ? B : `.repeat(4)
  const cases = [
    [`type Infer<A extends B<C> = D> = ${chain}never`, 'type Infer<A extends B<C> = D> = …'],
    [`type Infer<A> = ${chain.slice(0, 150)}never`, `type Infer<A> = ${chain.slice(0, 150)}never`],
    [`type Any = ${`${long} | `.repeat(5)}B`, `type Any =\n${`  | ${long}\n`.repeat(5)}  | B`],
    [
      `type If<A> = true extends (A extends never ? ${long} : false) ? A : never`,
      `type If<A> = true extends (\n  A extends never ? ${long} : false\n) ? A : never`,
    ],
    [
      `type Both<A> = (A extends any ? (_: A) => any : ${long}) extends (_: infer I) => any ? I : never`,
      `type Both<A> = (\n  A extends any ? (_: A) => any : ${long}\n) extends (_: infer I) => any ? I : never`,
    ],
    [
      `type Handle<A> = (first: A, second: ${long}) => Promise<void>`,
      `type Handle<A> = (\n  first: A,\n  second: ${long},\n) => Promise<void>`,
    ],
    [`function f<A>(): ${chain}never`, `function f<A>(): ${chain}never`],
  ]
  for (const [signature = '', told] of cases) assert.equal(wrapSignature(signature), told)
})

test('nothing stands behind the last parameter where the language, or the parameter, does not allow it', () => {
  assert.equal(
    signatureLines(`f(A ${long}, B b, C ccccccccccccccccccccc)`, 'java').split('\n').at(-2),
    '  C ccccccccccccccccccccc',
  )
  assert.equal(
    signatureLines(`f(${long}: A, ...rest: Array<string | number>)`, 'typescript').split('\n').at(-2),
    '  ...rest: Array<string | number>',
  )
})

test('commas, brackets and bars in strings separate nothing', () => {
  assert.equal(
    wrapSignature(`function f(A $${long}, string $separator = ',', string $open = "(", int $limit = 1): void`),
    `function f(\n  A $${long},\n  string $separator = ',',\n  string $open = "(",\n  int $limit = 1,\n): void`,
  )
  assert.equal(
    wrapSignature(`type Either = '${long} | {' | "it's; (" | 'escaped \\' | one' | \`a | b\``),
    `type Either =\n  | '${long} | {'\n  | "it's; ("\n  | 'escaped \\' | one'\n  | \`a | b\``,
  )
})

test('a lifetime of Rust opens no string', () => {
  assert.equal(
    wrapSignature(`fn f<'a>(${long}: &'a str, b: &'a [u8], c: char = ',', d: Cow<'a, str>) -> &'a str`, 'rust'),
    `fn f<'a>(\n  ${long}: &'a str,\n  b: &'a [u8],\n  c: char = ',',\n  d: Cow<'a, str>,\n) -> &'a str`,
  )
})

test('members and alternatives of a type have a line each', () => {
  assert.equal(
    wrapSignature(`type Options = { ${long}: string; inner: { a: number; b: number }; last?: 'x' }`),
    `type Options = {\n  ${long}: string;\n  inner: { a: number; b: number };\n  last?: 'x'\n}`,
  )
  assert.equal(
    wrapSignature(`type Either<A | B> = { kind: '${long}' } | Array<C | D> | (() => void)`),
    `type Either<A | B> =\n  | { kind: '${long}' }\n  | Array<C | D>\n  | (() => void)`,
  )
})

test('conditions of types have a line of their own', () => {
  assert.equal(
    wrapSignature(
      `pub fn f<F>(${long}: F, b: i32) -> Result<Result<(), ErrorOfAllKinds>, Self::Error> where F: FnMut(A) -> B`,
    ),
    `pub fn f<F>(\n  ${long}: F,\n  b: i32,\n) -> Result<Result<(), ErrorOfAllKinds>, Self::Error> where F: FnMut(A) -> B`,
  )
  const condition = `where ${long}: FnMut(A) -> B`
  assert.equal(
    wrapSignature(`fn f(a: A) -> Result<${long}> ${condition}`),
    `fn f(\n  a: A,\n) -> Result<${long}>\n  ${condition}`,
  )
})

test('a type says how it is made, in the form of its language', () => {
  const made = signatureLines('class A extends B { constructor(c: C) }', 'typescript')
  assert.equal(made, 'class A extends B {\n  constructor(c: C)\n}')
  const two = signatureLines('class A { constructor(c: C); constructor() }', 'typescript')
  assert.equal(two, 'class A {\n  constructor(c: C)\n  constructor()\n}')
  const init = 'def __init__(self, a)'
  assert.equal(signatureLines('class A(B)', 'python', [init]), `class A(B):\n    ${init}`)
  assert.equal(signatureLines('class A < B', 'ruby', ['def initialize(a)']), 'class A < B\n  def initialize(a)')
  assert.equal(signatureLines('class A', 'java', ['A()', 'A(int b)']), 'class A {\n  A()\n  A(int b)\n}')
})

test('what is cut or not balanced stays as it is', () => {
  for (const text of [`f(${long}${long}…`, `type A = { ${long}${long}; b…`, `f${long}${long})`])
    assert.equal(wrapSignature(text), text)
})

test('defaults of type parameters and results of functions are no alternatives', () => {
  assert.equal(
    wrapSignature(`type Tests<T = unknown, C = {}> = (this: Context<C>, value: T, ${long}: C) => void | boolean`),
    `type Tests<T = unknown, C = {}> = (\n  this: Context<C>,\n  value: T,\n  ${long}: C,\n) => void | boolean`,
  )
  assert.equal(
    wrapSignature(`type Either<A = unknown> = { kind: '${long}' } | Array<A>`),
    `type Either<A = unknown> =\n  | { kind: '${long}' }\n  | Array<A>`,
  )
  const conditional = `type Maybe<A> = A extends ${long} ? A | undefined : A | null | ${long}`
  assert.equal(wrapSignature(conditional), conditional)
})
