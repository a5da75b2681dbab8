import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesIn, changesOf } from './diff-of.ts'

const PACKAGE_JSON = { 'package.json': '{"name":"orbit","version":"1.0.0","main":"index.ts","types":"index.ts"}' }
const typescript = (before: string, after: string) => changesIn(PACKAGE_JSON, 'index.ts', before, after)
const go = (before: string, after: string) =>
  changesIn(
    { 'go.mod': 'module example.org/orbit\n' },
    'orbit.go',
    `package orbit\n${before}`,
    `package orbit\n${after}`,
  )
const POM = '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId><version>1</version></project>'
const java = (before: string, after: string) =>
  changesIn(
    { 'pom.xml': POM },
    'src/main/java/org/orbit/Plan.java',
    `package org.orbit;\n${before}`,
    `package org.orbit;\n${after}`,
  )
const CARGO = { 'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n' }
const rust = (before: string, after: string) => changesIn(CARGO, 'src/lib.rs', before, after)

test('TypeScript: names of parameters are nobody’s, optional ones are compatible, unions may widen', async () => {
  assert.deepEqual(
    await typescript(
      'export function f(a: string): string { return a }',
      'export function f(b: string): string { return b }',
    ),
    [],
  )
  assert.deepEqual(
    await typescript(
      'export function f(a: string): void {}',
      'export function f(a: string | number, b?: number): void {}',
    ),
    [
      'compatible parameter-added index.ts#f `b`'.replace('index.ts', 'orbit'),
      'compatible parameter-type-changed orbit#f `a`: `string` → `string | number`',
    ].sort(),
  )
  assert.deepEqual(
    await typescript('export function f(a: string | number): void {}', 'export function f(a: string): void {}'),
    ['breaking parameter-type-changed orbit#f `a`: `string | number` → `string`'],
  )
  assert.deepEqual(
    await typescript('export function f(a: string): void {}', 'export function f(a: string, b: number): void {}'),
    ['breaking required-parameter-added orbit#f `b`'],
  )
})

test('TypeScript: a required member of an interface breaks who implements it, an optional one does not', async () => {
  assert.deepEqual(
    await typescript(
      'export interface Plan { a: string }',
      'export interface Plan { a: string; b?: number; c: number }',
    ),
    ['breaking required-member-added orbit#Plan.c', 'compatible name-added orbit#Plan.b'],
  )
  assert.deepEqual(
    await typescript(
      'export class Plan { a = 1; run(): void {} }',
      'export class Plan { a = 1; private run(): void {} }',
    ),
    ['breaking name-removed orbit#Plan.run'],
  )
  assert.deepEqual(await typescript('export class P { x: number = 1 }', 'export class P { readonly x: number = 1 }'), [
    'breaking modifier-changed orbit#P.x now `readonly`',
  ])
})

test('Go: any difference of types breaks, names of parameters and results do not', async () => {
  assert.deepEqual(
    await go('func F(a, b int) (n int, err error) { return }', 'func F(x, y int) (int, error) { return 0, nil }'),
    [],
  )
  assert.deepEqual(await go('func F(a int) error { return nil }', 'func F(a int64) error { return nil }'), [
    'breaking parameter-type-changed example.org/orbit.F `a`: `int` → `int64`',
  ])
  assert.deepEqual(await go('func F(a int) {}', 'func F(a int, more ...string) {}'), [
    'breaking parameter-added example.org/orbit.F `more`',
  ])
  assert.deepEqual(await go('func F() error { return nil }', 'func F() (int, error) { return 0, nil }'), [
    'breaking result-type-changed example.org/orbit.F `error` → `(int, error)`',
  ])
})

test('Go: a new method of an interface breaks, a new field of a struct does not, a constant’s value does', async () => {
  assert.deepEqual(await go('type I interface { A() }', 'type I interface { A(); B() }'), [
    'breaking required-member-added example.org/orbit.I.B',
  ])
  assert.deepEqual(await go('type S struct { A int }', 'type S struct { A int\n B string }'), [
    'compatible name-added example.org/orbit.S.B',
  ])
  assert.deepEqual(await go('type S struct { A int }', 'type S struct { a int }'), [
    'breaking name-removed example.org/orbit.S.A',
  ])
  assert.deepEqual(await go('const V = "1"', 'const V = "2"'), [
    'breaking value-changed example.org/orbit.V `"1"` → `"2"`',
  ])
  assert.deepEqual(
    await go('type S struct{}\nfunc (s *S) Run(a interface{}) {}', 'type S struct{}\nfunc (s *S) Run(a any) {}'),
    [],
  )
})

test('Go: names in the types of functions do not count', async () => {
  const of = (type: string): string => `type Context struct{}\ntype F ${type}\nfunc G(a ${type}) ${type} { return a }`
  for (const [before, after] of [
    ['func(a *Context, b error)', 'func(c *Context, d error)'],
    ['func(a, b int) (n int, err error)', 'func(int, int) (int, error)'],
    ['map[string]func(a func(b int) bool) []func()', 'map[string]func(func(int) bool) []func()'],
  ] as const) {
    assert.deepEqual(await go(of(before), of(after)), [], before)
    assert.deepEqual(await go(of(after), of(before)), [], after)
  }
  const changes = await go(of('func(a int, b string)'), of('func(a, b string)'))
  assert.equal(changes.filter((one) => one.startsWith('breaking')).length, 3)
  assert.equal((await go(of('func(chan int)'), of('func(int)'))).length, 3)
})

