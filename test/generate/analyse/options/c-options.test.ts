import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findCOptions } from '#generate/analyse/options/c-options.ts'
import { mayDefineOptions } from '#generate/analyse/options/file-options.ts'
import { Lines } from '#generate/formats/lines.ts'

/** `-a, --all N: text (3)` */
function told(text: string): string[] {
  const { commands = [], options = [], open = [] } = findCOptions(text, (offset) => new Lines(text).at(offset)) ?? {}
  return [
    ...commands.map(({ name }) => `${name}${open.length > 0 ? ' …' : ''}`),
    ...options.map(
      ({ names, value, text, line }) =>
        `${names.join(', ')}${value === '' ? '' : ` ${value}`}${text === '' ? '' : `: ${text}`} (${line})`,
    ),
  ]
}

const USAGE = `void usage(void) {
  printf("usage: orbit [options]\\n"
         "  -b, --burns=N   plan at most N burns [default=%d]\\n"
         "    and no more than that\\n"
         "  -q              say \\"nothing\\"\\n");
}
`
const TABLE =
  'static struct option longs[] = {\n{"burns", required_argument, 0, \'b\'},\n{"mode", optional_argument, NULL, MODE},\n{0, 0, 0, 0}\n};\n'

test('a table and the letters of getopt_long, with the words of the usage text', () => {
  assert.deepEqual(told(`${USAGE}${TABLE}int main() { getopt_long(argc, argv, "qb:", longs, NULL); }\n`), [
    'orbit',
    '-b, --burns N: plan at most N burns and no more than that (3)',
    '-q: say "nothing" (5)',
    '--mode [ARG] (9)',
  ])
})

test('of several calls, the one that the usage text of a program lists; none without such a text', () => {
  const two = 'int tool() { getopt(argc, argv, "xyz"); }\nint main() { getopt(argc, argv, "b:q"); }\n'
  assert.deepEqual(told(USAGE + two).slice(0, 3), [
    'orbit',
    '-b N: plan at most N burns and no more than that (3)',
    '-q: say "nothing" (5)',
  ])
  assert.deepEqual(told(two), [])
})

test('a table that a macro extends is not complete', () => {
  const table = TABLE.replace('{0, 0', 'PLATFORM_OPTIONS\n{0, 0')
  assert.equal(told(`${table}int main() { getopt_long(argc, argv, "b:", longs, NULL); }\n`)[0], ' …')
})

test('an argument of another program is no line of the usage text; a line without columns is one', () => {
  const run = 'void run(void) { spawn(shell,\n"-c", 0); }\n'
  const usage =
    'void usage(void) { puts(\n" -c      keep cool\\n"\n" -p file selection file\\n"\n" -q say nothing\\n"); }\n'
  assert.deepEqual(told(`${run}${usage}int main() { getopt(argc, argv, "cp:q"); }\n`), [
    '',
    '-c: keep cool (4)',
    '-p ARG: selection file (5)',
    '-q: say nothing (6)',
  ])
})

test('a program that compares its arguments itself has the options of the usage text beside its main function', () => {
  const rows = ['  -a, --all             plan all;', '  -d, --dir name value  set both;', '      --seq  one by one;']
  const usage = (texts: readonly string[]): string =>
    `void usage(void) {\n  fprintf(f,\n"\\nUsage:\\torbit [options]\\n"\n${texts.map((text) => `"${text}\\n"\n`).join('')}); }\n`
  const main = 'int main(int argc, char *argv[]) { return is(argv[1], "--all"); }\n'
  const all = [...rows, '  -q                    say nothing;']
  assert.deepEqual(told(`${usage(all)}${main}`), [
    'orbit',
    '-a, --all: plan all (4)',
    '-d, --dir name value: set both (5)',
    '--seq: one by one (6)',
    '-q: say nothing (7)',
  ])
  assert.ok(mayDefineOptions(usage(all), 'c'))
  assert.deepEqual(told(usage(all)), [])
  assert.deepEqual(told(`${usage(rows)}${main}`), [])
})
