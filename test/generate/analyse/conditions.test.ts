import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withConditions } from '#generate/analyse/conditions.ts'
import { component, sourceFile } from './component.ts'

/** The conditions of what begins on some lines of a text. */
function conditionsOf(language: string, text: string, lines: readonly (readonly [line: number, name: string])[]) {
  const all = lines.map(([startLine, name]) => component('a', name, { startLine, endLine: startLine }))
  return withConditions(all, new Map([['a', sourceFile('a', language, text)]])).map(({ condition }) => condition)
}

test('a method within an `if` has its condition, one in a class alone has none', () => {
  const ruby = `class A
  if ActiveSupport::VERSION::MAJOR < 6 # old
    # Says.
    def a
    end

    def b
    end
  else
    def c
    end
  end

  def d
  end
end`
  const old = 'if ActiveSupport::VERSION::MAJOR < 6'
  assert.deepEqual(
    conditionsOf('ruby', ruby, [
      [4, 'A.a'],
      [7, 'A.b'],
      [10, 'A.c'],
      [14, 'A.d'],
    ]),
    [old, old, 'if not (ActiveSupport::VERSION::MAJOR < 6)', undefined],
  )
  const python = `try:
    import x
except ImportError:
    def a(): pass
if sys.version_info >= (3, 9):
    def b(): pass
for x in y:
    def c(): pass
else:
    def d(): pass`
  assert.deepEqual(
    conditionsOf('python', python, [
      [4, 'a'],
      [6, 'b'],
      [8, 'c'],
      [10, 'd'],
    ]),
    ['except ImportError', 'if sys.version_info >= (3, 9)', undefined, undefined],
  )
})

test('`#elifdef` and `#elifndef` begin branches', () => {
  assert.deepEqual(
    conditionsOf('c', '#ifdef A\nint a;\n#elifdef B\nint b;\n#elifndef C\nint c;\n#endif', [
      [2, 'a'],
      [4, 'b'],
      [6, 'c'],
    ]),
    ['#ifdef A', '#elifdef B', '#elifndef C'],
  )
})

test('the last branch of a chain has none of the conditions before, and a branch within another has both', () => {
  const python = `if A:
    def a(): pass
elif B and C:
    if D:
        def b(): pass
else:
    def c(): pass
    class K:
        def d(self): pass`
  assert.deepEqual(
    conditionsOf('python', python, [
      [2, 'a'],
      [5, 'b'],
      [7, 'c'],
      [9, 'd'],
    ]),
    ['if A', 'elif B and C, if D', 'if not (A) and not (B and C)', undefined],
  )
  const php = 'if ($a) {\n  function a() {}\n} elseif ($b) {\n  function b() {}\n} else {\n  function c() {}\n}'
  for (const text of [php, php.replace('elseif', 'else if')])
    assert.deepEqual(
      conditionsOf('php', text, [
        [4, 'b'],
        [6, 'c'],
      ]),
      ['elseif ($b)', 'if (!($a) && !($b))'],
    )
  const ruby = 'unless A\n  def a\n  end\nelse\n  def b\n  end\nend'
  assert.deepEqual(conditionsOf('ruby', ruby, [[5, 'b']]), ['if A'])
})

test('variants of one name say in which branch of the preprocessor they are', () => {
  const text = `#ifndef A_H
#define A_H
#ifdef USE_ICU
int a(char *x);
#else
int a(int x);
#endif
int b(void);
#if X > 1
int c(int x);
#elif Y
int c(char x);
#else
int c(long x);
#endif
#endif`
  const lines = [
    [4, 'a'],
    [6, 'a'],
    [8, 'b'],
    [10, 'c'],
    [12, 'c'],
    [14, 'c'],
  ] as const
  assert.deepEqual(conditionsOf('c', text, lines), [
    '#ifdef USE_ICU',
    '#ifndef USE_ICU',
    undefined,
    '#if X > 1',
    '#elif Y',
    '#else of #elif Y',
  ])
})

test('what one branch of the preprocessor alone defines has its condition, guards are none', () => {
  const text = `#if !defined(A_H)
// Of this header.
#define A_H
#ifdef __cplusplus
extern "C" {
#endif
int a(void);
#if HAS_B
int b(void);
#endif
#endif`
  const lines = [
    [7, 'a'],
    [9, 'b'],
  ] as const
  assert.deepEqual(conditionsOf('c', text, lines), [undefined, '#if HAS_B'])
  const csharp = `class A
{
#if NET8_0_OR_GREATER
    void A() {}
#endif
    void B() {}
}`
  const members = [
    [4, 'A.a'],
    [6, 'A.b'],
  ] as const
  assert.deepEqual(conditionsOf('csharp', csharp, members), ['#if NET8_0_OR_GREATER', undefined])
})

test('a directive in a comment opens no branch', () => {
  for (const [text, condition] of [
    ['/*\n#if A\n */\nint a;', undefined],
    ['/* #if A\n#endif */\n#if B /*\n*/\nint a;', '#if B'],
    ['/*/\n#if A */\n#if B\nint a;', '#if B'],
  ] as const)
    assert.deepEqual(conditionsOf('c', text, [[text.split('\n').length, 'a']]), [condition], text)
})

