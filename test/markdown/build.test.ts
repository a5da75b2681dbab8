import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Nodes } from 'mdast'
import {
  cleanText,
  code,
  codeBlock,
  heading,
  type Inline,
  inline,
  link,
  list,
  oneLine,
  paragraph,
  plainText,
  strong,
  table,
  text,
} from '#markdown/build.ts'
import { parse } from '#markdown/parse.ts'
import { stringify } from '#markdown/stringify.ts'

const hostile = fc.oneof(
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '`',
        '``',
        '|',
        '\\',
        '<b>',
        '&amp;',
        '\n',
        '#',
        '*',
        '_',
        '[',
        ']',
        '(',
        ')',
        '!',
        '"',
        ' ',
        'a',
        '~',
        '- ',
        '1. ',
        'http://a.b',
        'a@b.c',
        ':::',
        '===',
        '\u202e',
        '\r',
      ),
    )
    .map((parts) => parts.join('')),
)

function find(tree: Nodes, type: string): Nodes[] {
  const found: Nodes[] = []
  const stack: Nodes[] = [tree]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === type) found.push(node)
    if ('children' in node) stack.push(...(node.children as Nodes[]))
  }
  return found.reverse()
}

test('what nobody sees but a model reads is taken out', () => {
  assert.equal(cleanText('a\u{e0049}\u{e0067}b\u200bc\u00add\u061ce\u2062f'), 'abcdef')
  assert.equal(cleanText('👩\u200d💻 فارسی\u200cها'), '👩\u200d💻 فارسی\u200cها')
})

test('text comes back from the page as it went in, but for white space and invisible characters', () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      const markdown = stringify([
        heading(2, a),
        paragraph('x ', strong(`s${a}s`), ' ', code(b)),
        list([[a], [code(a), ': ', b]]),
      ])
      const tree = parse(markdown)
      assert.deepEqual(
        tree.children.map((node) => node.type),
        ['heading', 'paragraph', 'list'],
        markdown,
      )
      assert.equal(oneLine(plainText(tree.children[0] as Nodes)), oneLine(a))
      const shown = oneLine(b) === '' ? '(unnamed)' : oneLine(b)
      assert.deepEqual(
        find(tree, 'inlineCode')
          .map((node) => oneLine(plainText(node)))
          .includes(shown),
        true,
        markdown,
      )
      assert.deepEqual(find(tree, 'html'), [])
    }),
    { numRuns: 300 },
  )
})

test('a cell holds bars, code and line feeds without breaking its table', () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const tree = parse(
        stringify([
          table(
            ['a', 'b'],
            [
              [[code(value)], [value]],
              [['x'], [link('https://a.b/', code(value))]],
            ],
          ),
        ]),
      )
      assert.equal(tree.children.length, 1)
      assert.equal(find(tree, 'tableRow').length, 3)
      for (const row of find(tree, 'tableRow')) assert.equal('children' in row ? row.children.length : 0, 2)
      assert.equal(
        oneLine(plainText(find(tree, 'tableCell')[2] as Nodes)),
        oneLine(value) === '' ? '(unnamed)' : oneLine(value),
      )
    }),
    { numRuns: 300 },
  )
})

test('a code block ends where it should', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('```', '````', '\n', 'a', '~~~', ' ')).map((parts) => parts.join('')),
      (value) => {
        const tree = parse(stringify([codeBlock('ts', value), paragraph('after')]))
        assert.deepEqual(
          tree.children.map((node) => node.type),
          ['code', 'paragraph'],
        )
      },
    ),
  )
})

test('the name of a language that is none is left out', () => {
  assert.equal(codeBlock('ts\n```', 'x').lang, null)
  assert.equal(codeBlock('c++', 'x').lang, 'c++')
})

test('adjacent texts are merged in linear time, as if one after the other', () => {
  function oneByOne(children: Inline[]): ReturnType<typeof inline> {
    const nodes: ReturnType<typeof inline> = []
    for (const child of children) {
      const node = typeof child === 'string' ? text(child) : child
      const last = nodes.at(-1)
      if (node.type === 'text' && last?.type === 'text') nodes[nodes.length - 1] = text(last.value + node.value)
      else if (node.type !== 'text' || node.value !== '') nodes.push(node)
    }
    return nodes
  }
  const child = fc.oneof(hostile, hostile.map(text), hostile.map(code))
  fc.assert(fc.property(fc.array(child), (children) => assert.deepEqual(inline(children), oneByOne(children))))
  const before = process.cpuUsage()
  assert.equal(inline(Array.from({ length: 20_000 }, () => 'a word ')).length, 1)
  const { user } = process.cpuUsage(before)
  assert.ok(user < 2_000_000, `${user} µs`)
})

test('a letter keeps at most 30 combining marks, wherever text enters a page', () => {
  const marks = '\u0315\u0316'.repeat(50_000)
  for (const node of [text(`x${marks}y`), code(`x${marks}y`), codeBlock(null, `x${marks}y`)])
    assert.match(node.value, /^x\p{M}{30}y$/u)
})

test('code stands on one line, and its strings keep their spaces', () => {
  assert.equal(code(' bar =\n  "%(label)s  [%(bar)s]"  ').value, 'bar = "%(label)s  [%(bar)s]"')
  assert.equal(code('one"  of\n two').value, 'one" of two')
  assert.equal(code(' ').value, '(unnamed)')
})
