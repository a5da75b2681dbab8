import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readShell } from '#generate/formats/shell-words.ts'

/** The commands, each as its words joined by spaces. */
const commands = (text: string): string[] =>
  readShell(text).flatMap((part) => (part.kind === 'command' ? [part.words.map((word) => word.text).join(' ')] : []))

const isLiteral = (text: string): boolean[] =>
  readShell(text).flatMap((part) => (part.kind === 'command' ? part.words.map((word) => word.isLiteral) : []))

test('white space other than blanks and line breaks is part of a word', () => {
  for (const space of ['\u00a0', '\u3000', '\u2003', '\u2028', '\ufeff', '\f', '\v'])
    assert.deepEqual(commands(`npm${space}test\n${space}\nls`), [`npm${space}test`, space, 'ls'])
})

test('reading any text ends, with no more characters in its words than in the text', () => {
  const pieces = ' \t\r\n\f\v\u00a0\u3000\ufeff\\\'"`$(){}<>;&|#~-a2'.split('')
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...pieces)).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(text, (text) => {
      const length = readShell(text)
        .flatMap((part) => (part.kind === 'command' ? part.words : []))
        .reduce((sum, word) => sum + word.text.length, 0)
      assert.ok(length <= text.length)
    }),
    { numRuns: 300 },
  )
})

test('nested quotes and expansions of any depth are read', () => {
  assert.deepEqual(commands(`${'"$('.repeat(30_000)}\nls`).length, 1)
})

const CASES: [title: string, text: string, expected: string[]][] = [
  ['a comment is not continued', '# note \\\nnpm test', ['npm test']],
  ['an escaped backslash does not continue a line', 'echo a\\\\\nnpm test', ['echo a\\', 'npm test']],
  ['a continued word has no space', 'node --require=\\\n./x.js', ['node --require=./x.js']],
  ['a continued command', 'npm test \\\r\n  --all', ['npm test --all']],
  ['a continued line in quotes', 'echo "a\\\nb"', ['echo ab']],
  ['an apostrophe in quotes in an expansion', 'A=$(echo "it\'s")\nnpm test', ['A=$', 'npm test']],
  ['a parenthesis in quotes in an expansion', 'A=$(echo ")")\nnpm test', ['A=$', 'npm test']],
  ['an apostrophe in a comment in an expansion', "A=$(ls # it's\n)\nnpm test", ['A=$', 'npm test']],
  ['a shift in an arithmetic command', '((y = x << 2))\nnpm test', ['npm test']],
  ['subshells in a subshell', '((npm test) && npm run b)', ['npm test', 'npm run b']],
  ['an escaped quote', "echo $'it\\'s' x\nnpm test", ["echo it's x", 'npm test']],
  ['a here-document', "cat <<'EOF' > x\nls\nEOF\nnpm test", ['cat', 'npm test']],
]

for (const [title, text, expected] of CASES) test(title, () => assert.deepEqual(commands(text), expected))

test('words with braces that may be expanded are unknown', () => {
  assert.deepEqual(isLiteral('{a,b}.txt'), [false])
  assert.deepEqual(isLiteral('{ ls; }'), [true, true, true])
  assert.deepEqual(isLiteral('find {}'), [true, true])
})
