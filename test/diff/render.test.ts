import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Nodes } from 'mdast'
import { codeSpan, splitCode } from '#base/code-spans.ts'
import type { Diff } from '#diff/change.ts'
import { renderMarkdown } from '#diff/render-markdown.ts'
import { renderText } from '#diff/render-text.ts'
import { parse } from '#markdown/parse.ts'

const HOSTILE = '<script>alert(1)</script>[x](javascript:alert(1))`\n# title'

const diff: Diff = {
  version: 1,
  from: 'a'.repeat(40),
  to: 'b'.repeat(40),
  step: 'major',
  counts: { breaking: 1, unknown: 0, compatible: 0 },
  changes: [
    {
      rule: 'name-removed',
      severity: 'breaking',
      package: 'orbit',
      name: HOSTILE,
      detail: `\`${HOSTILE}\``,
      before: { file: HOSTILE, line: 1, end: 2, text: HOSTILE },
      after: null,
    },
  ],
  modules: [{ change: 'added', title: HOSTILE, before: null, after: 'a.md', files: [HOSTILE] }],
}

test('code with backticks is code as a whole', () => {
  assert.deepEqual(splitCode(`was ${codeSpan('`a` b')}, now ${codeSpan('c')}`), [
    { text: 'was ', isCode: false },
    { text: '`a` b', isCode: true },
    { text: ', now ', isCode: false },
    { text: 'c', isCode: true },
  ])
  assert.equal(codeSpan(''), 'none')
  assert.deepEqual(splitCode('no `` end'), [{ text: 'no `` end', isCode: false }])
})

test('text of a repository never becomes markup of the Markdown', () => {
  const markdown = renderMarkdown(diff, HOSTILE, (_, { line }) => `https://example.org/#L${line}`)
  const found: string[] = []
  const pending: Nodes[] = [parse(markdown)]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    found.push(node.type === 'link' ? `link ${node.url}` : node.type)
    if ('children' in node) pending.push(...node.children)
  }
  assert.deepEqual([...new Set(found)].filter((type) => /^(?:html|image|link|heading)/.test(type)).sort(), [
    'heading',
    'link https://example.org/#L1',
  ])
  assert.equal(found.filter((type) => type === 'heading').length, 3)
  assert.match(markdown, /https:\/\/example\.org\/#L1/)
})

test('the text names the step, the change and its place', () => {
  const text = renderText({
    ...diff,
    changes: diff.changes.map((change) => ({
      ...change,
      name: 'orbit.f',
      before: { file: 'a.py', line: 3, end: 9, text: 'def f()' },
    })),
  })
  assert.match(text, /^aaaaaaa → bbbbbbb\n1 breaking, 0 perhaps breaking and 0 compatible change: a major step\./)
  assert.match(text, /orbit\.f: Removed/)
  assert.match(text, /- a\.py:3-9 {2}def f\(\)/)
})
