import assert from 'node:assert/strict'
import { test } from 'node:test'
import { labelOverloads } from '#generate/analyse/label-overloads.ts'
import type { Component } from '#generate/model.ts'

const method = (file: string, qualifiedName: string, signature: string, more: Partial<Component> = {}): Component => ({
  id: `${file}#${qualifiedName} ${signature}`,
  kind: 'method',
  name: qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1),
  qualifiedName,
  file,
  startLine: 1,
  endLine: 1,
  exported: true,
  visibility: 'public',
  signature,
  doc: null,
  parent: null,
  ...more,
})
const labels = (language: string, signatures: readonly string[], name = 'A.f'): (string | undefined)[] =>
  labelOverloads(
    signatures.map((signature) => method('a', name, signature)),
    () => language,
  ).map(({ label }) => label)

test('the message of an attribute is no list of parameters', () => {
  assert.deepEqual(
    labels(
      'swift',
      ['@available(*, deprecated, message: "Use init(_:b:).") init(_ a: Int, c: Bool)', 'init(_ a: Int)'],
      'A.init',
    ),
    ['A.init(Int, c: Bool)', 'A.init(Int)'],
  )
})

test('functions of one name in one file are told apart by the types they take', () => {
  const cases: [language: string, signatures: string[], expected: (string | undefined)[]][] = [
    [
      'java',
      ['public String f(Object src)', 'String f(final Object src, Type t)'],
      ['A.f(Object)', 'A.f(Object, Type)'],
    ],
    ['java', ['<T> T f(Map<String, T> a, int... b)', 'void f()'], ['A.f(Map<String, T>, int...)', 'A.f()']],
    ['java', ['void f(@Nullable("x, y") String[] a)', 'void f(int a[])'], ['A.f(String[])', 'A.f(int[])']],
    ['csharp', ['[Old("f(x)")] void f(object? value = null)', 'void f<T>(ref T a)'], ['A.f(object?)', 'A.f(ref T)']],
    [
      'cpp',
      ['void f(const std::string& a, int = 3)', 'void f(unsigned int)'],
      ['A.f(const std::string&, int)', 'A.f(unsigned int)'],
    ],
    [
      'kotlin',
      ['fun f(a: Int, b: (Int) -> Unit = {})', 'fun f(a: List<Int>)'],
      ['A.f(Int, (Int) -> Unit)', 'A.f(List<Int>)'],
    ],
    [
      'swift',
      ['func f(by x: Int)', 'func f(to y: Int)', 'func f(_ z: Int)'],
      ['A.f(by: Int)', 'A.f(to: Int)', 'A.f(Int)'],
    ],
    ['python', ['def f(self, x: int)', 'def f(self, y)'], ['A.f(int)', 'A.f(y)']],
    ['rust', ["fn f(&'a self, x: &'a str) -> X", 'fn f(self)'], ["A.f(&'a str)", 'A.f()']],
  ]
  for (const [language, signatures, expected] of cases) assert.deepEqual(labels(language, signatures), expected)
})

test('methods of C# that differ in their type parameters alone are told apart by these', () => {
  assert.deepEqual(labels('csharp', ['void f(int a)', 'T f<T>(int a)', 'void f(string a)', 'R f<T, R>(int b)']), [
    'A.f(int)',
    'A.f<T>(int)',
    'A.f(string)',
    'A.f<T, R>(int)',
  ])
  assert.deepEqual(labels('csharp', ['void f()', 'f<T> f<T>()']), ['A.f()', 'A.f<T>()'])
})

test('types of C# have their own type parameters, not those of their base', () => {
  const cases: [name: string, signatures: string[], expected: string[]][] = [
    [
      'Result',
      ['public record Result(int Code) : Result<int>(Code)', 'public record Result<T>(T Code)'],
      ['Result', 'Result<T>'],
    ],
    ['Job', ['public class Job: Job<int>', 'public abstract class Job<in A, B>'], ['Job', 'Job<A, B>']],
    ['Box', ['public record struct Box{}', 'readonly struct Box<T> : IBox<Box<T>>'], ['Box', 'Box<T>']],
    ['Call', ['public delegate void Call()', 'public delegate T Call<T>(T a)'], ['Call', 'Call<T>']],
    ['Id', ['[For(typeof(Id<>))] class Id', '[For(typeof(Id))] class Id<T>'], ['Id', 'Id<T>']],
  ]
  for (const [name, signatures, expected] of cases) {
    const all = signatures.map((signature, index) => method(`${index}.cs`, name, signature, { kind: 'class' }))
    assert.deepEqual(
      labelOverloads(all, () => 'csharp').map(({ label }) => label),
      expected,
    )
  }
})

test('functions that are added to types are told apart by these', () => {
  assert.deepEqual(
    labels('kotlin', ['fun Path.source(): Source', 'fun List<Path, Int>.source()', 'fun source()'], 'source'),
    ['Path.source()', 'List<Path, Int>.source()', 'source()'],
  )
})

