import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseRefs } from '#worker/choose-refs.ts'

const commit = 'a'.repeat(40)
const namesOf = (refs: string[], selection = {}): string[] =>
  chooseRefs(
    { head: { commit, branch: 'main' }, refs: refs.map((name) => ({ name, commit })) },
    { branches: ['*'], tags: ['*'], keep: 20, ...selection },
  ).map(({ ref }) => ref)

test('the default branch is always kept, once, and first', () => {
  assert.deepEqual(namesOf(['refs/heads/main', 'refs/heads/next'], { tags: [] }), ['HEAD', 'refs/heads/next'])
  assert.deepEqual(namesOf(['refs/heads/main'], { branches: [] }), ['HEAD'])
  assert.deepEqual(chooseRefs({ head: null, refs: [] }, { branches: [], tags: [], keep: 1 }), [])
})

test('of a thousand tags the newest are kept', () => {
  const tags = Array.from({ length: 1_000 }, (_, index) => `refs/tags/v1.${index}.0`)
  assert.deepEqual(namesOf(tags, { keep: 2 }), ['HEAD', 'refs/tags/v1.999.0', 'refs/tags/v1.998.0'])
})

test('names that cannot be submitted, or mean something else, are left out', () => {
  const odd = ['HEAD', 'a'.repeat(40), 'A'.repeat(40), 'a..b', '-x', 'ä', 'a b', 'x%2Fy', 'same', 'v1.lock', '1/é']
  const good = ['latest', 'v1', 'V1', 'a/b', 'LATEST']
  assert.deepEqual(
    new Set(namesOf([...[...odd, ...good].map((name) => `refs/tags/${name}`), 'refs/heads/same'])),
    new Set(['HEAD', 'refs/heads/same', ...good.map((name) => `refs/tags/${name}`)]),
  )
})
