import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJavaScript } from '#generate/formats/read-javascript.ts'

const read = (text: string) => readJavaScript(text, 'config.js')

test('constants and functions of the file are evaluated', () => {
  assert.deepEqual(read("const title = 'A'; const nav = () => [{ text: title }]; export default { nav: nav() }"), {
    nav: [{ text: 'A' }],
  })
  assert.deepEqual(read("function nav() { const n = 1; return ['a'] }; module.exports = { nav: nav() }"), {
    nav: ['a'],
  })
})

test('parameters and locals do not have the values of constants with their names', () => {
  const link = "const base = '/a'; const link = (base) => ({ text: base }); export default { x: link('/b') }"
  assert.deepEqual(read(link), { x: { text: undefined } })
  const local = "const title = 'M'; function f() { const title = 'local'; return { title } } export default f()"
  assert.deepEqual(read(local), { title: undefined })
  const part = "const a = 'M'; const f = ({ a }) => ({ a }); export default f({ a: 1 })"
  assert.deepEqual(read(part), { a: undefined })
})

test('a variable that can be assigned has no known value', () => {
  assert.deepEqual(read("let base = '/'; if (x) base = '/docs/'; export default { base }"), { base: undefined })
})

test('an unknown call gives its first argument only if that is an object or a list', () => {
  assert.deepEqual(read("export default { a: path.join('docs', 'src'), b: require('./side'), c: ref('d') }"), {
    a: undefined,
    b: undefined,
    c: undefined,
  })
  assert.equal(read('export default Object.keys({ a: 1 })'), undefined)
  assert.deepEqual(read('export default defineConfig(withMermaid({ a: 1 }))'), { a: 1 })
  assert.deepEqual(read("const withDocs = require('docs')({ a: 1 }); module.exports = withDocs({ b: 2 })"), { b: 2 })
})

test('a text that is nested too deeply is not read', () => {
  const count = 20_000
  for (const text of [
    `// ${')'.repeat(count)}\nexport default ${'['.repeat(count)}${']'.repeat(count)}`,
    `export default ${'a?b:'.repeat(count)}c`,
    `export default ${'void '.repeat(count)}0`,
    `export default ${'!'.repeat(count)}0`,
    `export default ${'a**'.repeat(count)}1`,
    `export default ${'a=>'.repeat(count)}1`,
  ])
    assert.equal(read(text), undefined, text.slice(0, 30))
})
