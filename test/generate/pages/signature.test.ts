import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wrapSignature as wrap } from '#generate/pages/signature.ts'
import { en } from '#generate/pages/texts/en.ts'

const wrapSignature = (signature: string): string => wrap(signature, en.entry.moreOverloads)

const long = 'a'.repeat(60)

test('short signatures stay, of long ones each parameter has a line', () => {
  assert.equal(wrapSignature('f(a: string): void'), 'f(a: string): void')
  assert.equal(
    wrapSignature(`f<T extends (x: number) => void>(${long}: Map<A, B>, b: [C, D]): { e: F, g: H }`),
    `f<T extends (x: number) => void>(\n  ${long}: Map<A, B>,\n  b: [C, D],\n): { e: F, g: H }`,
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

test('conditions of types have a line of their own, overloads a comment', () => {
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
  assert.equal(wrapSignature('f(): void (+1 overloads)'), 'f(): void\n// and 1 more overload')
  assert.equal(wrapSignature('f(): void (+2 overloads)'), 'f(): void\n// and 2 more overloads')
})

test('what is cut or not balanced stays as it is', () => {
  for (const text of [`f(${long}${long}…`, `type A = { ${long}${long}; b…`, `f${long}${long})`])
    assert.equal(wrapSignature(text), text)
})