test('Go: a method of pointers is none of values', async () => {
  const of = (receiver: string): string => `type S struct{}\nfunc (${receiver}) Run() {}`
  assert.deepEqual(await go(of('s S'), of('s *S')), [
    'breaking modifier-changed example.org/orbit.S.Run now of a pointer',
  ])
  assert.deepEqual(await go(of('S'), of('*S')), ['breaking modifier-changed example.org/orbit.S.Run now of a pointer'])
  assert.deepEqual(await go(of('s *S'), of('s S')), [])
  assert.deepEqual(await go(of('s *S'), of('*S')), [])
})

test('Go: another name for a type is that type', async () => {
  const of = (type: string): string => `type S struct { Value ${type}; To *${type} }\nfunc F(a ${type}) {}`
  assert.deepEqual(await go(of('string'), `type Path = string\n${of('Path')}`), [
    'compatible name-added example.org/orbit.Path',
  ])
  const other = await go(of('string'), `type Path string\n${of('Path')}`)
  assert.equal(other.filter((one) => one.startsWith('breaking')).length, 3)
})

test('an alias of one version is no type parameter or text of the same name', async () => {
  const generic = 'func Map[T any](x T) T { return x }'
  assert.deepEqual(await go(`type T = string\n${generic}`, generic), ['breaking name-removed example.org/orbit.T'])
  const of = (text: string): string => `export function f<T>(x: T, y: 'Mode' | ${text}): T { return x }`
  assert.deepEqual(await typescript(`type T = string\ntype Mode = 'a' | 'b'\n${of('Mode')}`, of("'a' | 'b'")), [])
})

test('Go: an interface with a method that is not exported cannot be implemented', async () => {
  assert.deepEqual(await go('type I interface { A() }', 'type I interface { A(); b() }'), [
    'breaking required-member-added example.org/orbit.I not exported',
  ])
  assert.deepEqual(await go('type I interface { A(); b() }', 'type I interface { A(); b(); c() }'), [])
})

test('Go: a field that is left by embedding alone cannot be named in literals', async () => {
  const of = (fields: string): string =>
    `type Config struct { Size int }\ntype More struct { Config }\ntype S struct { ${fields} }`
  assert.deepEqual(await go(of('Config'), of('More')), [
    'breaking name-removed example.org/orbit.S.Config only by embedding',
    'compatible name-added example.org/orbit.S.More',
  ])
  assert.deepEqual(await go(of('Config'), of('Config; More')), ['compatible name-added example.org/orbit.S.More'])
})

test('Go: a new method hides that of an embedded type', async () => {
  const of = (method: string): string => `import "context"\ntype S struct { context.Context }\n${method}`
  const value = 'func (s *S) Value(name string) string { return name }'
  assert.deepEqual(await go(of(''), of(value)), [
    'breaking name-added example.org/orbit.S.Value hides `context.Context.Value`',
  ])
  const same = 'func (s *S) Value(name interface{}) any { return name }'
  assert.deepEqual(await go(of(''), of(same)), ['compatible name-added example.org/orbit.S.Value'])
  assert.deepEqual(await go(of(''), of('func (s *S) Other() {}')), ['compatible name-added example.org/orbit.S.Other'])

  const box = (method: string): string =>
    `type Base struct{}\nfunc (Base) Size() int { return 1 }\ntype Box struct{ Base }\n${method}`
  const other = await go(box(''), box('func (b *Box) Size() string { return "" }'))
  assert.match(other.join('\n'), /^breaking result-type-changed example\.org\/orbit\.Box\.Size/m)
})

test('TypeScript: types of template literals are code as a whole', async () => {
  assert.deepEqual(await typescript('export type Id = `a-${string}`', 'export type Id = `b-${string}`'), [
    'unknown type-changed orbit#Id `` `a-${string}` `` → `` `b-${string}` ``',
  ])
})

test('Go: a variable without a type has that of its value, where the text says it', async () => {
  const body = 'return strings.Repeat(a, 3) + strings.Repeat(a, 4) + strings.Repeat(a, 5) + strings.Repeat(a, 6)'
  const of = (value: string): string => `import "strings"\nvar V = ${value}\nvar _ = strings.Repeat`
  for (const [before, after] of [
    ['"a"', '"b"'],
    ['1', '2'],
    ['func(a string) string { return a }', `func(b string) string { ${body.replaceAll('a,', 'b,')} }`],
    ['func(a string) interface{} { return a }', 'func(a string) any { return a }'],
    ['[]string{"a"}', '[]string{"a", "b"}'],
    ['&S{}', 'strings.Repeat'],
  ] as const) {
    const changes = await go(
      `type S struct{}\n${of(before)}`.replace(
        'type S struct{}\nimport "strings"',
        'import "strings"\ntype S struct{}',
      ),
      `import "strings"\ntype S struct{}\n${of(after).replace('import "strings"\n', '')}`,
    )
    assert.deepEqual(
      changes.filter((change) => change.startsWith('breaking')),
      [],
      `${before} ${after}`,
    )
  }
  assert.deepEqual(await go(of('func(a string) string { return a }'), of(`func(n int, a string) string { ${body} }`)), [
    'breaking type-changed example.org/orbit.V `func(string) string` → `func(int, string) string`',
  ])
  assert.deepEqual(await go(of('1'), of('"1"')), ['breaking type-changed example.org/orbit.V `int` → `string`'])
  assert.deepEqual(await go(of('[]string{"a"}'), of('map[string]int{"a": 1}')), [
    'breaking type-changed example.org/orbit.V `[]string` → `map[string]int`',
  ])
})

