import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample } from './real-sample.ts'
import { document, type Whole } from './sample.ts'

const GUARD: Record<string, string> = {
  'src/Guards.cs': `namespace Shop;

/// <summary>Checks what is given.</summary>
public static partial class Guards
{
    /// <summary>Not null.</summary>
    public static int Null(int a) { return a; }

    public override bool Equals(object a) => false;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public new Type GetType() => null;
}
`,
  'src/Guards.Zero.cs': `namespace Shop;

public static partial class Guards
{
    /// <summary>Not zero.</summary>
    public static int Zero(int a) { return a; }

    /// <summary>Below zero.</summary>
    public static int Negative(int a) { return a; }
}
`,
  'src/Guards.Old.cs': `using System;
namespace Shop;

public static partial class Guards
{
    /// <summary>Not one.</summary>
    [Obsolete("Use Zero.")]
    public static int One(int a) { return a; }
}
`,
  'src/Shop.cs': `namespace Shop;

public class Till
{
    public int Add(int a) { return Guards.Zero(a); }
}
`,
  'tests/GuardsTests.cs': `namespace Shop.Tests;

public class GuardsTests
{
    [Fact]
    public void TestNegative() { Assert.Equal(1, Guards.Negative(1)); }
}
`,
}

async function pagesOf(texts: Record<string, string>): Promise<Whole & { text: string }> {
  const whole = document(await analysedSample(texts))
  return { ...whole, text: [...whole.markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1') }
}

const sectionOf = (text: string, title: string): string => {
  const start = text.indexOf(`# \`${title}\`\n`)
  const end = text.indexOf('\n#', start + 1)
  return start < 0 ? assert.fail(`no ${title}`) : text.slice(start, end < 0 ? undefined : end)
}

test('a class that several files declare has one entry, and those of the other files have the entries of what they add', async () => {
  const { text, verification } = await pagesOf(GUARD)
  assert.deepEqual(verification.faults, [])
  assert.equal(text.match(/^#+ `Guards`$/gm)?.length, 1)
  assert.match(sectionOf(text, 'Guards'), /^Checks what is given\.$/m)
  assert.match(sectionOf(text, 'Guards'), /^More members: `One`, `Zero`, `Negative`$/m)
  assert.doesNotMatch(text, /\b[Aa]dds `/)
  assert.match(sectionOf(text, 'Guards.Zero'), /`Till\.Add`, src\/Shop\.cs, line 5: `return Guards\.Zero\(a\);`/)
  assert.doesNotMatch(sectionOf(text, 'Guards.Zero'), /Negative\(1\)/)
  assert.match(sectionOf(text, 'Guards.Negative'), /^- `TestNegative`, tests\/GuardsTests\.cs, lines 5 to 6$/m)
})

test('the index leads from every place that declares a class to its entry', async () => {
  const { written } = await pagesOf(GUARD)
  const rows = written.index.filter(({ kind, id }) => kind === 'class' && id.endsWith('#Guards'))
  assert.deepEqual(
    rows.map(({ file }) => file),
    ['src/Guards.Old.cs', 'src/Guards.Zero.cs', 'src/Guards.cs'],
  )
  assert.equal(new Set(rows.map(({ page, anchor }) => `${page}#${anchor}`)).size, 1)
})

test('a method of C++ that is defined outside of its class is a member of it', async () => {
  const { text } = await pagesOf({
    'include/orbit/ship.hpp':
      'namespace orbit {\n/// Flies between planets.\nclass Ship {\n public:\n  /// Goes away.\n  void go();\n};\n}\n',
    'src/ship.cpp': '#include "orbit/ship.hpp"\nnamespace orbit {\nvoid Ship::go() {}\n}\n',
    'src/a.cpp': 'int a() { return 1; }\n',
    'src/b.cpp': 'int b() { return 1; }\n',
  })
  assert.doesNotMatch(text, /^#+ `orbit`$/m)
  assert.match(sectionOf(text, 'orbit::Ship'), /^More members: `go`$/m)
})

test('a protocol names what extensions conform to it, and its own requirements once', async () => {
  const { text } = await pagesOf({
    'Sources/Orbit/Target.swift': `/// Whatever a ship may fly to.
public protocol Target {
  func setLabel(_ value: String?)
}
extension Target {
  public func setLabel(_ value: String?) {}
}
extension Int: Target {
}
extension Ship: Target {
}
`,
    'Sources/Orbit/Ship.swift': '/// Flies between planets.\npublic struct Ship {}\n',
    'Sources/Orbit/A.swift': '/// Says one.\npublic func a() -> Int { 1 }\n',
  })
  const entry = sectionOf(text, 'Target')
  assert.match(entry, /implemented by for example `Ship`, `Int`/)
  assert.equal(entry.split('setLabel(_').length, 2)
})

test('what only its module can use is no further member of a public type', async () => {
  const { text } = await pagesOf({
    'Sources/Orbit/Ship.swift':
      '/// Flies between planets.\npublic struct Ship {\n  /// Goes away.\n  public func go() {}\n}\n',
    'Sources/Orbit/Draw.swift':
      'extension Ship {\n  /// Its colour.\n  fileprivate var colour: Int { 1 }\n  /// Its form.\n  var form: Int { colour }\n}\n',
    'Sources/Orbit/A.swift': '/// Says one.\npublic func a() -> Int { 1 }\n',
  })
  assert.doesNotMatch(text, /More members/)
})

test('an annotation that asks callers to opt in stands in the entry of a function', async () => {
  const { text } = await pagesOf({
    'src/main/kotlin/Ship.kt':
      'class Ship {\n    /** Goes away, far. */\n    @ExperimentalOrbitApi\n    @JvmStatic\n    fun go(far: Int) {}\n}\n',
    'src/main/kotlin/A.kt': '/** Says one. */\nfun a(): Int = 1\n',
  })
  assert.match(text, /^@ExperimentalOrbitApi\nfun go\(far: Int\)$/m)
  assert.doesNotMatch(text, /^@JvmStatic/m)
})

test('members that a file adds to a type of another file stand below its name', async () => {
  const { text } = await pagesOf({
    'Sources/Orbit/Ship.swift':
      '/// Flies between planets.\npublic struct Ship {\n  /// Goes away.\n  public func go() {}\n}\n',
    'Sources/Orbit/Draw.swift': 'extension Ship {\n  public var colour: Int { 1 }\n}\n',
    'Sources/Orbit/A.swift': '/// Says one.\npublic func a() -> Int { 1 }\n',
  })
  assert.match(text, /^### Members of `Ship`\n\nAlso defined here: `colour` `Int`$/m)
})

test('an initializer and a property of an extension stand in its own file, also where the head of the type has them', async () => {
  const { text, verification } = await pagesOf({
    'Sources/Orbit/Ship.swift':
      '/// Flies between planets.\npublic struct Ship {\n  public init(crew: Int, days: Int) {}\n}\n/// Waits.\npublic struct Dock {\n  public init(size: Int) {}\n}\n',
    'Sources/Orbit/Ship+Days.swift': 'extension Ship {\n  public init(days: Int) {}\n}\n',
    'Sources/Orbit/Dock+Size.swift': 'extension Dock {\n  public var size: Int { 1 }\n}\n',
    'Sources/Orbit/A.swift': '/// Says one.\npublic func a() -> Int { 1 }\n',
  })
  assert.deepEqual(verification.faults, [])
  assert.match(text, /^### Members of `Ship`\n\n- `public init\(days: Int\)`$/m)
  assert.match(text, /^### Members of `Dock`\n\nAlso defined here: `size` `Int`$/m)
})

test('the number of internal members leaves out those that the list leaves out', async () => {
  const { text } = await pagesOf({
    'Sources/Orbit/Ship.swift':
      '/// Flies between planets.\npublic class Ship {\n  let crew: Int\n  public init(crew: Int) { self.crew = crew }\n  func board() {}\n}\n/// Waits.\npublic class Dock {\n  let size: Int\n  public init(size: Int) { self.size = size }\n}\n',
    'Sources/Orbit/A.swift': '/// Says one.\npublic func a() -> Int { 1 }\n',
  })
  assert.deepEqual(text.match(/^<summary>.*internal or hidden members?<\/summary>$/gm), [
    '<summary>1 internal or hidden member</summary>',
  ])
})

test('the head of a type has no initializers of conditional extensions, and each attribute once', async () => {
  const { text } = await pagesOf({
    'Sources/Orbit/Ship.swift': `/// Flies between planets.
@propertyWrapper
public struct Ship<Crew> {
  public init(crew: Crew) {}
  public var wrappedValue: Crew
}
extension Ship where Crew == Int {
  public init(seats: Int) {}
}
`,
    'Sources/Orbit/A.swift': '/// Says one.\npublic func a() -> Int { 1 }\n',
  })
  assert.match(text, /^```swift\n@propertyWrapper public struct Ship<Crew> \{\n {2}public init\(crew: Crew\)\n\}$/m)
  assert.match(text, /^- `public init\(seats: Int\)` \(`extension Ship where Crew == Int`\)$/m)
})
