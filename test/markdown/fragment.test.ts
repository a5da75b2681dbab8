import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { paragraph, plainText } from '#markdown/build.ts'
import { parseFragment } from '#markdown/fragment.ts'
import { parse } from '#markdown/parse.ts'
import { parseShallowOnce } from '#markdown/parse-shallow.ts'
import { stringify } from '#markdown/stringify.ts'

const none = { maxChars: 4_000, resolveLink: () => null }
const render = (markdown: string, options: Partial<Parameters<typeof parseFragment>[1]> = {}): string =>
  stringify(parseFragment(markdown, { ...none, ...options })).trim()

test('references do not multiply what they refer to', () => {
  assert.equal(render('One[^1] and two[^1].\n\n[^1]: a note'), 'One (a note) and two.')
  const note = 'word '.repeat(1_000)
  assert.ok(render(`${'[^a] '.repeat(800)}\n\n[^a]: ${note}`, { maxChars: 20_000 }).length < 10_000)
  const url = `https://example.org/${'a'.repeat(1_900)}`
  assert.ok(render(`${'[b] '.repeat(4_000)}\n\n[b]: ${url}`, { maxChars: 20_000 }).length < 200_000)
})

test('headings become bold lines, so that they cannot break the outline of a page', () => {
  assert.equal(render('# Title\n\ntext\n\nOther\n---'), '**Title**\n\ntext\n\n**Other**')
})

test('HTML goes, its text stays, and what only looks like a tag is kept', () => {
  assert.equal(
    render('<div align="center"><img src="x"></div>\n\na <b>bold</b> Promise<void> <!-- c --> b'),
    'a bold Promise\\<void> b',
  )
  assert.equal(render('<script>alert(1)'), 'alert(1)')
})

test('a block of HTML is told apart at its block elements, with its links, its code and its signs', () => {
  const head = `<p align="center">
  <a href="https://x.org"><img src="x.svg" alt="Orbit"></a><br>
  <h3>Every <b>site</b></h3>
</p>
<p>Orbit &amp; co. plan <code>burns</code> for <a href='/docs?a=1&amp;b=2'>probes</a>.</p>
<p><a href="javascript:alert(1)">One</a> &nbsp;&middot;&nbsp; &lt;b&gt; &#60;i&#62; &unknown;</p>`
  assert.equal(
    render(head, { resolveLink: (url) => `https://h.org${url}` }),
    '**Every site**\n\nOrbit & co. plan `burns` for [probes](https://h.org/docs?a=1\\&b=2).\n\nOne · \\<b> \\<i> \\&unknown;',
  )
  assert.equal(render('<p>Returns Map<Key, Value>.<hr>Then ends.'), 'Returns Map\\<Key, Value>.\n\nThen ends.')
})

test('of HTML cells are apart, scripts and styles are unseen, and a sign in an attribute ends no tag', () => {
  assert.equal(render('<table><tr><td>Name</td><td>Words</td></tr></table>'), 'Name\n\nWords')
  assert.equal(
    render('<p>Plans</p><style>p { color: red }</style><script>x = 1</script><p>burns</p>'),
    'Plans\n\nburns',
  )
  assert.equal(
    render('<p><img alt="a > b" src="x"> Plans <a title="a -> b" href="https://a.org">burns</a></p>'),
    'Plans [burns](https://a.org/)',
  )
})

test('a drawing in signs is no nest of lists', () => {
  assert.equal(render('> Says it.\n\n```\n+----------+\n| a |\n```'), '> Says it.\n\n```\n+----------+\n| a |\n```')
})

test('badges vanish, pictures leave their text, dangerous addresses leave none', () => {
  assert.equal(render('[![Build](https://x.org/b.svg)](https://x.org) ![a dog](dog.png)'), 'a dog')
  assert.equal(
    render('[a](javascript:alert(1)) [b](data:text/html,x) [c](//evil.org) [d](#top) [e](file:///etc/passwd)'),
    'a b c d e',
  )
  assert.equal(render('[a][x]\n\n[x]: JaVaScRiPt:alert(1)'), 'a')
})

test('relative links go where the caller says, or become text', () => {
  assert.equal(
    render('[a](docs/a.md) [b](b.md)', { resolveLink: (url) => (url === 'b.md' ? null : `https://h.org/${url}`) }),
    '[a](https://h.org/docs/a.md) b',
  )
})

