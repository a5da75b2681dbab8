import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flag } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import { c } from '#generate/analyse/languages/c/c.ts'
import { cpp } from '#generate/analyse/languages/cpp/cpp.ts'
import { csharp } from '#generate/analyse/languages/csharp/csharp.ts'
import { java } from '#generate/analyse/languages/java/java.ts'
import { kotlin } from '#generate/analyse/languages/kotlin/kotlin.ts'
import { rust } from '#generate/analyse/languages/rust/rust.ts'
import { scala } from '#generate/analyse/languages/scala/scala.ts'
import { swift } from '#generate/analyse/languages/swift/swift.ts'

const words = { kind: 'function', name: 'f', hasBody: true, parent: null, path: 'f', header: '' } as const

test('words in the arguments of attributes do not change the visibility', () => {
  const cases: readonly [LanguageSpec, string, string][] = [
    [java, '@RequestMapping("/private") public', 'public'],
    [kotlin, '@Deprecated("Use private x.", ReplaceWith("b(private())"))', 'public'],
    [csharp, '[InlineData(new[] { "a" }, "private")] public', 'public'],
    [rust, '#[deprecated(note = "use [`x`] for pub")]', 'private'],
    [swift, '@available(*, deprecated, message: "Use the public one")', 'internal'],
  ]
  for (const [spec, modifiers, visibility] of cases)
    assert.equal(spec.reading.describe({ ...words, modifiers }).visibility, visibility, spec.language)
})

test('signatures begin behind annotations whose arguments contain brackets', () => {
  for (const spec of [java, kotlin, scala])
    assert.equal(
      spec.reading.signature?.({ ...words, modifiers: '', header: '@deprecated("a(b) c)", since = "2") def f' }),
      'def f',
    )
})

test('what is compiled only for tests is private', () => {
  for (const [condition, visibility] of [
    ['all(unix, test)', 'private'],
    ['any(test, unix)', 'public'],
    ['not(test)', 'public'],
    ['feature = "test"', 'public'],
  ])
    assert.equal(rust.reading.describe({ ...words, modifiers: `#[cfg(${condition})] pub` }).visibility, visibility)
})

test('attributes and macros may precede `static` in C and C++', () => {
  for (const [spec, header, isExported] of [
    [cpp, '[[nodiscard]] static int f()', false],
    [cpp, '[[nodiscard]] int f()', true],
    [cpp, 'alignas(16) static int f', false],
    [c, '__attribute__((unused)) static int f(void)', false],
    [c, 'ATTR(1) static int f(void)', false],
    [c, '__attribute__((format(printf, 1, 2))) int f(const char *static_text, ...)', true],
  ] as const)
    assert.equal(spec.reading.describe({ ...words, modifiers: '', header, path: 'a.c' }).isExported, isExported, header)
})

test('an object of Scala is one behind annotations and modifiers that name a package', () => {
  for (const [header, isObject] of [
    ['private[shop] case object A', true],
    ['@nowarn("cat=a (b)") object A', true],
    ['private[shop] class A', false],
  ] as const) {
    const { flags = 0 } = scala.reading.describe({ ...words, kind: 'class', modifiers: '', header })
    assert.equal((flags & Flag.static) !== 0, isObject, header)
  }
})
