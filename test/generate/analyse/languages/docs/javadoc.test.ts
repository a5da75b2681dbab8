import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { javadoc } from '#generate/analyse/languages/docs/javadoc.ts'

const of = (...lines: string[]): string | null => javadoc([`/**\n${lines.map((line) => ` * ${line}`).join('\n')}\n */`])

describe('a doc comment becomes Markdown', () => {
  const cases: [title: string, lines: string[], markdown: string][] = [
    ['its lines without stars', ['One.', '', 'Two.'], 'One.\n\nTwo.'],
    ['code, also over two lines', ['Is {@code a', 'b} here.'], 'Is `a b` here.'],
    ['code with braces', ['Is {@code {"a": 1}} here.'], 'Is `{"a": 1}` here.'],
    [
      'links by their label or target',
      ['{@link A#b(C, D) the b} and {@link A#b(C, D)}'],
      '[the b](symbol:A%23b%28C%2C%20D%29) and `A#b(C, D)`',
    ],
    [
      'what is seen',
      ['@see #b', '@see A#b the b', '@see "A book"'],
      '- See: [`b`](symbol:%23b)\n- See: [the b](symbol:A%23b)\n- See: "A book"',
    ],
    [
      'tags as a list',
      ['Text.', '@param a the', 'first', '@return it', '@throws E when'],
      'Text.\n\n- `a`: the\n  first\n- Returns: it\n- Throws `E`: when',
    ],
    ['preformatted text as a block of code', ['A:', '<pre>{@code', 'x <y>;', '}</pre>'], 'A:\n\n```\nx <y>;\n```'],
    [
      'HTML whose lines are set in',
      ['A:', '<ul>', '  <li>One,', '      which goes on.', '', '      <p>More.', '</ul>', '<h2>Then</h2>'],
      'A:\n\n- One,\nwhich goes on.\n\nMore.\n\n**Then**',
    ],
    ['Markdown whose lines are set in', ['A:', '', '    code()'], 'A:\n\n    code()'],
    ['HTML of text', ['<p>A <b>b</b> &lt;c&gt;'], 'A **b** <c>'],
  ]
  for (const [title, lines, markdown] of cases) test(title, () => assert.equal(of(...lines), markdown))
})

test('other comments are no doc comments', () => {
  assert.equal(javadoc(['/* a */']), null)
  assert.equal(javadoc(['/**/']), null)
  assert.equal(javadoc(['/** a */', '// b']), null)
})

test('a comment full of marks is read to its end', () => {
  for (const mark of ['{@code ', '@a ', '<pre>', '{', '\n@'])
    assert.equal(typeof of('x', mark.repeat(20_000)), 'string')
})
