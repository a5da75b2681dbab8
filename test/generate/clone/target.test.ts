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

test('a ref that is no branch or tag leads to its commit, which is then not one of the repository', () => {
  const [pull, tagged] = ['c'.repeat(40), 'd'.repeat(40)]
  const refs = [
    { name: 'HEAD', id: a, peeled: null },
    { name: 'refs/heads/main', id: a, peeled: null },
    { name: 'refs/pull/1/head', id: pull, peeled: null },
    { name: 'refs/pull/2/head', id: b, peeled: null },
    { name: 'refs/heads/topic', id: b, peeled: null },
    { name: 'refs/tags/v1', id: 'e'.repeat(40), peeled: tagged },
  ]
  const choose = (commitId: string | null) =>
    chooseTarget({ refs, capabilities: [], head: 'refs/heads/main' }, commitId)
  const isOnRef = (commitId: string | null): boolean | string => {
    const target = choose(commitId)
    return target.kind === 'ref' ? target.isOnRef : target.kind
  }
  assert.deepEqual([null, 'main', 'v1', a, b, tagged, a.slice(0, 7)].map(isOnRef), Array(7).fill(true))
  assert.equal(isOnRef(pull), false)
  // Whoever opens a pull request chooses its digits.
  assert.equal(isOnRef(pull.slice(0, 7)), 'prefix')
  assert.equal(isOnRef('f'.repeat(40)), 'commit')
})