test('TypeScript: a union of more breaks who reads it, one of less who makes it', async () => {
  for (const [before, after, severity] of [
    ['export type V = string', 'export type V = string | null', 'breaking'],
    ['export type V = string | null', 'export type V = string', 'breaking'],
    ['export type V = string | string[]', 'export type V = string | number', 'breaking'],
    ['export type V = Record<string, string>', 'export type V = Record<string, string | number>', 'breaking'],
    ['export type V = { a: string }', 'export type V = { a: string; b?: number }', 'compatible'],
    ['export type V = { [key: string]: 1 }', 'export type V = { [key: string]: 2 }', 'breaking'],
    ['export type V = { a: 1 }', 'export type V = { a: 1; [key: string]: 1 }', 'compatible'],
    ['export function f(): void {}', 'const g = Math.min\nexport const f = g', 'unknown'],
    ['export type V = "a" | "b"', 'export type V = string', 'breaking'],
    ['export function f(a: "a"): void {}', 'export function f(a: "b" | (string & {})): void {}', 'compatible'],
    ['export function f(): string { return "" }', 'export function f(): unknown { return "" }', 'breaking'],
    ['export function f(a: unknown): void {}', 'export function f(a: string): void {}', 'breaking'],
    ['export function f(): unknown { return 1 }', 'export function f(): string { return "" }', 'compatible'],
    ['export type V = any', 'export type V = string', 'unknown'],
    ['export function f(): string { return "" }', 'export function f(): string | null { return null }', 'breaking'],
    ['export function f(): void {}', 'export function f(): void | Promise<void> {}', 'unknown'],
    ['export function f(): string { return "" }', 'export function f(): any { return "" }', 'unknown'],
  ] as const) {
    const changes = await typescript(before, after)
    assert.deepEqual(
      changes.map((change) => change.split(' ')[0]),
      [severity],
      `${before} → ${after}`,
    )
  }
})

test('Java: overloads are told apart by their types; final, static, throws and abstract members break', async () => {
  assert.deepEqual(
    await java(
      'public class Plan { public void run(int a) {} public void run(String a) {} }',
      'public class Plan { public void run(String name) {} public void run(long a, boolean b) {} public void stop() {} }',
    ),
    [
      'breaking parameter-type-changed org.orbit.Plan.run `a`: `int` → `long`',
      'breaking required-parameter-added org.orbit.Plan.run `b`',
      'compatible name-added org.orbit.Plan.stop',
    ],
  )
  assert.deepEqual(
    await java(
      'public class Plan { public void run() {} }',
      'public final class Plan { public void run() throws java.io.IOException {} }',
    ),
    [
      'breaking errors-changed org.orbit.Plan.run none → `java.io.IOException`',
      'breaking modifier-changed org.orbit.Plan now `final`',
    ],
  )
  assert.deepEqual(
    await java(
      'public interface Plan { void run(); }',
      'public interface Plan { void run(); void stop(); default void pause() {} }',
    ),
    ['breaking required-member-added org.orbit.Plan.stop', 'compatible name-added org.orbit.Plan.pause'],
  )
})

test('Java: the constructor that the language gives is gone with the first other one', async () => {
  assert.deepEqual(await java('public class Plan { }', 'public class Plan { public Plan(int a) {} }'), [
    'breaking constructor-removed org.orbit.Plan `Plan()`',
    'compatible name-added org.orbit.Plan.Plan',
  ])
  assert.deepEqual(await java('public class Plan { }', 'public class Plan { public Plan() {} }'), [
    'compatible name-added org.orbit.Plan.Plan',
  ])
})

test('Java: visibility and types of results', async () => {
  assert.deepEqual(
    await java(
      'public class Plan { public int a() { return 1; } public int b() { return 1; } int c; }',
      'public class Plan { protected int a() { return 1; } public long b() { return 1; } }',
    ),
    [
      'breaking result-type-changed org.orbit.Plan.b `int` → `long`',
      'breaking visibility-reduced org.orbit.Plan.a `public` → `protected`',
    ],
  )
})

