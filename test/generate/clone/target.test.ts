import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseTarget } from '#generate/clone/target.ts'

const [a, b] = ['a'.repeat(40), 'b'.repeat(40)]

test('the default branch is shown only if the host lists it with that commit and its name is plain', () => {
  const shown = (head: string | null, name = head ?? '', id = a): string | null => {
    const refs = [
      { name: 'HEAD', id: a, peeled: null },
      { name, id, peeled: null },
    ]
    const target = chooseTarget({ refs, capabilities: [], head }, null)
    return target.kind === 'ref' ? target.ref : assert.fail(target.kind)
  }
  assert.equal(shown('refs/heads/main'), 'main')
  assert.equal(shown('refs/heads/feature/x'), 'feature/x')
  assert.equal(shown(null), null)
  assert.equal(shown('refs/heads/main', 'refs/heads/other'), null)
  assert.equal(shown('refs/heads/main', 'refs/heads/main', b), null)
  assert.equal(shown('refs/tags/main'), null)
  for (const name of ['main\n# Injected', 'x'.repeat(300), '\u001b[31m', 'a b', '[x](https://evil.example/)'])
    assert.equal(shown(`refs/heads/${name}`), null)
})
