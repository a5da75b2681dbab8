import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sanitize } from 'hast-util-sanitize'
import { SCHEMA } from '#markdown/allowed-html.ts'
import { anchorsOf } from '#markdown/anchors.ts'
import { code, heading, link, list, paragraph } from '#markdown/build.ts'
import { NestedTooDeep } from '#markdown/depth.ts'
import { fold } from '#markdown/folds.ts'
import { renderMarkdown } from '#markdown/render.ts'
import { Slugger, slugify } from '#markdown/slug.ts'
import { stringify } from '#markdown/stringify.ts'
import { ATTACKS, findDangers, parseHtml } from './hostile.ts'

const render = (markdown: string) => parseHtml(renderMarkdown(markdown).html)

test('no classic attack leaves anything dangerous on the page', () => {
  for (const attack of ATTACKS) {
    const { html } = renderMarkdown(attack)
    assert.deepEqual(findDangers(html), [], `${attack}\n${html}`)
  }
})

test('the judge of the attacks finds them in HTML that is not rendered', () => {
  assert.ok(findDangers('<img src=x onerror=alert(1)>').length >= 2)
  assert.deepEqual(findDangers('<a href="java\tscript:alert(1)">x</a>'), ['href=java\tscript:alert(1)'])
})

test('whatever the Markdown, the page holds nothing but what a document needs', () => {
  const piece = fc.oneof(
    fc.constantFrom(...ATTACKS),
    fc.constantFrom(
      '\n',
      '\n\n',
      '> ',
      '- ',
      '1. ',
      '# ',
      '| a | b |\n|---|:-:|\n',
      '```ts\n',
      '~~~\n',
      '    ',
      '\\',
      '&lt;',
      '**',
      '`',
      '[^1]: ',
      '[a]: ',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'<>"\'&=/:;()[]!`*_#|-\\ \n\tajs'), maxLength: 16 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      assert.deepEqual(findDangers(renderMarkdown(pieces.join('')).html), [])
    }),
    { numRuns: 300 },
  )
})

test('headings get the ids that the page writer counts on, also when they repeat', () => {
  const texts = ['Router.match', 'Router.match', 'A & B', 'Überblick', '日本', '!!!', 'run-1', 'run', 'run']
  const { headings } = renderMarkdown(texts.map((text) => `## ${text}`).join('\n\n'))
  const slugger = new Slugger()
  assert.deepEqual(
    headings,
    texts.map((text) => ({ depth: 2, id: slugger.next(text), text })),
  )
})

test('an id never ends in half a letter, so that it can be an address', () => {
  for (const text of ['𝐀'.repeat(60), `a${'𝐀'.repeat(60)}`])
    assert.doesNotThrow(() => encodeURIComponent(slugify(text)))
})

test('the id comes from the words of a heading, without its marks', () => {
  const page = renderMarkdown('# class `Planner` · *[lines](x.md)*\n\n## `run<T>()`')
  assert.deepEqual(page.headings, [
    { depth: 1, id: new Slugger().next('class Planner · lines'), text: 'class Planner · lines' },
    { depth: 2, id: 'runt', text: 'run<T>()' },
  ])
  assert.equal(page.title, 'class Planner · lines')
})

test('a heading below the first level has a link to itself beside it', () => {
  const page = render('# One\n\n## Two')
  const anchors = [...page.querySelectorAll('a.anchor')].map((anchor) => anchor.getAttribute('href'))
  assert.deepEqual(anchors, ['#two'])
  assert.equal(page.querySelector('h2')?.textContent, 'Two')
})

test('the empty head of a column is no heading', () => {
  const page = render('| a | |\n| - | - |\n| b | c |\n')
  assert.deepEqual(
    [...page.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.tagName)),
    [
      ['TH', 'TD'],
      ['TD', 'TD'],
    ],
  )
})

test('tables of GFM keep their alignment and stand in a box that scrolls', () => {
  const page = render('| a | b |\n| --- | ---: |\n| 1 | `x | y` \\| z |')
  const box = page.querySelector('div.table-box > table')
  assert.equal(box?.querySelectorAll('th').length, 2)
  assert.equal(box?.querySelector('td:last-child')?.getAttribute('align'), 'right')
})

test('code of a known language is coloured by classes and reads the same', () => {
  const page = render('```ts\nconst a: string = "<b>"\na\n```')
  const code = page.querySelector('pre > code')
  assert.equal(code?.className, 'hljs language-ts')
  assert.equal(code?.querySelector('.hljs-keyword')?.textContent, 'const')
  assert.equal(code?.querySelector('.hljs-built_in')?.textContent, 'string')
  assert.equal(code?.textContent, 'const a: string = "<b>"\na\n')
})

test('code of an unknown language stays plain', () => {
  assert.equal(render('```klingon\nx\n```').querySelector('code')?.innerHTML, 'x\n')
})

test('code of one line is marked, since it wraps', () => {
  assert.deepEqual(
    [...render('```\nf(a)\n```\n\n```ts\na\nb\n```').querySelectorAll('code')].map((code) => code.className),
    ['one-line', 'hljs language-ts'],
  )
})

