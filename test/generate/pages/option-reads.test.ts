/** The options that functions of JavaScript read from an object without a type. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

async function entryOf(texts: Record<string, string>, name: string): Promise<string> {
  const { markdown, verification } = document(await analysedSample(texts))
  assert.deepEqual(verification.faults, [])
  return (
    [...markdown.values()]
      .join('\n')
      .split(/^#+ /m)
      .find((one) => one.startsWith(`\`${name}\``)) ?? ''
  )
}

test('options are told with their defaults and what the comment above says, also those that another function reads', async () => {
  const texts = {
    'index.js': `module.exports = make
/**
 * Make it.
 * @param {Object} [options]
 * @param {number} options.size - How large it is.
 */
function make (format, options) {
  var opts = options || {}

  // called for each line that is written
  var each = opts.each
  var size = opts.size || 16
  // one
  // two
  var other = opts.other === 1 || opts.more
  opts.written = 1
  return new Maker(options, each, size, other)
}
function Maker (config) {
  const { name = 'none', depth } = config
  this.charset = config.charset || 'latin1'
  if (config.user || config.password) check()
}
`,
  }
  const entry = await entryOf(texts, 'make')
  const rows = [...entry.matchAll(/^\| `options\.(.*) \|$/gm)].map(([, row]) => row)
  assert.deepEqual(rows, [
    'size` | `number` | `16` | How large it is.',
    'each` | | | called for each line that is written',
    "charset` | | `'latin1'` |",
    "name` | | `'none'` |",
  ])
})

test('what has a type is told by that', async () => {
  const texts = {
    'src/a.ts':
      'export interface Options { size: number }\n/** Make it. */\nexport function make(options: Options): number {\n  return options.size || 3\n}\n',
  }
  assert.doesNotMatch(await entryOf(texts, 'make'), /options\.size/)
})

test('a default is read from a condition, and a comment on all options is of none of them', async () => {
  const texts = {
    'index.js': `/** Sends files of a folder. */
module.exports = function serve (opts) {
  // opts are checked before, with defaults
  const cache = opts.cache === undefined ? 3600 : opts.cache
  const root = opts.root !== undefined ? opts.root : 'public'
  const age = typeof opts.age === 'undefined' ? 60 : opts.age
  const name = opts.name ?? 'none'
  return [cache, root, age, name]
}
`,
  }
  const rows = [...(await entryOf(texts, 'serve')).matchAll(/^\| `opts\.(.*) \|$/gm)].map(([, row]) => row)
  assert.deepEqual(rows, ['cache` | `3600`', "root` | `'public'`", 'age` | `60`', "name` | `'none'`"])
})

test('a limited number of functions is searched, however many the object is passed to', async () => {
  const numbers = Array.from({ length: 36 }, (_, index) => index)
  const calls = numbers.map((number) => `  read${number}(options)`).join('\n')
  const readers = numbers
    .map((number) => `function read${number} (opts) {\n  return use(opts.key${number} || ${number + 1})\n}\n`)
    .join('')
  const comment = '/**\n * Make it.\n * @param {Object} [options] - The options.\n */\n'
  const texts = { 'index.js': `module.exports = make\n${comment}function make (options) {\n${calls}\n}\n${readers}` }
  const entry = await entryOf(texts, 'make')
  assert.equal(entry.match(/`options\.key/g)?.length, 29)
})