test('Rust: variants and fields break where users can list them', async () => {
  assert.deepEqual(await rust('pub enum E { A }', 'pub enum E { A, B }'), ['breaking variant-added orbit::E.B'])
  assert.deepEqual(await rust('#[non_exhaustive]\npub enum E { A }', '#[non_exhaustive]\npub enum E { A, B }'), [
    'compatible name-added orbit::E.B',
  ])
  assert.deepEqual(await rust('pub struct S { pub a: u8 }', 'pub struct S { pub a: u8, pub b: u8 }'), [
    'breaking field-added orbit::S.b',
  ])
  assert.deepEqual(await rust('pub struct S { pub a: u8, c: u8 }', 'pub struct S { pub a: u8, c: u8, pub b: u8 }'), [
    'compatible name-added orbit::S.b',
  ])
  assert.deepEqual(
    await rust('pub trait T { fn a(&self); }', 'pub trait T {\n fn a(&self);\n fn b(&self);\n fn c(&self) {}\n}'),
    ['breaking required-member-added orbit::T.b', 'compatible name-added orbit::T.c'],
  )
  assert.deepEqual(await rust('pub fn f(a: &str) -> u8 { 1 }', 'pub unsafe fn f(b: &str) -> u16 { 1 }'), [
    'breaking modifier-changed orbit::f now `unsafe`',
    'breaking result-type-changed orbit::f `u8` → `u16`',
  ])
})

test('C#: named arguments break with their names, optional ones may', async () => {
  const csharp = (before: string, after: string) =>
    changesIn(
      {
        'Orbit.csproj':
          '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageId>Orbit</PackageId></PropertyGroup></Project>',
      },
      'Plan.cs',
      `namespace Orbit;\n${before}`,
      `namespace Orbit;\n${after}`,
    )
  assert.deepEqual(
    await csharp('public class Plan { public void Run(int a) {} }', 'public class Plan { public void Run(int b) {} }'),
    ['breaking parameter-renamed Orbit.Plan.Run `a` → `b`'],
  )
  const run = (list: string): string => `public class Plan { public void Run(${list}) {} }`
  assert.deepEqual(await csharp(run('int a, string[] b'), run('int a, params string[] b')), [
    'compatible parameter-kind-changed Orbit.Plan.Run `b`',
  ])
  assert.deepEqual(await csharp(run('string b'), run('params string[] b')), [
    'breaking parameter-kind-changed Orbit.Plan.Run `b`',
  ])
  assert.deepEqual(
    await csharp(
      'public class Plan { public void Run(int a) {} }',
      'public class Plan { public void Run(int a, int b = 1) {} }',
    ),
    ['unknown parameter-added Orbit.Plan.Run `b`'],
  )
})

test('Kotlin: defaults keep the source, names break', async () => {
  const kotlin = (before: string, after: string) =>
    changesIn(
      { 'pom.xml': POM },
      'src/main/kotlin/Plan.kt',
      `package org.orbit\n${before}`,
      `package org.orbit\n${after}`,
    )
  assert.deepEqual(
    await kotlin('class Plan { fun run(a: Int): Int = a }', 'class Plan { fun run(b: Int, c: Int = 1): Int = b }'),
    ['breaking parameter-renamed org.orbit.Plan.run `a` → `b`', 'unknown parameter-added org.orbit.Plan.run `c`'],
  )
})

test('Ruby: keywords are named, positions are not', async () => {
  const ruby = (before: string, after: string) =>
    changesIn(
      { 'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\nend\n' },
      'lib/orbit.rb',
      before,
      after,
    )
  assert.deepEqual(
    await ruby('class Plan\n  def run(a, key: 1)\n  end\nend\n', 'class Plan\n  def run(b, other: 1)\n  end\nend\n'),
    ['breaking parameter-renamed Plan.run `key` → `other`', 'compatible parameter-renamed Plan.run `a` → `b`'],
  )
})

test('PHP: a new required parameter breaks', async () => {
  const php = (before: string, after: string) =>
    changesIn(
      { 'composer.json': '{"name":"acme/orbit","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}' },
      'src/Plan.php',
      `<?php\nnamespace Orbit;\n${before}`,
      `<?php\nnamespace Orbit;\n${after}`,
    )
  assert.deepEqual(
    await php('class Plan { public function run(int $a) {} }', 'class Plan { public function run(int $a, int $b) {} }'),
    ['breaking required-parameter-added Orbit\\Plan.run `b`'],
  )
  const run = (list: string): string => `class Plan { public function run(${list}) {} }`
  const kind = (severity: string): string[] => [`${severity} parameter-kind-changed Orbit\\Plan.run \`a\``]
  assert.deepEqual(await php(run('string $a'), run('string ...$a')), kind('compatible'))
  assert.deepEqual(await php(run('array $a'), run('...$a')), kind('unknown'))
  assert.deepEqual(await php(run('array $a'), run('string ...$a')), kind('unknown'))
})

test('C: a header that is installed is the API', async () => {
  const c = (before: string, after: string) => changesIn({ Makefile: 'all:\n' }, 'include/orbit.h', before, after)
  assert.deepEqual(await c('int orbit_run(int a);\nint orbit_stop(void);\n', 'int orbit_run(long a);\n'), [
    'breaking name-removed orbit.h.orbit_stop',
    'breaking parameter-type-changed orbit.h.orbit_run `a`: `int` → `long`',
  ])
})

