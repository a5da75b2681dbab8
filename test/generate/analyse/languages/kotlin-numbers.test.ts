import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kotlin } from '#generate/analyse/languages/kotlin/kotlin.ts'
import { analyseTexts } from './analyse-texts.ts'

test('an operator of a number is no extension of another type', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/Ext.kt': `package p
infix fun Byte.and(other: Int): Int = toInt() and other
infix fun Int.and(other: Long): Long = toLong() and other
fun Byte.show() {}
`,
    'p/Use.kt': `package p
import lib.unknown
fun int(c: Char) { c.code and 0x3f }
fun shifted(text: String) { (text[0].code shr 6) and 0x3f }
fun sized(list: List<String>) { list.size and 1 }
fun unknownToo() { unknown() and 1 }
fun byte(all: ByteArray) { all[0] and 0x3f }
fun long(i: Int) { i and 0xffL }
fun guess() { unknown().show() }
`,
  })
  for (const name of ['int', 'shifted', 'sized', 'unknownToo']) assert.deepEqual(from(`p/Use.kt#${name}`), [], name)
  assert.deepEqual(from('p/Use.kt#byte'), ['p/Use.kt#byte -calls-> p/Ext.kt#and (receiver-type)'])
  assert.deepEqual(from('p/Use.kt#long'), ['p/Use.kt#long -calls-> p/Ext.kt#and~2 (receiver-type)'])
  assert.deepEqual(from('p/Use.kt#guess'), ['p/Use.kt#guess -calls-> p/Ext.kt#show (unique-name)'])
})

test('a calculation with small numbers gives an integer; its successor and complement are of its type', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/Ext.kt': `package p
fun Int.show() {}
fun UInt.show() {}
fun Byte.show() {}
fun UByte.show() {}
`,
    'p/Use.kt': `package p
fun unsigned(a: UByte, b: UByte) { (a + b).show() }
fun signed(a: Byte, b: Byte) { (a + b).show() }
fun next(a: Byte) { a.inc().show() }
fun both(a: UByte, b: UByte) { (a and b).show() }
`,
  })
  const shown = (name: string): string[] =>
    from(`p/Use.kt#${name}`).map((edge) => edge.replace(/^.*-> p\/Ext\.kt#/, ''))
  assert.deepEqual(shown('unsigned'), ['show~2 (receiver-type)'])
  assert.deepEqual(shown('signed'), ['show (receiver-type)'])
  assert.deepEqual(shown('next'), ['show~3 (receiver-type)'])
  assert.deepEqual(shown('both'), ['show~4 (receiver-type)'])
})

test('a number is given to a function that takes just that number, or to one of the standard library', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/Util.kt': `package p
fun minOf(a: Long, b: Int): Long = minOf(a, b.toLong())
fun minOf(a: Int, b: Long): Long = minOf(a.toLong(), b)
`,
    'p/Use.kt': `package p
fun same(a: Long, b: Long) { minOf(a, b) }
fun mixed(a: Int, b: Long) { minOf(a, b) }
fun copied(a: Long, b: Long) {
  var rest = a
  minOf(rest, b)
  val start = 0L
  minOf(b - start, rest)
}
fun calculated(a: Int, b: Int, c: Long) {
  minOf(a, b - a)
  minOf(a, c - b)
  minOf(c, c - 1)
}
fun literal(b: Long) {
  minOf(8, b)
  minOf(b, -1)
  minOf(b, 8 * 1024)
}
`,
  })
  assert.deepEqual(from('p/Util.kt#minOf'), [])
  assert.deepEqual(from('p/Util.kt#minOf~2'), [])
  assert.deepEqual(from('p/Use.kt#same'), [])
  assert.deepEqual(from('p/Use.kt#copied'), [])
  assert.deepEqual(from('p/Use.kt#calculated'), ['p/Use.kt#calculated -calls-> p/Util.kt#minOf~2 (package)'])
  assert.deepEqual(from('p/Use.kt#mixed'), ['p/Use.kt#mixed -calls-> p/Util.kt#minOf~2 (package)'])
  assert.deepEqual(from('p/Use.kt#literal'), [
    'p/Use.kt#literal -calls-> p/Util.kt#minOf (package)',
    'p/Use.kt#literal -calls-> p/Util.kt#minOf~2 (package)',
  ])
})