test('a diagram is a figure that shows its source under words that say so, folded where it is long', () => {
  const page = renderMarkdown('```mermaid\ngraph TD\n  a["<b>"] --> b\n```\n\n- ```mermaid\n  graph LR\n  ```')
  const figures = parseHtml(page.html).querySelectorAll('figure.diagram > details > pre > code.language-mermaid')
  assert.equal(page.diagrams, 2)
  assert.equal(figures[0]?.textContent, 'graph TD\n  a["<b>"] --> b\n')
  assert.equal(figures.length, 2)
  const fold = figures[0]?.closest('details')
  assert.equal(fold?.querySelector('summary')?.textContent, 'Source of the diagram in Mermaid, 2 lines')
  assert.equal(fold?.hasAttribute('open'), true)
  const long = render(`\`\`\`mermaid\ngraph TD\n${'  a --> b\n'.repeat(40)}\`\`\``)
  assert.equal(long.querySelector('figure > details')?.hasAttribute('open'), false)
})

test('our own diagrams say in the viewer what their arrows mean', () => {
  const legendOf = (...lines: string[]): string | undefined =>
    render(
      ['```mermaid', ...lines, '```', '', '<details>', '<summary>Boxes</summary>', '', '1. a', '', '</details>'].join(
        '\n',
      ),
    )
      .querySelector('figure.diagram > figcaption')
      ?.textContent.trim()
  assert.match(legendOf('flowchart LR', '  n1 --> n2') ?? '', /thicker/)
  assert.equal(
    legendOf('flowchart RL', '  n1(["x"])', '  n1 -.-> n2'),
    'Arrows, dashed: what it implements; round ends: types of other modules.',
  )
  assert.equal(legendOf('graph TD', '  a --> b'), undefined)
})

test('the boxes of a diagram are in its figure, and no words for the search', () => {
  const boxes = ['<details>', '<summary>Legend</summary>', '', '1. [one](one.md)', '', '</details>']
  const page = renderMarkdown(['# x', '', '```mermaid', 'graph TD', '```', '', ...boxes, '', 'after'].join('\n'))
  const link = parseHtml(page.html).querySelector('figure.diagram > details.diagram-boxes > ol > li > a')
  assert.equal(link?.getAttribute('href'), 'one.md')
  assert.deepEqual(page.sections, [{ id: 'x', text: 'after' }])
  const other = render(boxes.join('\n'))
  assert.equal(other.querySelector('figure'), null)
})

test('the words of what folds are apart from those below, for the search', () => {
  const folded = [
    '<details>',
    '<summary>More of it</summary>',
    '',
    'Usage: plan',
    '',
    '```js',
    'plan()',
    '```',
    '',
    '</details>',
  ]
  const { sections } = renderMarkdown(['# x', '', ...folded, '', '- one', '', 'after'].join('\n'))
  assert.deepEqual(sections, [{ id: 'x', text: 'More of it Usage: plan one after' }])
})

test('an image becomes its alternative text, and a link without words goes', () => {
  const page = render(
    'a ![plan](https://x.example/p.png) [![badge](https://x.example/b)](https://ci.example) [![](y.png)](z)',
  )
  assert.equal(page.querySelector('img'), null)
  assert.equal(page.querySelector('p')?.textContent?.trim(), 'a plan badge')
  assert.deepEqual(
    [...page.querySelectorAll('a')].map((link) => link.getAttribute('href')),
    ['https://ci.example'],
  )
})

test('links within the set stay as they are, links that lead away say nothing of the reader', () => {
  const page = render('[a](src-http.md#run) [b](https://x.example/) [c](//x.example) [d][r]\n\n[r]: http://y.example')
  const links = [...page.querySelectorAll('a')].map((link) => [link.getAttribute('href'), link.getAttribute('rel')])
  const rel = 'noopener noreferrer nofollow'
  assert.deepEqual(links, [
    ['src-http.md#run', null],
    ['https://x.example/', rel],
    ['//x.example', rel],
    ['http://y.example', rel],
  ])
})

test('HTML loses its tags and keeps its words; what only looks like a tag is text', () => {
  assert.equal(render('<details><summary>More</summary>x</details>').body.textContent?.trim(), 'Morex')
  assert.equal(render('A Map<Key, Value> of <name>').querySelector('p')?.textContent, 'A Map<Key, Value> of <name>')
  assert.equal(render('a<br>b').querySelectorAll('br').length, 1)
})

test('items of task lists show whether they are done', () => {
  assert.deepEqual(
    [...render('- [x] a\n- [ ] b').querySelectorAll('li')].map((item) => item.textContent),
    ['☑ a', '☐ b'],
  )
})

test('footnotes lead to their notes and back', () => {
  const page = render('x[^1]\n\n[^1]: note')
  for (const link of page.querySelectorAll('a')) {
    const id = decodeURIComponent(link.getAttribute('href')?.slice(1) ?? '')
    assert.ok(page.getElementById(id), `#${id} is on the page`)
  }
})

