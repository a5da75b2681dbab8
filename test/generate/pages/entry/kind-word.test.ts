import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component } from '#generate/model.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'

const wordFor = (component: Pick<Component, 'kind' | 'name' | 'file' | 'signature'>, owner = ''): string =>
  kindWord({ ...component, qualifiedName: owner + component.name })

test('a static of Rust is called so, one that changes is a variable, a constant stays one', () => {
  const of = (signature: string, file = 'a.rs'): string => wordFor({ kind: 'constant', name: 'SIZE', file, signature })
  assert.equal(of('pub static SIZE: LazyLock<String>'), 'static')
  assert.equal(of('pub(crate) static SIZE: u8 = 1'), 'static')
  assert.equal(of('static mut SIZE: u8 = 1'), 'variable')
  assert.equal(of('pub const SIZE: u8 = 1'), 'constant')
})

test('a name of Python for a class or a type with arguments is a type', () => {
  const of = (signature: string): string => wordFor({ kind: 'constant', name: 'PlanError', file: 'a.py', signature })
  assert.equal(of('PlanError = orbit.errors.PlanError'), 'type')
  assert.equal(of('PlanError: TypeAlias = Union[A, B]'), 'type')
  assert.equal(of('PlanError = Namespace(1)'), 'constant')
  assert.equal(of('PLAN_ERROR = orbit.PLAN_ERROR'), 'constant')
  assert.equal(of('PLAN_ERROR = None'), 'variable')
})

test('an extension property of Kotlin is a property, a value is a constant', () => {
  const of = (signature: string): string => wordFor({ kind: 'constant', name: 'theme', file: 'a.kt', signature })
  assert.equal(of('val Context.theme: Theme'), 'property')
  assert.equal(of('public val <T> Context<T>.theme: Theme'), 'property')
  assert.equal(of('val theme: Theme = Context.theme'), 'constant')
})

test('an interface of Swift is a protocol', () => {
  const of = (file: string): string => wordFor({ kind: 'interface', name: 'Named', file, signature: 'Named' })
  assert.deepEqual([of('a.swift'), of('a.go')], ['protocol', 'interface'])
})

test('a name that is a part of the word before it is not taken for that', () => {
  const of = (name: string, file: string, signature: string): string =>
    wordFor({ kind: 'constant', name, file, signature })
  assert.equal(of('t', 'a.ts', 'let t = 1'), 'variable')
  assert.equal(of('a', 'a.go', 'var a int'), 'variable')
  assert.equal(of('c', 'a.php', 'const c = 1'), 'constant')
  assert.equal(of('', 'a.ts', 'let t'), 'constant')
})

test('a union is no struct', () => {
  const of = (signature: string): string => wordFor({ kind: 'struct', name: 'word', file: 'a.h', signature })
  assert.deepEqual(
    ['typedef union {…} word', 'union word', 'pub union word', 'struct union_of', 'typedef struct word {…} word'].map(
      of,
    ),
    ['union', 'union', 'union', 'struct', 'struct'],
  )
})

test('a delegate of C# has its own word', () => {
  const of = (signature: string): string => wordFor({ kind: 'type', name: 'Step', file: 'a.cs', signature })
  assert.equal(of('public delegate int Step(int legs)'), 'delegate')
  assert.equal(of('public class Step'), 'type')
})

test('an indexer of C# is a property', () => {
  const signature = 'string this[int leg] { get; }'
  assert.equal(wordFor({ kind: 'method', name: 'this[]', file: 'a.cs', signature }), 'property')
})

test('a constructor of Java or C# has the name of its type, a record of Java may leave out its parameters', () => {
  const of = (signature: string, name = 'Point', file = 'a.java'): string =>
    wordFor({ kind: 'method', name, file, signature }, 'Point.')
  assert.equal(of('public Point'), 'constructor')
  assert.equal(of('public <T extends Comparable<T>> Point(T a, T b)'), 'constructor')
  assert.equal(of('internal Point(int x)', 'Point', 'a.cs'), 'constructor')
  assert.equal(of('public int at(int x)', 'at'), 'method')
  assert.equal(of('constructor(x: Int)', 'constructor', 'a.kt'), 'constructor')
})
