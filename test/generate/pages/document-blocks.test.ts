import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeBlocks } from '#generate/pages/commands/document-blocks.ts'

const linesIn = (...lines: string[]): (readonly string[])[] =>
  codeBlocks(lines.join('\n')).map(({ lines: found }) => found)

test('a block ends only at a fence that is as long as its own and has no language', () => {
  const found = linesIn('````sh', 'one', '```sh', 'two', '```', '````', 'Then:', '```', 'three', '```sh', '```')
  assert.deepEqual(found, [
    ['one', '```sh', 'two', '```'],
    ['three', '```sh'],
  ])
})

test('code between three backticks in a line opens no block', () => {
  assert.deepEqual(linesIn('```make one```', 'Then:', '```sh', 'make two', '```'), [['make one'], ['make two']])
})

test('code that a sentence is about is no command, unlike code that is followed by its effect', () => {
  assert.deepEqual(linesIn('``pytest`` is used to run tests.', '', '`make test` runs all tests.'), [['make test']])
})

test('# begins a comment behind a space, but not in quotes', () => {
  const found = linesIn('```sh', `git commit -m "fix #1" # don't forget`, "echo 'a # b' '#c'", 'a#b # c', '```')
  assert.deepEqual(found, [['git commit -m "fix #1"', "echo 'a # b' '#c'", 'a#b']])
})

test('commands below a comment on a choice are left out', () => {
  const found = linesIn('```sh', '# runs it', 'make dev', '# if you want to build and start', 'make all', '```')
  assert.deepEqual(found, [['make dev']])
  const options = linesIn('```sh', '# Option 1: all', 'make all', '# Option 2: one', 'make one', '```')
  assert.deepEqual(options, [['make all']])
})

test('code of a directive begins at any indent', () => {
  const found = linesIn(
    '.. code-block:: shell',
    '',
    '   $ make test',
    '',
    'Then:',
    '',
    '  .. note::',
    '',
    '   No code.',
  )
  assert.deepEqual(found, [['make test']])
})

test('tildes that underline a title of reStructuredText open no block', () => {
  const blocks = codeBlocks(
    'Build\n~~~~~\n\n.. code-block:: sh\n\n    make one\n\nUse\n~~~\n\nText.\n\n::\n\n    make two\n',
  )
  assert.deepEqual(
    blocks.map(({ titles, lines }) => [...titles, ...lines]),
    [
      ['Build', 'make one'],
      ['Use', 'make two'],
    ],
  )
  assert.deepEqual(linesIn('Run this command:', '~~~sh', 'make', '~~~'), [['make']])
})