test('Java: what overrides an inherited method may return a part of its type', async () => {
  const files = (plan: string): Record<string, string> => ({
    'pom.xml': POM,
    'src/main/java/org/orbit/Shape.java':
      'package org.orbit;\npublic class Shape {\n  public Shape copy() { return this; }\n}\n',
    'src/main/java/org/orbit/Plan.java': `package org.orbit;\n${plan}`,
  })
  assert.deepEqual(
    await changesOf(
      files('public class Plan extends Shape {\n  public int a() { return 1; }\n}'),
      files(
        'public class Plan extends Shape {\n  public int a() { return 1; }\n  @Override public Plan copy() { return this; }\n}',
      ),
    ),
    ['compatible result-type-changed org.orbit.Plan.copy `Shape` → `Plan`'],
  )
  assert.deepEqual(
    await java(
      'public class Plan {\n  public Object a() { return 1; }\n}',
      'public class Plan {\n  public String a() { return ""; }\n}',
    ),
    ['breaking result-type-changed org.orbit.Plan.a `Object` → `String`'],
  )
})

test('Java: a method that still overrides one with its former result is kept in what is compiled', async () => {
  const files = (base: string, result: string): Record<string, string> => ({
    'pom.xml': POM,
    'src/main/java/org/orbit/Shape.java': `package org.orbit;\npublic class Shape {\n  public ${base} copy() { return null; }\n}\n`,
    'src/main/java/org/orbit/Plan.java': `package org.orbit;\npublic class Plan extends Shape {\n  @Override public ${result} copy() { return null; }\n}\n`,
  })
  assert.deepEqual(await changesOf(files('Shape', 'Shape'), files('Shape', 'Plan')), [
    'compatible result-type-changed org.orbit.Plan.copy `Shape` → `Plan`',
  ])
  assert.deepEqual(await changesOf(files('Object', 'Shape'), files('Object', 'Plan')), [
    'breaking result-type-changed org.orbit.Plan.copy `Shape` → `Plan`',
  ])
})

test('Java: another bound of a type parameter has another erasure, and arguments must be as many', async () => {
  const severities = async (before: string, after: string): Promise<string[]> =>
    (await java(`public interface Plan${before} { }`, `public interface Plan${after} { }`)).map(
      (one) => one.split(' ')[0] ?? '',
    )
  assert.deepEqual(await severities('<T, E extends Throwable>', '<T, E extends Exception>'), ['breaking'])
  assert.deepEqual(await severities('<T extends java.util.List<T>>', '<T extends List<T>>'), [])
  assert.deepEqual(await severities('<T>', '<T extends Object>'), ['unknown'])
  assert.deepEqual(await severities('<T>', '<T, U>'), ['breaking'])
  assert.deepEqual(await severities('', '<T>'), ['unknown'])
})

test('Java: a bound of a type parameter is no base, and a nested type may be named by its own name', async () => {
  assert.deepEqual(
    await java(
      'public class Plan {\n  public interface Base<T extends Base> { void a(); }\n}',
      'public class Plan {\n  public interface Base<T extends Base<T>> { void a(); }\n}',
    ),
    ['unknown type-parameters-changed org.orbit.Plan.Base `T extends Base` → `T extends Base<T>`'],
  )
  assert.deepEqual(
    await java(
      'public class Plan<T extends Comparable<T>> extends java.util.ArrayList<Map<T, ? extends Number>> implements Runnable {}',
      'public class Plan<T extends Comparable<T>> extends java.util.ArrayList<Map<T, ? extends Number>> {}',
    ),
    ['breaking base-removed org.orbit.Plan `Runnable`'],
  )
  assert.deepEqual(
    await java(
      'public class Plan {\n  public void a(Document.Settings b, List<Document.Settings> c) {}\n}',
      'public class Plan {\n  public void a(Settings b, List<Settings> c) {}\n}',
    ),
    [],
  )
  assert.deepEqual(
    await java(
      'public class Plan {\n  public void a(Document.Settings b) {}\n}',
      'public class Plan {\n  public void a(Page.Settings b) {}\n}',
    ),
    ['breaking parameter-type-changed org.orbit.Plan.a `b`: `Document.Settings` → `Page.Settings`'],
  )
})

test('TypeScript: who only makes a value may leave more out of it, who only reads one may rely on more', async () => {
  const made = (members: string): string =>
    `export interface Options { ${members} }\nexport function plan(options: Options): void {}`
  const read = (members: string): string =>
    `export interface Result { ${members} }\nexport function plan(): Promise<Result> { throw 0 }`
  const given = (members: string): string =>
    `export interface Context { ${members} }\nexport function plan(call: (context: Context) => void): void {}`
  const returned = (members: string): string =>
    `export interface Answer { ${members} }\nexport function plan(call: (id: string) => Answer): void {}`
  const both = (members: string): string =>
    `export interface Plan { ${members} }\nexport function plan(before: Plan): Plan { return before }`
  const inside = (members: string): string =>
    `export interface Inner { ${members} }\nexport interface Outer { inner: Inner }\nexport class A { run(outer: Outer): void {} }`
  const changes = [
    ['a: string', 'a?: string', 'made'],
    ['a?: string', 'a: string', 'read'],
    ['a: string', 'a: string; b: number', 'read'],
    ['a: string', 'a: string | null', 'made'],
    ['a: string | null', 'a: string', 'read'],
  ] as const
  for (const [before, after, easier] of changes) {
    for (const [of, role] of [
      [made, 'made'],
      [read, 'read'],
      [given, 'read'],
      [returned, 'made'],
      [inside, 'made'],
      [both, 'both'],
    ] as const) {
      const found = (await typescript(of(before), of(after))).map((change) => change.split(' ')[0])
      assert.deepEqual(found, [role === easier ? 'compatible' : 'breaking'], `${of(before)} → ${after}`)
    }
  }
})

