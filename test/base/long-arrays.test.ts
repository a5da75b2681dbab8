import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { append, greatest, least, replaceAt } from '#base/long-arrays.ts'

test('arrays may be longer than a list of arguments', () => {
  const numbers = Array.from({ length: 500_000 }, (_, at) => at)
  assert.throws(() => Math.max(...numbers), RangeError)
  assert.deepEqual([greatest(numbers), least(numbers)], [499_999, 0])
  const list = [1, 2, 3]
  replaceAt(list, 1, numbers)
  assert.deepEqual([list.length, list[0], list[1], list.at(-2), list.at(-1)], [500_002, 1, 0, 499_999, 3])
  append(list, numbers)
  assert.equal(list.length, 1_000_002)
})

test('what is empty replaces an item by nothing and has no extremes', () => {
  const list = [1, 2]
  replaceAt(list, 0, [])
  append(list, new Set<number>())
  assert.deepEqual([list, greatest([]), least([])], [[2], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
})

/** Calls that take any number of arguments, with which a long array does not fit on the stack. */
const VARIADIC = new Set(['push', 'unshift', 'splice', 'max', 'min', 'fromCharCode', 'fromCodePoint'])
const CANDIDATE = /\.(?:push|unshift|splice|max|min|fromCharCode|fromCodePoint)\([^;]{0,300}?\.\.\./
/** Spreads whose length the code itself bounds. */
const BOUNDED: readonly string[] = [
  'src/export/site.ts: new Uint8Array(digest)',
  'src/generate/guides/pictures.ts: bytes.subarray(from, to)',
  'src/generate/prose/client/streamed-fetch.ts: BLANK_LINES.map((line) => text.lastIndexOf(line))',
]

test('no array of any length is spread into arguments', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const found: string[] = []
  const names = ['src', 'queue'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => `${folder}/${name}`),
  )
  for (const name of names.filter((each) => /\.(?:tsx?|js)$/.test(each))) {
    const text = readFileSync(join(root, name), 'utf8')
    if (!CANDIDATE.test(text)) continue
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const spreads = VARIADIC.has(node.expression.name.text) ? node.arguments.filter(ts.isSpreadElement) : []
        for (const { expression } of spreads) if (!isShort(expression)) found.push(`${name}: ${expression.getText()}`)
      }
      ts.forEachChild(node, visit)
    }
    visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true))
  }
  assert.deepEqual(found.filter((each) => !BOUNDED.includes(each)).sort(), [])
})

/** An array literal, what is made of each of its items, or the first items of an array. */
function isShort(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((one) => !ts.isSpreadElement(one))
  if (ts.isParenthesizedExpression(node)) return isShort(node.expression)
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  const { name, expression } = node.expression
  if (name.text === 'map') return isShort(expression)
  if (name.text === 'slice') return node.arguments.length === 2
  return name.text === 'splice' && node.arguments.length === 2
}
