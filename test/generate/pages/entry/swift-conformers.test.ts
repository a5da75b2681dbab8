import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample } from '../real-sample.ts'
import { document } from '../sample.ts'

test('a protocol of Swift names the outside types that extensions make conform to it', async () => {
  const { markdown } = document(
    await analysedSample({
      'Sources/Kit/Key.swift':
        'public protocol Key {\n    var key: String { get }\n}\n\nextension Int: Key {\n    public var key: String { "a" }\n}\n\npublic extension String: Hidden, Key {\n    var key: String { self }\n}\n\npublic struct Own: Key {\n    public var key: String { "b" }\n}\n',
      'Sources/Kit/Use.swift': 'public func all(_ key: Key) -> [Key] {\n    [key]\n}\n',
    }),
  )
  const text = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(text, /^Protocol in [^\n]* · implemented by `Own`, `Int`, `String`$/m)
})