test('TypeScript: a name for a type that only one version has is what it stands for', async () => {
  const now = (type: string): string =>
    `export type Code = 200 | 404 | (number & {})\nexport type Level = 'low' | 'high'\nexport function f(code?: ${type}): void {}`
  const severities = async (before: string, after: string): Promise<string[]> =>
    (await typescript(before, after)).filter((one) => one.includes('orbit#f')).map((one) => one.split(' ')[0] ?? '')
  const of = (type: string): string => `export function f(code?: ${type}): void {}`
  assert.deepEqual(await severities(of('number'), now('Code')), [])
  assert.deepEqual(await severities(of('"low" | "high"'), now('Level')), [])
  assert.deepEqual(await severities(of('"low"'), now('Level')), ['compatible'])
  assert.deepEqual(await severities(of('"low" | "middle" | "high"'), now('Level')), ['breaking'])
  assert.deepEqual(await severities(now('Level'), of('"low" | "high"')), [])
})

test('TypeScript: a type that is written as an object is compared as an interface', async () => {
  const type = 'export type Plan = Base & { a: string; b?: Map<string, number>; run(to: string): void }'
  const base = 'export interface Base { id: string }\n'
  const same = `${base}export interface Plan extends Base { a: string; b?: Map<string, number>; run(to: string): void }`
  assert.deepEqual(await typescript(base + type, same), [])
  assert.deepEqual(await typescript(same, base + type), [])
  assert.deepEqual(
    await typescript(base + type, `${base}export type Plan = Base & { a: number; run(to: string): void; c: 1 }`),
    [
      'breaking name-removed orbit#Plan.b',
      'breaking required-member-added orbit#Plan.c',
      'breaking type-changed orbit#Plan.a `string` → `number`',
    ],
  )
})

test('TypeScript: type arguments that users write must still fit', async () => {
  const severities = async (before: string, after: string): Promise<string[]> =>
    (
      await typescript(`export interface Plan${before} { a: string }`, `export interface Plan${after} { a: string }`)
    ).map((one) => one.split(' ')[0] ?? '')
  assert.deepEqual(await severities('', '<T>'), ['breaking'])
  assert.deepEqual(await severities('<T>', ''), ['breaking'])
  assert.deepEqual(await severities('<T>', '<T, U = () => void>'), ['compatible'])
  assert.deepEqual(await severities('<T = any>', '<T extends object = any>'), ['breaking'])
  assert.deepEqual(await severities('<T extends string | null>', '<T extends string>'), ['breaking'])
  assert.deepEqual(await severities('<T extends string>', '<T extends string | null>'), ['compatible'])
  assert.deepEqual(await severities('<T extends keyof U, U>', '<T extends keyof U & string, U>'), ['unknown'])
  assert.deepEqual(await severities('<T = string>', '<T = number>'), ['unknown'])
  const called = async (before: string, after: string): Promise<string[]> =>
    (await typescript(`export function f${before}(): void {}`, `export function f${after}(): void {}`)).map(
      (one) => one.split(' ')[0] ?? '',
    )
  assert.deepEqual(await called('<T>', '<T extends Record<string, any>>'), ['breaking'])
  assert.deepEqual(await called('<T extends string>', '<T>'), ['unknown'])
  assert.deepEqual(await called('<T>', '<T, U>'), ['unknown'])
  assert.deepEqual(await severities('<T = string>', '<T>'), ['breaking'])
})

test('TypeScript: literals beside the type that contains them are no change', async () => {
  const of = (type: string): string => `export type V = ${type}`
  assert.deepEqual(await typescript(of('"a" | (string & {})'), of('"a" | "b" | (string & {})')), [])
})

test('TypeScript: a field without a type has that of its value', async () => {
  const of = (field: string): string => `export class Plan { ${field} }`
  assert.deepEqual(await typescript(of('name: "Plan" = "Plan"'), of('name = "Plan"')), [
    'breaking type-changed orbit#Plan.name `"Plan"` → `string`',
  ])
  assert.deepEqual(await typescript(of('count: number = 1'), of('count = 2')), [])
  assert.deepEqual(await typescript(of('readonly name: "Plan" = "Plan"'), of('readonly name = "Plan"')), [])
  assert.deepEqual(await typescript(of('count: number = 1'), of('count = make()')), [])
})

test('TypeScript: a type with defaults of its parameters is read as one without', async () => {
  const of = (type: string): string => `export type Plan${type}`
  assert.deepEqual(await typescript(of(' = { a: string }'), of('<T = unknown> = { a: string; b?: T }')), [
    'compatible name-added orbit#Plan.b',
    'compatible type-parameters-changed orbit#Plan none → `T = unknown`',
  ])
  const note = `/**\n${'   * A plan is made of steps.\n'.repeat(100)}   */`
  const long = (b: string): string => of(` = {\n  ${note}\n  a: string\n  ${note}\n  b: ${b}\n}`)
  assert.deepEqual(await typescript(long('string'), long('number')), [
    'breaking type-changed orbit#Plan.b `string` → `number`',
  ])
})