test('pictures of the repository are links to where the caller says, those from elsewhere are words', () => {
  const resolveLink = (url: string): string | null => (url === 'gone.svg' ? null : `source/${url}`)
  const pictures = '![a map](docs/map.svg) ![gone](gone.svg) ![far](https://x.org/far.png) ![by name][m]'
  assert.equal(
    render(`${pictures} ![](docs/map.svg)\n\n[m]: m.svg`, { resolveLink }),
    '[a map](source/docs/map.svg) gone far [by name](source/m.svg)',
  )
  assert.equal(render('[![Build](b.svg)](https://x.org) ![x](//x.org/y) ![z](#z)', { resolveLink }), 'x z')
})

test('reference links, footnotes and definitions are resolved in place', () => {
  assert.equal(
    render('See [site] and this.[^1]\n\n[site]: https://example.org/\n\n[^1]: a note'),
    'See [site](https://example.org/) and this. (a note)',
  )
})

test('inline code that the caller knows becomes a reference', () => {
  const blocks = parseFragment('Use `run` or `walk`.', {
    ...none,
    resolveCode: (code) => (code === 'run' ? 'ref' : null),
  })
  const first = blocks[0]
  assert.ok(first?.type === 'paragraph')
  assert.deepEqual(
    first.children.map((child) => (child.type === 'link' ? child.data?.ref : child.type)),
    ['text', 'ref', 'text', 'inlineCode', 'text'],
  )
})

test('a long text is cut at a paragraph', () => {
  const text = render(`${'word '.repeat(300)}\n\n${'more '.repeat(300)}`, { maxChars: 2_000 })
  assert.ok(text.length < 2_000)
  assert.ok(text.endsWith('word\n\n…'))
})

test('a text that is cut in code or in a table says so, and rows stay whole', () => {
  const show = (source: string): string => render(source, { maxChars: 36 })
  assert.match(show('```\na b c d e f\n\ng h i j k l\n\nm n o p q\n```\n'), /\n```\n\n…$/)
  assert.match(show('```\na b c d\n~~~\ng h i j k l\n\nm n o p q\n```\n'), /\n```\n\n…$/)
  assert.match(show('| a | b |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |\n'), /\| 1 \| 2 \|\n\n…$/)
})

test('a link is known though its definition is beyond the cut', () => {
  const long = 'word '.repeat(60)
  const end = '\n\n[spec]: https://example.org/spec\n[^1]: a note\n[ ]: empty\n[open]: <no end\n'
  const shown = render(`See [spec], [^1], [ ] and [open].\n\n${long}${end}`, { maxChars: 100 })
  assert.match(shown, /^See \[spec\]\(https:\/\/example\.org\/spec\),/)
  assert.doesNotMatch(shown, /empty|no end|a note/)
  // Code that the cut leaves open swallows none.
  assert.doesNotMatch(render(`[spec]\n\n\`\`\`\n${long}\n\`\`\`${end}`, { maxChars: 100 }), /:\s*https/)
})

test('of many definitions beyond the cut those are known that are used', () => {
  const others = Array.from({ length: 300 }, (_, n) => `[name ${n}]: https://example.org/${n}`).join('\n')
  const end = `\n\n${others}\n[Spec]: https://example.org/spec\n`
  const shown = render(`See [the text][spec].\n\n${'word '.repeat(60)}${end}`, { maxChars: 100 })
  assert.match(shown, /^See \[the text\]\(https:\/\/example\.org\/spec\)/)
})

test('no input takes long or overflows the stack', () => {
  const attacks = [
    '`'.repeat(2_000_000),
    '>'.repeat(5_000),
    `${'> '.repeat(5_000)}x`,
    `${'- '.repeat(4_000)}x`,
    '['.repeat(100_000),
    '*_'.repeat(50_000),
    '![]('.repeat(20_000),
    '<!--'.repeat(20_000),
    '<a '.repeat(20_000),
    'a@'.repeat(20_000),
    'www.'.repeat(20_000),
    '|a'.repeat(4_000).concat('\n', '|-'.repeat(4_000)),
    '[^a]'.repeat(3_000),
    `${'  '.repeat(2_000)}- x`,
    '~'.repeat(100_000),
    '\u0000\u202e'.repeat(10_000),
    '1) '.repeat(4_000),
  ]
  for (const attack of attacks) {
    const start = performance.now()
    const text = stringify(parseFragment(attack, { ...none, maxChars: 8_000 }))
    assert.ok(
      performance.now() - start < 4_000,
      `${attack.slice(0, 12)} took ${Math.round(performance.now() - start)} ms`,
    )
    parse(text)
  }
})

