import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutStaleComments } from '#generate/pages/stale-comments.ts'
import { component, file } from './sample.ts'

const code = file('orbit/low/Planner.scala', '')

for (const [name, signature, doc, isKept] of [
  ['check', 'void check(int size)', 'Checks one part, returns false if it is lost.', false],
  ['check', 'def check(size: int) -> Plan', 'Checks one part, return (plan, size) tuple.', false],
  ['check', 'def check(size: int) -> tuple[Plan, int]', 'Checks one part, return (plan, size) tuple.', true],
  ['check', 'def check(size: int) -> PlanTuple', 'Checks one part, return (plan, size) tuple.', true],
  ['check', 'def check(size) -> None', 'Returns `true` if it fits.', false],
  ['check', 'bool check(int size)', 'Checks one part, returns false if it is lost.', true],
  ['check', 'void check(int size)', 'Checks all. Its twin returns false.', true],
  ['check', 'void check(int size)', 'Returns early.', true],
  ['check', 'func check(at int) ([]map[string]Plan, error)', 'check produces a map of titles to paths.', false],
  ['check', 'func check(at int) (map[string]Plan, error)', 'check produces a map of titles to paths.', true],
  ['check', 'check(at: number): string', 'Returns a list of plans.', false],
  ['check', 'check(at: number): string[]', 'Returns a list of plans.', true],
  ['check', 'def check(at) -> Iterable[str]', 'Returns a list of plans.', true],
  ['check', 'def check(at) -> str', 'Returns a string for the list of plans.', true],
  ['check', 'check(): void', 'QueryOptions API helpers', false],
  ['check', 'check(): void', 'Helpers burn the fuel.', true],
  ['check', 'check(): void', 'Registers callbacks for a plan.', true],
  ['check', 'check(): void', 'Access to functions for a plan.', true],
  ['helperOf', 'helperOf(): void', 'Helpers of a plan.', true],
  ['Planner', 'class Planner', 'Helpers for plans.', true],
  ['Planner', 'class Planner', 'A separate type would result in shorter names.', false],
  ['Planner', 'class Planner', 'orbit.immutable.Planner is made within your object.', false],
  ['Planner', 'class Planner', 'orbit.low.Planner is made within your object.', true],
  ['Planner', 'class Planner', 'Like java.util.Planner, but faster.', true],
  ['Planner', 'class Planner', 'A planner of plans Copyright (c) 2011 Ann Orbit Licensed under The MIT License', false],
  ['Planner', 'class Planner', 'Separated out from Plan because it is hard to build.', false],
] as const)
  test(`${signature}: ${doc} is ${isKept ? 'kept' : 'left out'}`, () => {
    const kind = name === 'Planner' ? 'class' : 'function'
    const one = component(code, name, { kind, signature, doc })
    assert.equal(withoutStaleComments([one]).get(one.id)?.doc, isKept ? doc : null)
  })

test('short comments that differ only in the names are left out', () => {
  const fields = ['orbitPlan', 'burnLength', 'flightTime'].map((name) =>
    component(code, name, { kind: 'constant', doc: `The ${name.replace(/[A-Z]/, (sign) => `-${sign}`)} header.` }),
  )
  const other = component(code, 'wayPoint', { kind: 'constant', doc: 'The length of a flight.' })
  const docsOf = (all: typeof fields): unknown[] => [...withoutStaleComments(all).values()].map(({ doc }) => doc)
  assert.deepEqual(docsOf([...fields, other]), [null, null, null, other.doc])
  assert.equal(docsOf([...fields.slice(1), other])[0], fields[1]?.doc)
})

test('the comment of a sibling with another word in its name is left out where others have one of their own', () => {
  const level = (word: string): string => `Writes the message at the ${word} level with two arguments.`
  const docOf = (trace: string, first = level('Trace').replace('two', 'all')): unknown => {
    const all = [
      component(code, 'logTrace', { doc: first, startLine: 1 }),
      component(code, 'logDebugTwice', { doc: level('Debug'), startLine: 3 }),
      component(code, 'logTraceTwice', { doc: trace, startLine: 5 }),
    ]
    return withoutStaleComments(all).get(all[2]?.id ?? '')?.doc
  }
  assert.equal(docOf(level('Debug')), null)
  assert.equal(docOf(level('Trace')), level('Trace'))
  // An alias, of which nothing else tells.
  assert.equal(docOf(level('Debug'), 'Writes nothing at all.'), level('Debug'))
})