test('a condition of the preprocessor is told whole, over all its lines, or not at all', () => {
  const rows: [directive: string, condition: string | undefined][] = [
    ['#if (defined A && A == 1) || \\\n    defined B', '#if (defined A && A == 1) || defined B'],
    ['#if defined A || \\ \r\n  defined B || \\\r\n  C // old', '#if defined A || defined B || C'],
    ['#if defined A /* old */ && B', '#if defined A && B'],
    [`#if ${'defined(A_LONG_NAME) || '.repeat(4)}\\\n  B`, undefined],
    [`#if ${'defined(A_LONG_NAME) || '.repeat(5)}B`, undefined],
    [`#if A ||${' '.repeat(120)}\\\n  B`, '#if A || B'],
    ['#if A || \\', '#if A || int a;'],
    ['#if 1 || \\\n  A\nint b;\n#else', '#else of #if 1 || A'],
    ['#if !defined(A_H) && \\\n  1\n#define A_H', '#if !defined(A_H) && 1'],
    ['#if \\\n  !defined(A_H)\n#define A_H', undefined],
  ]
  for (const [directive, condition] of rows) {
    const text = `${directive}\nint a;\nint a;\n#endif`
    const line = text.split('\n').length - 1
    assert.deepEqual(conditionsOf('cpp', text, [[line, 'a']]), [condition], directive)
  }
})

test('a definition has the directives of all branches around it, without those around its parent', () => {
  const text = '#if A\nstruct a {\n#ifdef B\n  int b;\n#endif\n};\n#if C\nint c;\n#endif\n#endif'
  const components = [
    component('a', 'a', { startLine: 2, endLine: 6 }),
    component('a', 'b', { startLine: 4, endLine: 4, parent: 'a#a' }),
    component('a', 'c', { startLine: 8, endLine: 8 }),
  ]
  const found = withConditions(components, new Map([['a', sourceFile('a', 'c', text)]]))
  assert.deepEqual(
    found.map(({ condition }) => condition),
    ['#if A', '#ifdef B', '#if A, #if C'],
  )
})

test('a branch that ends before the name of a definition is no condition of it', () => {
  const csharp = `class A
{
#if INLINE
    [MethodImpl(Options.Aggressive)]
#endif
    public void A() {}
#if NET8
#if INLINE
    [MethodImpl(Options.Aggressive)]
#endif
    public void B() {}
#endif
#if !INTERNAL
    public
#endif
    static class C {}
    [Names(D)]
#if INLINE
    public void D() {}
#else
    internal void D() {}
#endif
#if INLINE
    [Obsolete]
    public void E(
        int e) {}
#endif
#if INLINE
    [Obsolete] public void F()
#else
    [Obsolete] public void F(int f)
#endif
    {
    }
}`
  const all = [
    ['A', 4, 6],
    ['B', 9, 11],
    ['C', 14, 16],
    ['D', 17, 19],
    ['E', 24, 26],
    ['F', 29, 34],
  ] as const
  const found = withConditions(
    all.map(([name, startLine, endLine]) => component('a', name, { startLine, endLine })),
    new Map([['a', sourceFile('a', 'csharp', csharp)]]),
  )
  assert.deepEqual(
    found.map(({ condition }) => condition),
    [undefined, '#if NET8', undefined, undefined, '#if INLINE', '#if INLINE'],
  )
})

test('a function of PHP that is only defined where none is has its condition', () => {
  const text = `<?php
if (! function_exists('a')) {
    /**
     * Says.
     */
    function a() {}
} else {
    function b() {}
}
if (PHP_VERSION_ID < 80000)
{
    function c() {}
}
function d() {
    return 1;
}`
  const lines = [
    [6, 'a'],
    [8, 'b'],
    [12, 'c'],
    [14, 'd'],
  ] as const
  const a = "if (! function_exists('a'))"
  assert.deepEqual(conditionsOf('php', text, lines), [
    a,
    `if (!(! function_exists('a')))`,
    'if (PHP_VERSION_ID < 80000)',
    undefined,
  ])
})

/** The conditions of items of Rust, by the names of the components. */
function cfgIn(
  texts: Record<string, string>,
  items: readonly (readonly [file: string, line: number, name: string, parent?: string])[],
) {
  const all = items.map(([file, startLine, name, parent]) =>
    component(file, name, { startLine, endLine: startLine, parent: parent ?? null }),
  )
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, sourceFile(path, 'rust', text)]))
  return Object.fromEntries(withConditions(all, files).map(({ name, condition }) => [name, condition]))
}

