import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderMarkdown } from '#markdown/render.ts'
import { parseHtml } from '../../markdown/hostile.ts'
import { component, document, edge, file, sample } from './sample.ts'

/** Functions of one line each, which call what is given. */
function setOf(bodies: Record<string, string[]>): { pages: Map<string, string>; faults: unknown[] } {
  const names = Object.keys(bodies)
  const text = names
    .map((name) => `function ${name}() { ${bodies[name]?.map((one) => `${one}`).join('; ')} }\n`)
    .join('')
  const code = file('src/one.ts', text)
  const components = names.map((name, index) => component(code, name, { startLine: index + 1, endLine: index + 1 }))
  const edges = names.flatMap((from) =>
    (bodies[from] ?? []).flatMap((call) =>
      names.flatMap((to) => (call.includes(`${to}(`) ? [edge(`${code.path}#${from}`, `${code.path}#${to}`)] : [])),
    ),
  )
  const { markdown, verification } = document(sample([code], components, edges))
  return { pages: markdown, faults: verification.faults }
}

const BODIES = { start: ['if (x) one()', 'two()'], one: ['three()'], two: [], three: [] }

test('where no flow tells enough the calls of the public entry open level by level, with conditions and lines', () => {
  const { pages, faults } = setOf(BODIES)
  assert.deepEqual(faults, [])
  const overview = pages.get('overview.md') ?? ''
  assert.match(overview, /## What is called\n\n[^\n]+\n\n### Calls of \[`start`\]/)
  assert.match(
    overview,
    /<details>\n<summary>one \(conditionally\)<\/summary>\n\n\[`one`\]\([^)]+\) \(conditionally\)[^\n]*\n\n- \[`three`\]\([^)]+\)[^\n]*\n\n<\/details>\n\n- \[`two`\]/,
  )
})

test('a circle of calls ends, and what is too much is counted', () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`leaf${index + 1}x`, [] as string[]]))
  const { pages, faults } = setOf({
    start: ['again()', ...Object.keys(many).map((name) => `${name}()`)],
    again: ['start()'],
    ...many,
  })
  assert.deepEqual(faults, [])
  const overview = pages.get('overview.md') ?? ''
  assert.match(overview, /- And 9 more\.$/m)
  assert.equal(overview.match(/<summary>start/g), null)
})

test('the tree is a tree of elements that open, without a script', () => {
  const { pages } = setOf(BODIES)
  const tree = parseHtml(renderMarkdown(pages.get('overview.md') ?? '').html)
  const found = [...tree.querySelectorAll('details')].find((one) =>
    one.querySelector('summary')?.textContent?.startsWith('one'),
  )
  assert.equal(found?.querySelectorAll('li').length, 1)
})
