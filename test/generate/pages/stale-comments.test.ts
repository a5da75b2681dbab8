import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutStaleComments } from '#generate/pages/stale-comments.ts'
import { component, file } from './sample.ts'

const code = file('orbit/low/Planner.scala', '')

for (const [name, signature, doc, isKept] of [
  ['check', 'void check(int size)', 'Checks one part, returns false if it is lost.', false],
  ['check', 'def check(size) -> None', 'Returns `true` if it fits.', false],
  ['check', 'bool check(int size)', 'Checks one part, returns false if it is lost.', true],
  ['check', 'void check(int size)', 'Checks all. Its twin returns false.', true],
  ['check', 'void check(int size)', 'Returns early.', true],
  ['Planner', 'class Planner', 'orbit.immutable.Planner is made within your object.', false],
  ['Planner', 'class Planner', 'orbit.low.Planner is made within your object.', true],
  ['Planner', 'class Planner', 'Like java.util.Planner, but faster.', true],
] as const)
  test(`${signature}: ${doc} is ${isKept ? 'kept' : 'left out'}`, () => {
    const kind = name === 'check' ? 'function' : 'class'
    const one = component(code, name, { kind, signature, doc })
    assert.equal(withoutStaleComments([one]).get(one.id)?.doc, isKept ? doc : null)
  })
