import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rdocToMarkdown } from '#generate/formats/rdoc.ts'

const converted = (...lines: string[]): string => rdocToMarkdown(lines.join('\n'))

test('headings, rules and lines for editors and for RDoc itself', () => {
  assert.equal(
    converted('# -*- mode: rdoc -*-', ':title: Orbit', '= Orbit -- flights', '', '== See', '---', 'a # b', '#c <T>'),
    ['', '', '# Orbit -- flights', '', '## See', '***', 'a # b', '\\#c \\<T>'].join('\n'),
  )
})

test('what is indented deeper than the text is code, also right below it, and lines keep their numbers', () => {
  assert.equal(
    converted('Declare a task:', '', '  task :name do', '', '    run', '  end', '', 'and run it:', '  $ rake name'),
    [
      'Declare a task:',
      '```ruby',
      'task :name do',
      '',
      '  run',
      'end',
      '```',
      'and run it:',
      '```console',
      '$ rake name',
      '```',
    ].join('\n'),
  )
  assert.equal(converted('Install it:', '', '  gem install orbit'), 'Install it:\n```sh\ngem install orbit\n```')
  assert.equal(converted('', '  +--+', '  |  |'), '```\n+--+\n|  |\n```')
})

test('lists keep what belongs to their items, also with labels', () => {
  assert.equal(
    converted(
      '* one',
      '  more',
      '',
      '    code(1)',
      '',
      '* two',
      '  1. inner',
      'home :: here',
      'Rake::Task ::',
      '    A task.',
    ),
    [
      '- one',
      '  more',
      '  ```ruby',
      '  code(1)',
      '  ```',
      '- two',
      '  1. inner',
      '- home: here',
      '- Rake::Task:',
      '  A task.',
    ].join('\n'),
  )
  assert.equal(converted('[<b>Ann <a@b.org></b>] For ideas.'), '- **Ann <a@b.org>**: For ideas.')
})

test('code, emphasis and links in text', () => {
  assert.equal(
    converted(
      'Call +plan+ or <tt>fly(x)</tt>, *never* both; see {the guide}[rdoc-ref:doc/guide.rdoc], \\Orbit and <b>x</b>.',
    ),
    'Call `plan` or `fly(x)`, **never** both; see [the guide](/doc/guide.rdoc), Orbit and **x**.',
  )
  assert.equal(converted('{Home}[https://o.org/a(b)] {T}[rdoc-ref:Orbit]'), '[Home](https://o.org/a%28b%29) T')
})

test('labels of the same indentation are beside each other, and levels are few', () => {
  assert.equal(
    converted(' [cat] purrs\n [dog] barks\n   [pup] yelps\n [owl] hoots'),
    '- cat: purrs\n- dog: barks\n  - pup: yelps\n- owl: hoots',
  )
  const nested = Array.from({ length: 2_000 }, (_, level) => `${' '.repeat(level % 100)}[a]`).join('\n')
  for (const text of [' [a]\n'.repeat(5_000), ' a::\n'.repeat(5_000), nested])
    assert.ok(rdocToMarkdown(text).length < 6 * text.length)
})

test('takes time linear in hostile text', () => {
  const started = process.cpuUsage().user
  for (const part of ['[a', '* ', ' ::', '{a}[', '<b>', '<tt>', '`', '*a', '+a', '  x\n* y\n', 'a ::\n ', '\\'])
    rdocToMarkdown(part.repeat(20_000))
  for (const blank of ['\n', '\r']) rdocToMarkdown(`  a\n${blank.repeat(100_000)}  b\n`)
  assert.ok(process.cpuUsage(undefined).user - started < 8_000_000)
})