test('items of Rust have the `#[cfg]` of their own, of what is around them, and of the module that is their file', () => {
  const found = cfgIn(
    {
      'src/lib.rs': `#[cfg(feature = "net")]
mod net;
#[cfg(unix)]
#[path = "of_unix.rs"]
mod system;
#[cfg(not(test))]
pub fn always() {}
/// Says.
#[cfg(any(
    feature = "a",
    feature = "b",
))]
#[inline]
pub struct Both {
    x: u8,
}
#[cfg(feature = "a")]
impl Both
where
    u8: Copy,
{
    pub fn of_a(&self) {}
    #[cfg(all(unix, feature = "b"))]
    pub fn of_both(&self) {}
}
pub fn last() {}`,
      'src/net.rs': 'mod tcp;\npub struct Host {}\nimpl Host {\n    pub fn name(&self) {}\n}\n',
      'src/net/tcp.rs': '#![cfg(windows)]\npub fn listen() {}\n',
      'src/of_unix.rs': 'pub fn fork() {}\n',
    },
    [
      ['src/lib.rs', 7, 'always'],
      ['src/lib.rs', 14, 'Both'],
      ['src/lib.rs', 22, 'of_a', 'src/lib.rs#Both'],
      ['src/lib.rs', 24, 'of_both', 'src/lib.rs#Both'],
      ['src/lib.rs', 26, 'last'],
      ['src/net.rs', 2, 'Host'],
      ['src/net.rs', 4, 'name', 'src/net.rs#Host'],
      ['src/net/tcp.rs', 2, 'listen'],
      ['src/of_unix.rs', 1, 'fork'],
    ],
  )
  assert.deepEqual(found, {
    always: undefined,
    Both: '#[cfg(any(feature = "a", feature = "b"))]',
    of_a: '#[cfg(feature = "a")]',
    of_both: '#[cfg(all(feature = "a", unix, feature = "b"))]',
    last: undefined,
    Host: '#[cfg(feature = "net")]',
    name: undefined,
    listen: '#[cfg(all(feature = "net", windows))]',
    fork: '#[cfg(unix)]',
  })
})

test('`#![cfg]` in a block of Rust is only a condition of what is in the block', () => {
  const found = cfgIn(
    {
      'src/lib.rs': `pub struct Plan {}
pub mod inner {
    #![cfg(feature = "net")]
    pub fn send() {}
}
pub fn last() {}`,
    },
    [
      ['src/lib.rs', 1, 'Plan'],
      ['src/lib.rs', 4, 'send'],
      ['src/lib.rs', 6, 'last'],
    ],
  )
  assert.deepEqual(found, { Plan: undefined, send: '#[cfg(feature = "net")]', last: undefined })
})

test('hostile attributes of Rust take little time', () => {
  const open = cfgIn({ 'a.rs': `${'#[cfg(x'.repeat(60_000)}\npub fn a() {}` }, [['a.rs', 2, 'a']])
  assert.deepEqual(open, { a: undefined })
  const many = '#[cfg(a)]\n'.repeat(40_000)
  assert.deepEqual(cfgIn({ 'a.rs': `${many}pub fn a() {}` }, [['a.rs', 40_001, 'a']]), { a: '#[cfg(a)]' })
  const loop = cfgIn({ 'a.rs': '#[cfg(x)]\nmod b;\n', 'b.rs': '#[cfg(y)]\nmod a;\npub fn f() {}\n' }, [
    ['b.rs', 3, 'f'],
  ])
  assert.deepEqual(Object.keys(loop), ['f'])
})

test('hostile conditions take little time and memory', () => {
  const elses = conditionsOf('c', `#if X\n${'#else\n'.repeat(100_000)}int a;\nint a;\n#endif\n`, [
    [100_002, 'a'],
    [100_003, 'a'],
  ])
  assert.deepEqual(elses, ['#else of #if !X', '#else of #if !X'])
  const guards = '#ifndef A\n#define A\n'.repeat(50_000)
  assert.deepEqual(
    conditionsOf('c', `${guards}int a;\nint a;\n`, [
      [100_001, 'a'],
      [100_002, 'a'],
    ]),
    [undefined, undefined],
  )
  const long = `if ${'a'.repeat(400_000)}:\n${'    x\n'.repeat(60_000)}`
  assert.deepEqual(conditionsOf('python', long, [[2, 'a']]), [`if ${'a'.repeat(96)}…`])
})

test('members of a conditional extension of Swift have its head, also fields; others have none', () => {
  const swift = `extension Plan where Step == String {
    func a() {
    }
    public var b: Int { 7 }
}
extension Plan {
    func c() {}
}
extension Plan: Sequence where Step: Value { func d() {} }
public extension Plan where Step: Value {
    func e() {}
}
extension Plan
where Step: Value, Step: Named
{
    func f() {}
}
extension Plan
{
    func g() {}
}`
  const found = conditionsOf('swift', swift, [
    [1, 'Plan'],
    [2, 'Plan.a'],
    [4, 'Plan.b'],
    [7, 'Plan.c'],
    [9, 'Plan.d'],
    [11, 'Plan.e'],
    [16, 'Plan.f'],
    [20, 'Plan.g'],
  ])
  const head = 'extension Plan where Step == String'
  const other = 'extension Plan where Step: Value'
  assert.deepEqual(found, [undefined, head, head, undefined, undefined, other, `${other}, Step: Named`, undefined])
})