test('whatever the text says, the page that holds it has no HTML, no heading and no other address', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      '<',
      '>',
      '`',
      '```',
      '~~~',
      '*',
      '_',
      '|',
      '\n',
      '\n\n',
      '    ',
      '#',
      '- ',
      '1. ',
      '[',
      '](',
      ')',
      '![',
      '&lt;',
      '\\',
      ':',
      '<b>',
      '</script>',
      'javascript:x',
      'http://a.b',
      '@',
      '"',
      "'",
      '---',
      '[^1]:',
      '[x]:',
      '> ',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const markdown = stringify([paragraph('before'), ...parseFragment(pieces.join(''), none), paragraph('after')])
      const stack: unknown[] = [parse(markdown)]
      for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        const { type, url, children } = node as { type: string; url?: string; children?: unknown[] }
        assert.ok(
          !['html', 'heading', 'image', 'imageReference', 'definition', 'footnoteDefinition'].includes(type),
          `${type} in ${JSON.stringify(markdown)}`,
        )
        if (url !== undefined) assert.match(url, /^(?:https?|mailto):/)
        stack.push(...(children ?? []))
      }
      assert.equal(plainText(parse(markdown)).slice(-5), 'after')
    }),
    { numRuns: 400 },
  )
})

test('a word in brackets that names nothing stays in brackets', () => {
  const options = { resolveCode: (code: string) => (code === 'plan' ? 'component plan' : null) }
  const markdown = '[`plan`](symbol:%5Bplan%5D) [`options`](symbol:%5Boptions%5D) file'
  assert.equal(render(markdown, options), '[`plan`]() \\[options] file')
})

test('a link to a symbol leads to what it names, else its words stay; in code they stand alone', () => {
  const seen: [string, boolean][] = []
  const blocks = parseFragment('[`b`](symbol:a.b%28C%29) and [the c](symbol:c) in `d`\n\n    [`e`](symbol:e)\n', {
    maxChars: 1_000,
    resolveLink: () => 'https://example.com/',
    resolveCode: (code, isReference) => {
      seen.push([code, isReference])
      return code === 'a.b(C)' ? 'component b' : null
    },
  })
  assert.deepEqual(seen, [
    ['b', false],
    ['a.b(C)', true],
    ['c', true],
    ['d', false],
  ])
  const [paragraph, code] = blocks
  const kinds = paragraph?.type === 'paragraph' ? paragraph.children.map(({ type }) => type) : []
  assert.deepEqual(kinds, ['link', 'text', 'inlineCode'])
  assert.equal(code?.type === 'code' ? code.value : '', '`e`')
})

test('the names that parameters are listed by name nothing else', () => {
  const resolveCode = (code: string): string => code
  const links = (title: string): string[] => {
    const blocks = parseFragment(`${title}\n\n- \`json\` (\`Type\`): as \`json\`\n- a \`name\``, {
      ...none,
      resolveCode,
    })
    return [...JSON.stringify(blocks).matchAll(/"ref":"(\w+)"/g)].map(([, ref = '']) => ref)
  }
  assert.deepEqual(links('**Parameters**'), ['Type', 'json', 'name'])
  assert.deepEqual(links('**Keyword parameters**'), ['Type', 'json', 'name'])
  assert.deepEqual(links('**Attributes**'), ['json', 'Type', 'json', 'name'])
})

test('a text is parsed once, and what is made of it does not change what is made of it again', () => {
  const markdown = 'Calls `f` and _ends_.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n'
  const first = parseFragment(markdown, none)
  const before = structuredClone(first)
  for (const node of first.flatMap((block) => ('children' in block ? block.children : []))) {
    if ('children' in node) node.children = []
    if ('value' in node) node.value = 'changed'
  }
  assert.deepEqual(parseFragment(markdown, none), before)
  // A mark on the kept tree shows that it is used.
  const kept = parseShallowOnce(markdown)
  if (kept !== undefined) kept.children.length = 1
  assert.deepEqual(parseFragment(markdown, none), before.slice(0, 1))
})

test('of trees, the last ones are kept', () => {
  const first = parseShallowOnce('_first_')
  assert.equal(parseShallowOnce('_first_'), first)
  for (let number = 0; number < 101; number++) parseShallowOnce(`${number} ${'a'.repeat(4_000)}`)
  assert.notEqual(parseShallowOnce('_first_'), first)
})