test('TypeScript: an object type with calls is compared by its other members', async () => {
  const of = (call: string, member: string): string => `export type Plan = { ${call}; ${member} }`
  assert.deepEqual(await typescript(of('(a: string): void', 'a: string'), of('(a: string): void', 'a: number')), [
    'breaking type-changed orbit#Plan.a `string` → `number`',
  ])
  assert.deepEqual(await typescript(of('(a: string): void', 'a: string'), of('(a: number): void', 'a: string')), [
    'unknown signature-changed orbit#Plan `{ (a: string): void }` → `{ (a: number): void }`',
  ])
})

test('TypeScript: callbacks take what they are given, and give what is taken', async () => {
  const hook = (type: string): string => `export type Hook = ${type}`
  const made = (type: string): string => `${hook(type)}\nexport function use(hook: Hook): void {}`
  const severity = async (before: string, after: string): Promise<string | undefined> =>
    (await typescript(before, after)).find((one) => one.includes('orbit#Hook'))?.split(' ')[0]
  for (const [before, after, used, own] of [
    ['(a: string) => void', '(a: string, b: number) => void', 'compatible', 'breaking'],
    ['(a: string, b: number) => void', '(a: string) => void', 'breaking', 'breaking'],
    ['(a: string) => void', '(a: string, b?: number) => void', undefined, undefined],
    ['(a: string | null) => void', '(a: string) => void', 'compatible', 'breaking'],
    ['(a: string) => string', '(a: string) => string | Promise<string>', 'compatible', 'breaking'],
    ['(a: string) => string', '(a: string) => void', 'compatible', 'breaking'],
    ['(a: string) => void', '(a: Date) => void', 'breaking', 'breaking'],
    ['(a: Date) => void', '(a: Request) => void', 'breaking', 'breaking'],
    ['(a: Date) => void', '(a: Other) => void', 'unknown', 'unknown'],
    ['(a: string) => { b: number }', '(a: string) => { b: number; c: string }', 'breaking', 'breaking'],
    ['<T>(a: T) => void', '<T>(a: T[]) => void', 'unknown', 'unknown'],
  ] as const) {
    assert.equal(await severity(made(before), made(after)), used, `made: ${before} → ${after}`)
    assert.equal(await severity(hook(before), hook(after)), own, `${before} → ${after}`)
  }
})

test('TypeScript: types of the repository can be assigned as they extend each other', async () => {
  const types = [
    'export interface Base { id: string }',
    'export interface Plan extends Base { name: string }',
    'export interface Open { id: string; note?: string }',
    'export class Failure extends Error { code = 1 }',
    'export type Level = "low" | "high"',
    'type Inner = "a"',
  ].join('\n')
  for (const [before, after, severity] of [
    ['(a: Base): void {}', '(a: Plan): void {}', 'breaking'],
    ['(a: Plan): void {}', '(a: Base): void {}', 'compatible'],
    ['(a: Plan[]): void {}', '(a: readonly Base[]): void {}', 'compatible'],
    ['(a: Base): void {}', '(a: Open): void {}', 'unknown'],
    ['(a: Error): void {}', '(a: Failure): void {}', 'breaking'],
    ['(a: (error: Error) => void): void {}', '(a: (error: Failure) => void): void {}', 'compatible'],
    ['(a: "low"): void {}', '(a: Level): void {}', 'compatible'],
    ['(a: string): void {}', '(a: Level): void {}', 'breaking'],
    ['(a: { b: Level }): void {}', '(a: { b: string; c?: number }): void {}', 'compatible'],
    ['(a: Promise<Plan> | string): void {}', '(a: Promise<Base> | string): void {}', 'compatible'],
    ['(a: Other): void {}', '(a: Plan): void {}', 'unknown'],
    ['(a: Date): void {}', '(a: Request): void {}', 'breaking'],
    ['(a: File): void {}', '(a: Blob): void {}', 'unknown'],
    ['(a: Record<string, 1>): void {}', '(a: string[] | Record<string, 2> | URL): void {}', 'breaking'],
    ['(a: string[]): void {}', '(a: Record<string, any>): void {}', 'unknown'],
    ['(a: Date): void {}', '(a: Record<string, any>): void {}', 'unknown'],
    ['(a: Plan): void {}', '(a: Date): void {}', 'breaking'],
    ['(a: Inner): void {}', '(a: "a" | "b"): void {}', 'compatible'],
    ['(a: string[]): void {}', '(...a: string[]): void {}', 'breaking'],
    ['(...a: string[]): void {}', '(a: string[]): void {}', 'breaking'],
    ['(a: string): void {}', '(...a: string[]): void {}', 'compatible'],
    ['(a: 1, b: Plan): void {}', '(a: 1, ...b: readonly Base[]): void {}', 'compatible'],
    ['(a?: string): void {}', '(...a: string[]): void {}', 'unknown'],
    ['(a: any): void {}', '(...a: any[]): void {}', 'unknown'],
    ['(a): void {}', '(...a): void {}', 'unknown'],
    ['(a: string): void {}', '(...a: Texts): void {}', 'unknown'],
  ] as const) {
    const of = (rest: string): string => `${types}\nexport function f${rest}`
    const found = (await typescript(of(before), of(after))).map((one) => one.split(' ')[0])
    assert.deepEqual(found, [severity], `${before} → ${after}`)
  }
})

