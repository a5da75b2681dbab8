import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DocComment } from '#generate/analyse/doc-comment.ts'
import { withExampleCode } from '#generate/analyse/languages/docs/example-code.ts'
import { javadoc, javadocOfHtml } from '#generate/analyse/languages/docs/javadoc.ts'
import { docTypes, phpdoc } from '#generate/analyse/languages/php/phpdoc.ts'

const read = (...lines: string[]): DocComment | null =>
  javadoc([`/**\n${lines.map((line) => ` * ${line}`).join('\n')}\n */`])
const of = (...lines: string[]): string | undefined => read(...lines)?.text

describe('a doc comment becomes Markdown', () => {
  const cases: [title: string, lines: string[], markdown: string][] = [
    ['its lines without stars', ['One.', '', 'Two.'], 'One.\n\nTwo.'],
    [
      'an element of its own as code below its name',
      ['A.', '', '<wrong>', 'a = List<Int>()', '', '  + 1', '</wrong>', '', 'B.'],
      'A.\n\nWrong:\n\n```\na = List<Int>()\n\n  + 1\n```\n\nB.',
    ],
    ['markup in an element of its own', ['<plan>', '<a>', '</plan>'], '<plan>\n<a>\n</plan>'],
    ['code, also over two lines', ['Is {@code a', 'b} here.'], 'Is `a b` here.'],
    ['code with braces', ['Is {@code {"a": 1}} here.'], 'Is `{"a": 1}` here.'],
    [
      'links by their label or target',
      ['{@link A#b(C, D) the b} and {@link A#b(C, D)}'],
      '[the b](symbol:A%23b%28C%2C%20D%29) and `A#b(C, D)`',
    ],
    [
      'labels that are words of the sentence',
      ['Is {@linkplain A#add(B) added} by {@link A#add add}.'],
      'Is [added](symbol:A%23add%28B%29) by [`add`](symbol:A%23add).',
    ],
    ['values by their names', ['Is {@value A#B}.'], 'Is `A#B`.'],
    [
      'notes with their titles',
      ['A.', '@author me', '@implNote It is slow.'],
      'A.\n\n**Implementation note:** It is slow.',
    ],
    ['preformatted text as a block of code', ['A:', '<pre>{@code', 'x <y>;', '}</pre>'], 'A:\n\n```\nx <y>;\n```'],
    [
      'adjacent preformatted texts',
      ['<pre>', 'a', '</pre><pre>', '@Override b', '</pre>'],
      '```\na\n```\n\n```\n@Override b\n```',
    ],
    [
      'a snippet as a block of code',
      ['A:', '{@snippet lang="sh" :', '  make {it}', '}', 'B.'],
      'A:\n```\n  make {it}\n```\nB.',
    ],
    [
      'a snippet with blocks, whose indentation and markup stay',
      ['A.', '<p>B:', '{@snippet :', '  if (x) {', '    a(<b>y</b>);', '  }', '  b();', '}', 'C.'],
      'A.\n\nB:\n```\n  if (x) {\n    a(<b>y</b>);\n  }\n  b();\n```\nC.',
    ],
    ['no snippet of another file', ['A.', '{@snippet class=a.B region=c}', '<p>', 'B.'], 'A.\n\nB.'],
    [
      'no announcement of one',
      ['A.', '<p>', 'Usage example:', '{@snippet class=a.B', '          region=c}', '<p>', 'B.'],
      'A.\n\nB.',
    ],
    [
      'HTML whose lines are set in',
      ['A:', '<ul>', '  <li>One,', '      which goes on.', '', '      <p>More.', '</ul>', '<h2>Then</h2>'],
      'A:\n\n- One,\nwhich goes on.\n\nMore.\n\n**Then**',
    ],
    ['Markdown whose lines are set in', ['A:', '', '    code()'], 'A:\n\n    code()'],
    ['HTML of text', ['<p>A <b>b</b> &lt;c&gt; &#064;d'], 'A **b** \\<c> @d'],
    [
      'code below a colon with less indentation than Markdown demands',
      ['Usage:', '', '  $a = new A([', '    1', '  ]);', '', '  $a->b();', '', 'After.'],
      'Usage:\n\n```\n$a = new A([\n  1\n]);\n\n$a->b();\n```\n\nAfter.',
    ],
    [
      'code below a colon in preformatted text',
      ['<pre><code>', '// The same:', '  a();', '</code></pre>'],
      '```\n// The same:\n  a();\n```',
    ],
    [
      'annotated code',
      ['A:', '', '@Module', '@Scan("a")', 'class B {', '', ' @Single', ' fun c() = 1', '}', '', 'D.'],
      'A:\n\n```\n@Module\n@Scan("a")\nclass B {\n\n @Single\n fun c() = 1\n}\n```\n\nD.',
    ],
    ['annotations without code', ['A.', '@Beta', 'It changes.'], 'A.\n\n**Beta:** It changes.'],
    ['words behind a colon', ['A.', '@mask:', '  the bits'], 'A.\n\n**Mask:** the bits'],
    ['words and lists below a colon', ['A:', '', '  one', 'B:', '  - c;'], 'A:\n\none\nB:\n- c;'],
    ['`<code>` over several lines', ['A:', '<code>', 'b();', '  c();', '</code>'], 'A:\n```\nb();\n  c();\n```'],
    ['text below a link', ['A.', '', '@link b', '', 'C.', '@author me', '', 'D.'], 'A.\n\nC.'],
    ['code of a note', ['@use_case', '```', 'a(*b)', '```', 'B.'], '**Use case:**\n\n```\na(*b)\n```\nB.'],
    ['entities in literal code as they are', ['{@code <} is {@code &lt;}, <code>&lt;</code>'], '`<` is `&lt;`, `<`'],
    ['elements in literal code', ['{@code <p>a<br></p>}'], '`<p>a<br></p>`'],
    [
      'a list inside an item',
      ['A:', '', ' * b: of', '        them:', '        * c', '        * d', ' * e', '', '        * code'],
      'A:\n\n* b: of\n        them:\n  * c\n  * d\n* e\n\n        * code',
    ],
    ['markup in code', ['<code>a[<em>b</em>] {@literal >} &lt;p&gt;</code>'], '`a[b] > <p>`'],
    ['elements that are written as text', ['&lt;p&gt;'], '\\<p>'],
    [
      'no styles, but their names',
      ['{@code <style>} a.', '<style>td { b: c }', 'x{}</style>', '{@code </style>} b.'],
      '`<style>` a.\n\n`</style>` b.',
    ],
    [
      'tables',
      [
        '<table class="a">',
        '<tr><th>A</th><th>B</th></tr>',
        '<tr><td><code>x|y</code></td><td>one<p>two<ul><li>i</ul></td></tr>',
        '<tr><td colspan="2"><h3>C</h3></td></tr>',
        '</table> After.',
      ],
      '| A | B |\n| - | - |\n| `x\\|y` | one two • i |\n| **C** |  |\n\n After.',
    ],
  ]
  for (const [title, lines, markdown] of cases) test(title, () => assert.equal(of(...lines), markdown))
})

