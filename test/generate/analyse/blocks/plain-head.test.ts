import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainHead } from '#generate/analyse/blocks/plain-head.ts'
import type { HeadKind } from '#generate/model.ts'

const CASES: [kind: HeadKind, code: string, plain: string | undefined][] = [
  ['if', 'x > 1', 'if x > 1'],
  ['if', '!x.ready()', 'unless x.ready()'],
  ['unless', 'not x', 'if x'],
  ['if', '!x && y', 'if !x && y'],
  ['if', 'err', 'failed err'],
  ['unless', 'err != nil', 'succeeded err != nil'],
  ['if', 'x, err := f(); err == nil', 'succeeded x, err := f(); err == nil'],
  ['if', '!err', 'succeeded err'],
  ['unless', 'status.ok()', 'failed status.ok()'],
  ['loop', 'for', undefined],
  ['loop', 'while (true)', undefined],
  ['loop', 'while x', 'loop while x'],
  ['case', '!x', 'case !x'],
]

for (const [kind, code, plain] of CASES)
  test(`${kind}: ${code}`, () => {
    const head = plainHead(`  ${code}`, kind, 2, code.length + 2)
    assert.equal(head && `${head.kind} ${`  ${code}`.slice(head.start, head.end)}`, plain)
  })