test('a rest parameter takes the arguments of removed ones; to Java, it is an array', async () => {
  const text = 'export function f(a: string, b: string): void {}'
  assert.deepEqual(await typescript(text, 'export function f(...all: string[]): void {}'), [
    'compatible parameter-kind-changed orbit#f `all`',
    'compatible parameter-removed orbit#f `b`',
  ])
  assert.deepEqual(await typescript(text, 'export function f(...all: number[]): void {}'), [
    'breaking parameter-kind-changed orbit#f `all`',
    'breaking parameter-removed orbit#f `b`',
  ])
  const method = (list: string): string => `public class Plan { public void f(${list}) {} }`
  const kind = (severity: string): string[] => [`${severity} parameter-kind-changed org.orbit.Plan.f \`a\``]
  assert.deepEqual(await java(method('String[] a'), method('String... a')), kind('compatible'))
  assert.deepEqual(await java(method('String... a'), method('String[] a')), kind('breaking'))
  assert.deepEqual(await java(method('String a'), method('String... a')), kind('breaking'))
  assert.deepEqual(await go('func F(a []string) {}', 'func F(a ...string) {}'), [
    'breaking parameter-kind-changed example.org/orbit.F `a`',
  ])
})

test('TypeScript: a class without a constructor has that of its base', async () => {
  const of = (plan: string): string => `export class Base { constructor(a: string) {} }\nexport class Plan${plan}`
  const found = async (before: string, after: string): Promise<string[]> =>
    (await typescript(of(before), of(after))).filter((one) => !one.startsWith('compatible'))
  const required = ['breaking required-parameter-added orbit#Plan `a`']
  assert.deepEqual(await found(' {}', ' { constructor(a: string) {} }'), required)
  assert.deepEqual(await found(' {}', ' { constructor(a?: string) {} }'), [])
  assert.deepEqual(await found(' extends Base {}', ' extends Base { constructor(a: string) { super(a) } }'), [])
  assert.deepEqual(await found(' extends Error {}', ' extends Error { constructor(a: string) { super(a) } }'), [
    'breaking parameter-now-required orbit#Plan `a`',
    'breaking parameter-removed orbit#Plan `options`',
  ])
  assert.deepEqual(await found(' extends Other {}', ' extends Other { constructor(a: string) { super(a) } }'), [])
  assert.deepEqual(await found(' { private constructor() {} }', ' { constructor(a: string) {} }'), [])
})

test('TypeScript: a constant that a function of its file makes has the type that the function says', async () => {
  const of = (members: string, constant: string): string =>
    `export interface Client { ${members} }\nfunction create(a = 1): Client { throw a }\nexport const client = ${constant}`
  assert.deepEqual(await typescript(of('a: 1', 'create()'), of('a: 1; b: 2', 'create()')), [
    'compatible name-added orbit#Client.b',
  ])
  assert.deepEqual(await typescript(of('a: 1', 'create().a'), of('a: 1; b: 2', 'create().a')), [
    'breaking required-member-added orbit#Client.b',
  ])
})

test('TypeScript: types that users cannot import lead on to others', async () => {
  const of = (members: string): string =>
    `export interface Plan { ${members} }\ninterface Inner { plan: Plan }\nexport function f(): Inner { throw 1 }`
  assert.deepEqual(await typescript(of('a: 1'), of('a: 1; b: 2')), ['compatible name-added orbit#Plan.b'])
})

test('TypeScript: a class that only implemented a type is one still, a class that extended one is not', async () => {
  const of = (heritage: string): string => `export class Plan ${heritage} { size = 1 }`
  assert.deepEqual(await typescript(of('implements Sized'), of('')), ['compatible base-removed orbit#Plan `Sized`'])
  assert.deepEqual(await typescript(of('extends Base<{ a: 1 }> implements Sized'), of('implements Sized')), [
    'breaking base-removed orbit#Plan `Base`',
  ])
})

test('TypeScript: an object in the place of a union that had it takes less', async () => {
  const [union, object] = ['export type V = string | { a: 1; b?: 2 }', 'export type V = { a: 1; b?: 2 }']
  const severities = async (before: string, after: string): Promise<string[]> =>
    (await typescript(before, after)).map((one) => one.split(' ').slice(0, 2).join(' '))
  assert.deepEqual(await severities(union, object), ['breaking type-changed'])
  assert.deepEqual(await severities(object, union), ['breaking type-changed'])
})

test('TypeScript: what may be left out may be undefined', async () => {
  const of = (member: string): string => `export interface Plan { ${member} }`
  assert.deepEqual(await typescript(of('a?: string'), of('a?: string | undefined')), [])
  assert.deepEqual(await typescript(of('a: string'), of('a: string | undefined')), [
    'breaking type-changed orbit#Plan.a `string` → `string | undefined`',
  ])
})