test('nesting deeper than anybody writes is refused before anything recurses over it', () => {
  assert.throws(() => renderMarkdown(`${'> '.repeat(500)}x`), NestedTooDeep)
  assert.equal(render(`${'> '.repeat(40)}x`).querySelectorAll('blockquote').length, 40)
})

test('the same Markdown gives the same bytes', () => {
  const markdown = `# a\n\n${ATTACKS.join('\n\n')}`
  assert.equal(renderMarkdown(markdown).html, renderMarkdown(markdown).html)
})

test('a line that begins with a name can be linked to, by an id after those of the headings', () => {
  const blocks = [
    list([
      [code('run(now: Date): void'), ': starts'],
      ['no name first: ', code('run')],
    ]),
    ...fold('2 internal members', [
      list([[link('src/a.ts#L1', code('static int run(void)'))], [code('func (r *Run) next() bool')]]),
    ]),
    heading(2, 'Run'),
    list([[code('first')]], true),
  ]
  const page = renderMarkdown(stringify(blocks))
  const ids = [...page.html.matchAll(/<(li|h2) id="([^"]+)"/g)].map(([, tag, id]) => `${tag} ${id}`)
  assert.deepEqual(ids, ['li run-1', 'li run-2', 'li next', 'h2 run'])
  assert.deepEqual([...anchorsOf(blocks).values()], ['run', 'run-1', 'run-2', 'next'])
  assert.equal(page.contents?.sections.get('next'), 'func (r *Run) next() bool')
})

test('what is left out of a call stays so in the title of a fold', () => {
  const { html } = renderMarkdown(stringify(fold('run(Plan, …)', [paragraph('a')])))
  assert.match(html, /<summary>run\(Plan, …\)<\/summary>/)
})

test('a fold may stand in a fold, and what is not closed takes nothing along', () => {
  const inner = fold('run_1', [paragraph('b')])
  const page = renderMarkdown(stringify([...fold('2', [paragraph('a'), ...inner]), ...inner.slice(0, 1), ...inner]))
  assert.deepEqual(page.html.match(/<\/?(?:details|summary)>|run_1|\b[ab]\b/g), [
    ...[
      '<details>',
      '<summary>',
      '</summary>',
      'a',
      '<details>',
      '<summary>',
      'run_1',
      '</summary>',
      'b',
      '</details>',
    ],
    ...['</details>', 'run_1', '<details>', '<summary>', 'run_1', '</summary>', 'b', '</details>'],
  ])
})

test('a fold of ours is an element that opens; any other HTML like it is text', () => {
  const folded = stringify(fold('3 more <b>', [heading(3, 'Inside'), paragraph('words')]))
  const page = renderMarkdown(folded)
  assert.match(
    page.html,
    /<details><summary>3 more &#x3C;b><\/summary>[\s\S]*<h3 id="inside">[\s\S]*words<\/p>\s*<\/details>/,
  )
  assert.deepEqual(
    page.headings.map(({ id }) => id),
    ['inside'],
  )
  const summaryOf = (words: string): string => stringify(fold(words, [])).split('\n')[1] ?? ''
  assert.equal(
    summaryOf('f(Seq[String], Map<String, List<A>>, A < B, …)'),
    '<summary>f(Seq[String], Map, A &lt; B, …)</summary>',
  )
  for (const title of ['Q&A — 50 % off “now”', '~Foo', 'operator<<', 'a &lt; b', 'नमस्ते', `${'a'.repeat(199)}𝒜`])
    assert.equal(
      parseHtml(renderMarkdown(stringify(fold(title, []))).html).querySelector('summary')?.textContent,
      title,
    )
  let nested = [paragraph('innermost')] as ReturnType<typeof fold>
  for (let depth = 0; depth < 7; depth++) nested = [...fold(`level ${depth}`, nested), paragraph(`after ${depth}`)]
  const outside = parseHtml(renderMarkdown(stringify(nested)).html).querySelectorAll('details')
  assert.equal(outside.length, 6)
  for (const [index, one] of [...outside].entries()) {
    const level = 6 - index
    assert.ok(!one.textContent?.includes(`after ${level}`), `after ${level}`)
  }
  for (const other of [
    '<details open>\n<summary>a</summary>\n\nb\n\n</details>',
    '<details>\n<summary><img src=x></summary>\n\nb\n\n</details>',
    '<details>\n<summary>a</summary>\n\nb',
    '</details>',
  ]) {
    assert.doesNotMatch(renderMarkdown(other).html, /details|summary|img/, other)
  }
})

test('the source of a quotation is an address of the web', () => {
  for (const [cite, expected] of [
    ['javascript:alert(1)', {}],
    ['https://orbit.example/plan', { cite: 'https://orbit.example/plan' }],
  ] as const) {
    const quote = sanitize({ type: 'element', tagName: 'blockquote', properties: { cite }, children: [] }, SCHEMA)
    assert.deepEqual(quote, { type: 'element', tagName: 'blockquote', properties: expected, children: [] })
  }
})
