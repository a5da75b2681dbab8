import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample } from '../real-sample.ts'
import { document } from '../sample.ts'

test('a protocol of Swift names the outside types that extensions make conform to it', async () => {
  const { markdown } = document(
    await analysedSample({
      'Sources/Kit/Key.swift':
        '/// Names what is kept.\npublic protocol Key {\n    var key: String { get }\n}\n\nextension Int: Key {\n    public var key: String { "a" }\n}\n\npublic extension String: Hidden, Key {\n    var key: String { self }\n}\n\npublic struct Own: Key {\n    public var key: String { "b" }\n}\n',
      'Sources/Kit/Use.swift': 'public func all(_ key: Key) -> [Key] {\n    [key]\n}\n',
    }),
  )
  const text = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(text, /^Protocol in [^\n]* · implemented by for example `Own`, `Int`, `String`$/m)
})

test('a type of Swift names the outside protocols of its extensions, and what only protocols need has no entry', async () => {
  const { markdown } = document(
    await analysedSample({
      'Sources/Kit/Ring.swift':
        '/// Repeats what is at its ends.\npublic struct Ring<Base: Collection> {\n    /// What is repeated.\n    public let base: Base\n\n    public struct Index {\n        public let at: Int\n        public func next() -> Int { 1 }\n    }\n}\n\nextension Ring: Sequence, Own {\n    public func ring() {}\n}\n\nextension Ring: Hashable\n  where Base: Hashable {\n}\n\npublic protocol Own {\n    func ring()\n}\n',
      'Tests/RingTests.swift': 'extension Ring: Equatable {\n}\n',
    }),
  )
  const text = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(text, /^Struct in [^\n]* · implements `Own`, `Sequence`, `Hashable` \(`where Base: Hashable`\)$/m)
  assert.doesNotMatch(text, /^#+ .*Index/m)
  assert.match(text, /^Also defined here: .*`Index` \(`at`, `next`\)/m)
})
