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

test('macros are found in linear time', () => {
  for (const text of ['API int go(void); '.repeat(40_000), '\\"\\\n'.repeat(100_000), `${' '.repeat(200_000)}x;\n`]) {
    const start = process.cpuUsage()
    hideMacros(text)
    assert.ok(process.cpuUsage(start).user < 3_000_000, text.slice(0, 20))
  }
})

test('a string that is never closed ends with its line', () => {
  assert.equal(hideMacros('char *a = "API int;\nAPI int f(void);\n').text, 'char *a = "API int;\n    int f(void);\n')
})
