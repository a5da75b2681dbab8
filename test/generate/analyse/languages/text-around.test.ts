import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hideMacros } from '#generate/analyse/languages/c-family/hide-macros.ts'
import { isDirectiveAt, isLineStart } from '#generate/analyse/languages/c-family/text-around.ts'

test('a directive goes on after a backslash, whatever ends the line', () => {
  for (const end of ['\n', '\r\n']) {
    const text = ['#define A(x) \\', '  go(x)', 'int b;'].join(end)
    assert.ok(isDirectiveAt(text, text.indexOf('go(')))
    assert.ok(!isDirectiveAt(text, text.indexOf('b;')))
  }
})

test('a line starts at the start of the text and after a line break', () => {
  for (const [text, start] of [
    ['a', 0],
    ['x\n  a', 4],
  ] as const)
    assert.ok(isLineStart(text, start))
  assert.ok(!isLineStart('x a', 2))
})

test('a file on one line is read in linear time', () => {
  const text = 'API int go(void); '.repeat(40_000)
  const start = process.cpuUsage()
  hideMacros(text)
  assert.ok(process.cpuUsage(start).user < 3_000_000)
})