test('tags are parts of their own', () => {
  const lines = [
    'Text.',
    '@param <T> what',
    '@param a the',
    '  first',
    '@return {@code it}',
    '@throws E when',
    '@since 1.2',
  ]
  assert.deepEqual(read(...lines, '@deprecated use {@link #b}', '@see #b', '@see A#b the b', '@see "A book"'), {
    text: 'Text.',
    details: {
      typeParameters: [{ name: 'T', type: '', text: 'what' }],
      parameters: [{ name: 'a', type: '', text: 'the\nfirst' }],
      returns: [{ name: '', type: '', text: '`it`' }],
      raises: [{ name: 'E', type: '', text: 'when' }],
      since: '1.2',
      deprecated: 'use [`b`](symbol:%23b)',
      see: ['[`b`](symbol:%23b)', '[the b](symbol:A%23b)', '"A book"'],
    },
  })
})

test('a tag behind other words of its line ends them, unless it is code or what they speak of', () => {
  assert.deepEqual(read('Expands files, as parameter @param isOn whether {@code @file} is read.'), {
    text: 'Expands files, as parameter',
    details: { parameters: [{ name: 'isOn', type: '', text: 'whether `@file` is read.' }] },
  })
  assert.deepEqual(read('Adds. @param a the first @return the sum'), {
    text: 'Adds.',
    details: {
      parameters: [{ name: 'a', type: '', text: 'the first' }],
      returns: [{ name: '', type: '', text: 'the sum' }],
    },
  })
  for (const text of ['Reads each @param line of a comment.', 'Writes `a @param b c` again.', 'Sent to me @return.'])
    assert.equal(read(text)?.text, text)
})

test('code that nothing closes ends above a tag', () => {
  const parameters = [{ name: 'b', type: '', text: 'the C' }]
  for (const lines of [
    ['```', 'a'],
    ['<pre><code>', 'a', '</code>'],
  ])
    assert.deepEqual(read(...lines, '@param b: the C', '@return'), { text: '```\na\n```', details: { parameters } })
})

test('lines without asterisks are the same', () => {
  const lines = ['Text', '  goes on.', '@param a the', '    first', '@return b', '      @see #c']
  const starred = read(...lines)
  assert.equal(starred?.details.see?.length, 1)
  assert.deepEqual(
    javadoc([`/**\n${lines.map((line) => (line === '' ? '' : `     ${line}`)).join('\n')}\n     */`]),
    starred,
  )
  assert.deepEqual(
    javadoc([`/** Text\n\t\t\tgoes on.\n\t\t\t@param a the\n\t\t\t    first\n\n\t\t\t@return b\n\t\t\t@see #c */`]),
    starred,
  )
  assert.equal(
    javadoc(['/**\n     Text.\n\n     * a\n     * b\n\n     More\n     text.\n */'])?.text,
    'Text.\n\n* a\n* b\n\nMore\ntext.',
  )
})

