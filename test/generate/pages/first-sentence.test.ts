import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterFirstSentence, firstSentence } from '#generate/pages/first-sentence.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { stringify } from '#markdown/stringify.ts'

test('the first sentence ends before the fields of a doc comment', () => {
  const of = (text: string): string => plainText({ type: 'paragraph', children: firstSentence(text) ?? [] })
  assert.equal(of('Starts the session\nParameters:\n- id: which'), 'Starts the session')
  assert.equal(of('Starts it\n:param id: which'), 'Starts it')
  assert.equal(of('Says e.g. this. And that.'), 'Says e.g. this.')
  assert.equal(of('Returns: what it says'), 'Returns: what it says')
})

test('a list that a sentence leads on to is part of it, and any other is not', () => {
  const of = (text: string): string => plainText({ type: 'paragraph', children: firstSentence(text) ?? [] })
  assert.equal(
    of('Wraps methods with the features:\n - syntax: a\n   or b\n - options\nMore of it.'),
    'Wraps methods with the features: syntax: a or b; options More of it.',
  )
  assert.equal(of('Plans all, including:\n- the first.\n- the last.'), 'Plans all, including: the first; the last.')
  assert.equal(of('This is responsible for\n - the first\n - the last'), 'This is responsible for: the first; the last')
  assert.equal(of('Plans burns\n -- for one orbit\n -- for two'), 'Plans burns')
  assert.equal(of('Plans burns\n- for one orbit\n- for two'), 'Plans burns')
  assert.equal(of('Plans burns. As in:\n1. a\n2. b'), 'Plans burns.')
  assert.equal(of('Plans burns\n-5 is the least'), 'Plans burns -5 is the least')
})

test('a sentence is only cut if it is very long', () => {
  const of = (text: string): string => plainText({ type: 'paragraph', children: firstSentence(text) ?? [] })
  const long = `Plans ${'burns '.repeat(50)}at once.`
  assert.equal(of(`${long} More.`), long)
  assert.equal(of(long.slice(0, -1)), long.slice(0, -1))
  assert.equal(of(`Plans ${'burns '.repeat(60)}at once. More.`), `Plans ${'burns '.repeat(39)}`.trim() + '…')
})

test('an abbreviation, or a mark that is part of a name, ends no sentence', () => {
  const of = (text: string): string => plainText({ type: 'paragraph', children: firstSentence(text) ?? [] })
  assert.equal(
    of('The method of Kepler et al. (1609) of fig. 3. More.'),
    'The method of Kepler et al. (1609) of fig. 3.',
  )
  assert.equal(
    of('For a part of ORB2 ¶4.1 Flights and ORB12 ¶8. Moons. More.'),
    'For a part of ORB2 ¶4.1 Flights and ORB12 ¶8. Moons.',
  )
  assert.equal(of('Works like merge! and asks present? before. More.'), 'Works like merge! and asks present? before.')
})

test('no sentence ends within brackets that are closed', () => {
  const of = (text: string): string => plainText(paragraph(...(firstSentence(text) ?? [])))
  assert.equal(of('Plans (eg. `Burns`) and flies. Lands.'), 'Plans (eg. Burns) and flies.')
  assert.equal(of('Plans (See there. It burns) a flight. Lands.'), 'Plans (See there. It burns) a flight.')
  assert.equal(of('Plans (a flight. Lands.'), 'Plans (a flight.')
})

