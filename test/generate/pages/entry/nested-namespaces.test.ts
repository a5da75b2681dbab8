import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withNamespace } from '#generate/pages/entry/member-line.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { component, file } from '../sample.ts'

test('a member of a nested namespace is listed with that', () => {
  const header = file('a.h', 'namespace orbit {}\n')
  const outer = component(header, 'orbit', { kind: 'namespace' })
  const repo = { components: new Map([[outer.id, outer]]) } as unknown as RepoIndex
  for (const [name, text, told] of [
    ['orbit.plan', 'int plan(int legs)', 'int plan(int legs)'],
    ['orbit.low.plan', 'int plan(int legs)', 'int low::plan(int legs)'],
    ['orbit.low.io.plan', 'plan', 'low::io::plan'],
    ['orbit.low.plan', 'int draw()', 'int draw()'],
  ] as const)
    assert.equal(withNamespace(repo, component(header, name, { parent: outer.id }), text), told)
})
