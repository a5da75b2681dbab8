import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COLOURS, unpackColours } from '#base/packed-colours.ts'
import { colourSource } from '#markdown/highlight-file.ts'
import { PageRenderer } from '#markdown/render-pages.ts'

/** What is coloured, with its class. */
function coloured(text: string, language: string | null): [string, string | undefined][] {
  return [...unpackColours(colourSource(text, language))].map(({ start, end, colour }) => [
    text.slice(start, end),
    COLOURS[colour],
  ])
}

test('colours lie at the characters they are for, beyond the basic plane as well', () => {
  assert.deepEqual(coloured("const 𝒳 = 'ä' // é\n", 'typescript'), [
    ['const', 'hljs-keyword'],
    ["'ä'", 'hljs-string'],
    ['// é', 'hljs-comment'],
  ])
})

test('code within a string is no string', () => {
  assert.deepEqual(coloured(['`a$', '{b}c`'].join(''), 'javascript'), [
    ['`a', 'hljs-string'],
    ['c`', 'hljs-string'],
  ])
})

test('a class has the colour of types', () => {
  assert.deepEqual(coloured('class Planner {}', 'typescript').at(1), ['Planner', 'hljs-title class_'])
})

test('a language that is not known and a text that is too long stay plain', () => {
  assert.deepEqual(coloured('const a = 1', 'klingon'), [])
  assert.deepEqual(coloured('const a = 1', null), [])
  assert.deepEqual(coloured(`const a = 1\n${' '.repeat(1_048_576)}`, 'typescript'), [])
  assert.deepEqual(coloured('1+'.repeat(200_000), 'typescript'), [], 'too many runs')
})

test('files are coloured in threads beside pages, each in its place', async () => {
  const renderer = new PageRenderer()
  try {
    const files = Array.from({ length: 9 }, (_, number) => ({
      text: `x = ${number}${'\n'.repeat(number)}# c`,
      language: 'python',
    }))
    const [colours, pages] = await Promise.all([
      renderer.colour([...files, { text: 'plain', language: null }]),
      renderer.render(files.map((_, number) => ({ markdown: `# ${number}` }))),
    ])
    assert.deepEqual(
      colours.map((bytes) => [...bytes]),
      [...files.map(({ text }) => [...colourSource(text, 'python')]), []],
    )
    assert.deepEqual(
      pages.map((page) => page.title),
      files.map((_, number) => String(number)),
    )
  } finally {
    await renderer.close()
  }
})

test('files that take too long are plain, and pages go on', async () => {
  const slow = { text: 'a = "b" + 1 // c\n'.repeat(29_000), language: 'typescript' }
  const renderer = new PageRenderer({ deadlineMs: 1 })
  try {
    const colours = await renderer.colour(Array.from({ length: 6 }, () => slow))
    assert.deepEqual(
      colours.map((bytes) => bytes.length),
      colours.map(() => 0),
    )
    assert.equal((await renderer.render([{ markdown: 'a' }])).length, 1)
  } finally {
    await renderer.close()
  }
})

test('a file that hangs is plain; those in the same task are coloured', async () => {
  const hanging = { text: '[]('.repeat(30_000), language: 'markdown' }
  const small = { text: 'x = 1 # c', language: 'python' }
  const renderer = new PageRenderer({ deadlineMs: 1_000 })
  try {
    const colours = await renderer.colour([small, hanging, small])
    const expected = [...colourSource(small.text, small.language)]
    assert.deepEqual(
      colours.map((bytes) => [...bytes]),
      [expected, [], expected],
    )
  } finally {
    await renderer.close()
  }
})