test('a sentence that tells a condition or a default goes on with the one that says what is done', () => {
  const of = (text: string): string => plainText({ type: 'paragraph', children: firstSentence(text) ?? [] })
  const both = [
    'By default, plans in the archive are left out. This option plans them as well.',
    'If the plan is there, gives it back. Otherwise makes one.',
    'When true, all burns are drawn. Only the last one is kept.',
    'Similar to `fly`. If a block is given, it ends with that.',
    'Orbit::Plan is modeled after the plans of others. Its best methods draw burns.',
    'Unless told otherwise, it stops. It goes on with this.',
  ]
  for (const text of both) {
    assert.equal(of(`${text} More is said elsewhere.`), text.replaceAll('`', ''))
    assert.equal(afterFirstSentence(`${text} More is said elsewhere.`), 'More is said elsewhere.')
  }
  assert.equal(of('If it is true, it burns. Default: false. More.'), 'If it is true, it burns.')
  assert.equal(of('If it is true, it burns. See [the map](https://example.org). More.'), 'If it is true, it burns.')
  assert.equal(of(`If it is true, it burns. ${'And so on '.repeat(40)}.`), 'If it is true, it burns.')
  assert.equal(of('Plans burns. By default, all of them.'), 'Plans burns.')
})

test('indented code is neither the first sentence nor what follows it', () => {
  const text = 'Makes a literal, e.g.:\n\n    orbit.lit("a") #=>\n      "a"\n\nIt is not escaped.'
  assert.equal(afterFirstSentence(text).trim(), 'It is not escaped.')
})

test('a sentence that ends within emphasis or a link is closed there, and definitions count from anywhere', () => {
  const of = (text: string): string => stringify([paragraph(...(firstSentence(text) ?? []))]).trim()
  assert.equal(of('**Note: it ends here. It goes on.** And on.'), '**Note: it ends here.**')
  assert.equal(of('See [the map. It is old](https://example.com/a). Then go.'), 'See [the map.](https://example.com/a)')
  assert.equal(of('It runs `a. b` and *stops. Not* here. So.'), 'It runs `a. b` and _stops._')
  const definition = '[`orbit`]: https://example.com/orbit'
  assert.equal(
    of(`Types for [\`orbit\`]. More.\n\nText.\n\n${definition}`),
    'Types for [`orbit`](https://example.com/orbit).',
  )
  assert.equal(of(`Plans (${'a '.repeat(190)}b, ${'c '.repeat(20)}). d`), 'Plans…')
  assert.equal(of(`${'*a* '.repeat(200)}b. c`), `${'_a_ '.repeat(120).trim()}…`)
})

test('sentences full of open marks are read to their end', () => {
  for (const mark of ['**', '[', '_a ', '[a](', '~~', '. *'])
    assert.ok(Array.isArray(firstSentence(mark.repeat(5_000))))
})

test('a sentence neither runs into a block of code nor begins in one', () => {
  const of = (text: string): string => plainText({ type: 'paragraph', children: firstSentence(text) ?? [] })
  assert.equal(of('Builds a query\n```\nquery = a -> b\n```\nand runs it.'), 'Builds a query')
  assert.equal(of('```\nquery = a -> b\n```\n\nBuilds a query.'), 'Builds a query.')
  assert.equal(
    plainText({ type: 'paragraph', children: firstSentence(afterFirstSentence('Builds.\n\n~~~\na\n~~~')) ?? [] }),
    '',
  )
})

test('a text without spaces is cut, and ends its sentences with its own signs', () => {
  const of = (text: string): string => stringify([paragraph(...(firstSentence(text) ?? []))]).trim()
  const sentence = '这是一个用于生成文档的工具。'
  assert.equal(of(`${sentence}它读取仓库。`), sentence)
  const long = '工具'.repeat(200)
  assert.equal(of(`**${'工具'.repeat(2)}**${long}`), `**工具工具**${'工具'.repeat(118)}…`)
  assert.equal(of('𝒳'.repeat(300)).endsWith('𝒳…'), true)
})

test('an example is no sentence', () => {
  for (const text of ['url = httpx.URL("https://a.b")', '>>> plan()', '$ make install', 'x := New(1)', 'a = [1, 2]'])
    assert.equal(firstSentence(text), null, text)
  for (const text of ['Set x = 1 to begin.', 'N is the number of rows.', 'E = mc squared, as always.'])
    assert.notEqual(firstSentence(text), null, text)
})
