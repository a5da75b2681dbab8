import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderMarkdown } from '#markdown/render.ts'
import { parseHtml } from '../../markdown/hostile.ts'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

/** Functions of one line each, which call what is given. */
async function setOf(bodies: Record<string, string[]>): Promise<{ pages: Map<string, string>; faults: unknown[] }> {
  const functions = Object.entries(bodies).map(([name, calls]) =>
    [`def ${name}(x):`, ...calls.map((call) => `    ${call}`), '    return x\n'].join('\n'),
  )
  const { markdown, verification } = document(await analysedSample({ 'src/one.py': functions.join('') }))
  return { pages: markdown, faults: verification.faults }
}

const BODIES = { start: ['if x: one(x)', 'two(x)'], one: ['three(x)'], two: [], three: [] }

test('where no flow tells enough the calls of the public entry open level by level, with conditions and lines', async () => {
  const { pages, faults } = await setOf(BODIES)
  assert.deepEqual(faults, [])
  const overview = pages.get('overview.md') ?? ''
  assert.match(overview, /## What is called\n\n[^\n]+\n\n### Calls of \[`start`\]/)
  assert.match(
    overview,
    /<details>\n<summary>one \(conditionally\)<\/summary>\n\n\[`one`\]\([^)]+\) \(conditionally\)[^\n]*\n\n- \[`three`\]\([^)]+\)[^\n]*\n\n<\/details>\n\n- \[`two`\]/,
  )
})

test('a circle of calls ends, and what is too much is counted', async () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`leaf${index + 1}x`, [] as string[]]))
  const { pages, faults } = await setOf({
    start: ['again(x)', ...Object.keys(many).map((name) => `${name}(x)`)],
    again: ['start(x)'],
    ...many,
  })
  assert.deepEqual(faults, [])
  const overview = pages.get('overview.md') ?? ''
  assert.match(overview, /- And 9 more\.$/m)
  assert.equal(overview.match(/<summary>start/g), null)
})

test('the tree is a tree of elements that open, without a script', async () => {
  const { pages } = await setOf(BODIES)
  const tree = parseHtml(renderMarkdown(pages.get('overview.md') ?? '').html)
  const found = [...tree.querySelectorAll('details')].find((one) =>
    one.querySelector('summary')?.textContent?.startsWith('one'),
  )
  assert.equal(found?.querySelectorAll('li').length, 1)
})