test('a type that the qualified name has is not told again with its type arguments', () => {
  const of = (signature: string): Component => method('a.kt', 'Space.mix', signature)
  const all = labelOverloads(
    [of('fun <T : Color> Space<T>.mix(a: Int)'), of('fun <T : Color> Space<T>.mix(a: String)')],
    () => 'kotlin',
  )
  assert.deepEqual(
    all.map(({ label }) => label),
    ['Space.mix(Int)', 'Space.mix(String)'],
  )
})

test('what is there once, or differs in nothing that is taken, has no label', () => {
  assert.deepEqual(labels('java', ['void f(int a)']), [undefined])
  assert.deepEqual(labels('c', ['int f(int a)', 'int f(int b)']), [undefined, undefined])
  const others = labelOverloads(
    [method('a.go', 'New', 'func New(a int)'), method('b.go', 'New', 'func New(b string)')],
    () => 'go',
  )
  assert.deepEqual(
    others.map(({ label }) => label),
    [undefined, undefined],
  )
})

test('a method is told from a field of its name, and from methods of its type in other files', () => {
  const field = method('a.java', 'A.f', 'int f', { kind: 'field' })
  const [, own] = labelOverloads([field, method('a.java', 'A.f', 'int f()')], () => 'java')
  assert.equal(own?.label, 'A.f()')
  const scattered = [method('a.h', 'A.f', 'void f(int x)'), method('a.cc', 'A.f', 'void A::f(char x)')]
  assert.deepEqual(
    labelOverloads(scattered, () => 'cpp').map(({ label }) => label),
    ['A.f(int)', 'A.f(char)'],
  )
})

test('long labels end behind what tells them apart', () => {
  const rest = 'string? message, string? parameterName, Func<Exception>? exceptionCreator'
  assert.deepEqual(
    labels('csharp', [
      `void f(IGuardClause guard, int input, ${rest})`,
      `void f(IGuardClause guard, long input, ${rest})`,
      'void f(IGuardClause guard, T input)',
    ]),
    ['A.f(IGuardClause, int, …)', 'A.f(IGuardClause, long, …)', 'A.f(IGuardClause, T)'],
  )
  const types = Array.from({ length: 9 }, (_, index) => `Parameter${index}<Of, Many, Types> p${index}`)
  assert.deepEqual(labels('java', [`void f(${types.join(', ')})`, 'void f(int a)']), [
    'A.f(Parameter0<Of, Many, Types>, …)',
    'A.f(int)',
  ])
  const many = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta', 'Eta', 'Theta'].map((name) => `${name}Value v`)
  const end = Array.from({ length: 6 }, (_, index) => `Last${index}Value p${index}`)
  const [one = '', other = ''] = labels(
    'java',
    ['int', 'long'].map((kind) => `void f(${[...many, `${kind} n`, ...end].join(', ')})`),
  )
  assert.equal(one, 'A.f(AlphaValue, …, int, …)')
  assert.equal(other, 'A.f(AlphaValue, …, long, …)')
  // One takes what the other takes, and more.
  assert.deepEqual(labels('java', [`void f(${many.join(', ')})`, `void f(${[...many, 'int n'].join(', ')})`]), [
    'A.f(AlphaValue, …, ThetaValue)',
    'A.f(AlphaValue, …, ThetaValue, …)',
  ])
  const first = 'VeryLongTypeNameForTheFirstParameterOfThisFunction'
  assert.deepEqual(labels('kotlin', [`fun f(a: ${first}, b: Int, c: Int, d: Int)`, 'fun f(x: Int)']), [
    `A.f(${first}, …)`,
    'A.f(Int)',
  ])
})

test('signatures of anybody’s making take no time', () => {
  for (const mark of ['<', '(', 'f(', '[', '@a(', ',', '"', '='])
    labels('java', [`f(${mark.repeat(480)}`, 'f(int a)'], 'f')
})

test('types of C# are told apart by the types that they take', () => {
  const types = ['interface f<in T, R>', 'interface f<T>', 'interface f'].map((signature) =>
    method('a.cs', 'A.f', signature, { kind: 'interface' }),
  )
  assert.deepEqual(
    labelOverloads(types, () => 'csharp').map(({ label }) => label),
    ['A.f<T, R>', 'A.f<T>', 'A.f'],
  )
})

test('types of C# of one name are told apart by what they take, in whichever files they are', () => {
  const types = [
    method('a.cs', 'Result', 'public class Result<T> : IResult', { kind: 'class' }),
    method('b.cs', 'Result', 'public class Result : Result<Result>', { kind: 'class' }),
    method('c.cs', 'Plan', 'public class Plan', { kind: 'class' }),
    method('d.cs', 'Plan', 'public class Plan', { kind: 'class' }),
  ]
  assert.deepEqual(
    labelOverloads(types, () => 'csharp').map(({ label }) => label),
    ['Result<T>', 'Result', undefined, undefined],
  )
})
