import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onOneLine } from '#generate/formats/one-line.ts'

test('whitespace is collapsed, except in strings', () => {
  assert.equal(onOneLine(' a\n  = "x  y",\t\'  \' '), `a = "x  y", '  '`)
  assert.equal(onOneLine('const  A =  `x  y`'), 'const A = `x  y`')
  assert.equal(onOneLine('val  a = """x  y"""'), 'val a = """x  y"""')
})

test('of a string that spans lines, the quotes are shown', () => {
  assert.equal(onOneLine('const  Usage = `Usage:\n  x  -a`  +  "b"'), 'const Usage = `…` + "b"')
  assert.equal(onOneLine('val a = """\n  x\n"""'), 'val a = """…"""')
})
