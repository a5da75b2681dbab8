import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Linker } from '#generate/analyse/typescript/link/linker.ts'
import { substitute } from '#generate/analyse/typescript/link/substitute.ts'
import { type Value, Values } from '#generate/analyse/typescript/link/values.ts'

const LEVELS = 6

test('type arguments that occur in many places are substituted once in each depth', () => {
  let made = 0
  class Counted extends Values {
    override env(values: ReadonlyMap<number, Value>) {
      made++
      return super.env(values)
    }
  }
  const values = new Counted()
  const linker = { values, forced: (value: Value) => value } as unknown as Linker
  /** `Node<T, T, T, T>`, with the same in place of T, and so on. */
  const nested = (innermost: Value): Value => {
    let value = innermost
    for (let level = 1; level <= LEVELS; level++) {
      value = values.instance([7], values.env(new Map([1, 2, 3, 4].map((at) => [at, value]))))
    }
    return value
  }
  const open = nested(values.parameter(9))
  const expected = nested(values.basic(1))
  made = 0
  assert.equal(substitute(linker, open, values.env(new Map([[9, values.basic(1)]]))), expected)
  assert.ok(made <= LEVELS + 1, `${made} environments were made`)
})