test('tags behind asterisks that other lines lack are read', () => {
  const doc = javadoc(['/**\n     Text\n     goes on\n     and on.\n     *\n     * @return b\n     */'])
  assert.deepEqual([doc?.text, doc?.details.returns?.[0]?.text], ['Text\ngoes on\nand on.', 'b'])
})

test('an at sign in code is no tag', () => {
  assert.deepEqual(read('<pre>', '@Override', 'void a() {}', '</pre>', '@return b')?.details.returns?.length, 1)
  assert.match(of('<pre>', '@Override', 'void a() {}', '</pre>') ?? '', /@Override/)
})

test('the comment of code that is commented out documents nothing', () => {
  for (const code of ['// def b(c: Int): D', '// public void b() {']) assert.equal(javadoc(['/** A. */', code]), null)
  assert.equal(javadoc(['/** A. */', '// see the class B'])?.text, 'A.')
})

test('other comments are no doc comments, and hide none above them', () => {
  assert.equal(javadoc(['/* a */']), null)
  assert.equal(javadoc(['/**/']), null)
  assert.equal(javadoc(['/** a */', '// b'])?.text, 'a')
})

test('a comment full of marks is read to its end', () => {
  for (const mark of [
    '{@code ',
    '@a ',
    '<pre>',
    '{',
    '\n@',
    '<table>',
    '<tr>',
    '<td>',
    '<table><tr><td>',
    '<code>',
    '<style>',
    '`&lt;',
  ])
    assert.equal(typeof of('x', mark.repeat(20_000)), 'string')
})

test('code inside a fence keeps its indents', () => {
  const doc = javadoc(['/**\n *  Words.\n *\n *  ```js\n *  if (a) {\n *    b\n *  }\n *  ```\n *  More.\n */'])
  assert.equal(doc?.text, 'Words.\n\n```js\nif (a) {\n  b\n}\n```\nMore.')
})

test('a fence is closed only by one of its kind', () => {
  const lines = ['Words.', '', '````md', '```', '@see code', '~~~', '@since code', '````', '@since 2']
  const doc = javadoc([`/**\n${lines.map((line) => ` * ${line}\n`).join('')} */`])
  assert.equal(doc?.text, lines.slice(0, -1).join('\n'))
  assert.equal(doc?.details.since, '2')
})

test('backslashes in HTML are text, in Markdown they escape', () => {
  const comment = String.raw`/** Roots such as "C:\" and "\\host\share\", {@code "\\"} and <code>\*</code>. @param x \_ */`
  const doc = javadocOfHtml([comment])
  assert.equal(doc?.text, String.raw`Roots such as "C:\\" and "\\\host\share\\", ${'`"\\\\"`'} and ${'`\\*`'}.`)
  assert.deepEqual(doc?.details.parameters, [{ name: 'x', type: '', text: String.raw`\\_` }])
  assert.equal(javadoc([String.raw`/** Is \*this\*. */`])?.text, String.raw`Is \*this\*.`)
})

test('text below a blank line after a reference is the description', () => {
  const doc = javadoc([
    '/**\n * @deprecated Use b.\n * @see settings\n *\n * Resets the overflow.\n *\n * @return void\n */',
  ])
  assert.equal(doc?.text, 'Resets the overflow.')
  assert.equal(doc?.details.see?.length, 1)
})

test('an example below a reference is not part of it', () => {
  for (const label of [['Example:'], []]) {
    const doc = read('Text.', '@see b', ...label, '```', 'plan()', '```')
    assert.equal(doc?.text.endsWith('```\nplan()\n```'), true)
    assert.deepEqual(doc?.details.see, ['`b`'])
  }
})

test('words behind the target of `@see` are about it in PHP, its label elsewhere', () => {
  const comment = ['/**\n * @see Plan::fly() for options\n */']
  assert.deepEqual(phpdoc(comment)?.details.see, ['`Plan::fly()` for options'])
  assert.deepEqual(javadoc(comment)?.details.see, ['[for options](symbol:Plan%3A%3Afly%28%29)'])
})

test('indented lines that each end with a colon take linear time', () => {
  const start = performance.now()
  const lines = withExampleCode(Array.from({ length: 40_000 }, () => '  a:'))
  assert.equal(lines.length, 40_000)
  assert.ok(performance.now() - start < 10_000)
})

test('a space before the arguments of a type of PHP does not end it', () => {
  const comment = ['/**\n * The legs.\n *\n * @var array <int, Leg>\n */']
  assert.equal(phpdoc(comment)?.text, 'The legs.')
  assert.equal(docTypes(comment)?.own, 'array<int, Leg>')
})
