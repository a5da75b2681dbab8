import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bareLine } from '#generate/pages/usage/statement.ts'

test('a line without what its strings hold, and without its comment', () => {
  assert.equal(bareLine(`f("a", 'b\\'c') # d`, 'python'), 'f("", "") ')
  assert.equal(bareLine(`fn f<'a>(x: &'a str, y = "z")`, 'rust'), 'fn f<""a str, y = "")')
  assert.equal(bareLine(`it's "so" and 'so`, 'go'), 'it""so')
})

test('a long line of quotes that close nowhere takes time in proportion to its length', () => {
  for (const quote of ["'", '"', '`']) {
    const line = `${quote}${`{\\${quote}k\\${quote}:1,`.repeat(25_000)}`
    const begun = process.cpuUsage()
    assert.equal(bareLine(line, 'python').length, line.length)
    const { user, system } = process.cpuUsage(begun)
    assert.ok(user + system < 1_500_000, `${(user + system) / 1_000} ms`)
  }
})
