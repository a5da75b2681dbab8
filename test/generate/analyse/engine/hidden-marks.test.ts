import assert from 'node:assert/strict'
import { test } from 'node:test'
import { c } from '#generate/analyse/languages/c/c.ts'
import { csharp } from '#generate/analyse/languages/csharp/csharp.ts'
import { java } from '#generate/analyse/languages/java/java.ts'
import { kotlin } from '#generate/analyse/languages/kotlin/kotlin.ts'
import { php } from '#generate/analyse/languages/php/php.ts'
import { rust } from '#generate/analyse/languages/rust/rust.ts'
import { swift } from '#generate/analyse/languages/swift/swift.ts'
import { analyseTexts } from '../languages/analyse-texts.ts'

test('a definition is hidden by its comment, an attribute, or the end of a macro', async () => {
  const cases = [
    {
      spec: rust,
      path: 'src/lib.rs',
      text: '#[doc(hidden)]\n#[inline]\npub fn a() {}\n/// B.\npub fn b() {}\n#[doc(hidden)]\npub mod more { pub fn inner() {} }\n#[cfg(doctest)]\npub struct Readme;\n',
      hidden: ['a', 'more', 'Readme'],
    },
    { spec: rust, path: 'src/own.rs', text: '#![doc(hidden)]\npub fn a() {}\n', hidden: ['a'] },
    {
      spec: kotlin,
      path: 'A.kt',
      text: '@Deprecated("No.", level = DeprecationLevel.HIDDEN)\nfun a() {}\n@InternalOrbitApi\nfun b() {}\n@RequiresOptIn(level = RequiresOptIn.Level.ERROR)\npublic annotation class InternalOrbitApi\n@Deprecated("No.")\nfun c() {}\n',
      hidden: ['a', 'b', 'InternalOrbitApi'],
    },
    {
      spec: java,
      path: 'A.java',
      text: '/** A. */\n@API(status = API.Status.INTERNAL)\npublic class A {\n  /**\n   * Goes.\n   *\n   * @hide\n   */\n  public void go() {}\n  /** As {@internal says}. */\n  public void stop() {}\n  @com.acme.Internal\n  public int size;\n  @InternalExtensionOnly\n  public int other;\n}\n',
      hidden: ['A', 'A.go', 'A.size'],
    },
    {
      spec: php,
      path: 'a.php',
      text: '<?php\n/**\n * @internal\n */\nfunction a() {}\n/** @private */\nfunction b() {}\n/** @private It is. */\nfunction c() {}\n',
      hidden: ['a', 'b'],
    },
    {
      spec: csharp,
      path: 'A.cs',
      text: '[EditorBrowsable(EditorBrowsableState.Never)]\npublic class A {}\n[EditorBrowsable(EditorBrowsableState.Always)]\npublic class B {}\n',
      hidden: ['A'],
    },
    {
      spec: swift,
      path: 'a.swift',
      text: '/// :nodoc:\npublic func a() {}\n@_spi(Plan) public func b() {}\npublic func c() {}\n',
      hidden: ['a', 'b'],
    },
    {
      spec: c,
      path: 'a.h',
      text: '#define A 1\n#define B 2\nint a[A];\n#undef A\n#undef C\n#define C 3\n',
      hidden: ['A'],
    },
  ]
  for (const { spec, path, text, hidden } of cases) {
    const { analysis } = await analyseTexts([spec], { [path]: text })
    const found = analysis.components.filter((one) => one.hidden === true).map((one) => one.qualifiedName)
    assert.deepEqual(found.sort(), hidden.sort(), path)
  }
})
