/**
 * Short recipes for Markdown that parsers with a square in their time choke on: the classes that the CommonMark project keeps for its own
 * parsers, and long runs of backticks.
 */

const times = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('')

/** @param n - How often each repeats; the CommonMark project uses 50,000. */
export const pathologicalMarkdown = (n: number): Record<string, string> => ({
  'nested strong emphasis': `${'*a **a '.repeat(n)}b${' a** a*'.repeat(n)}`,
  'closers of emphasis without openers': 'a_ '.repeat(n),
  'openers of emphasis without closers': '_a '.repeat(n),
  'closers of links without openers': 'a]'.repeat(n),
  'openers of links without closers': '[a'.repeat(n),
  'mismatched openers and closers': '*a_ '.repeat(n),
  'closers that are multiples of 3': `a**b${'c* '.repeat(n)}`,
  'openers of links, closers of emphasis': '[ a_'.repeat(n),
  'a link in emphasis': '**x [a*b**c*](d)',
  'nested brackets': `${'['.repeat(n)}a${']'.repeat(n)}`,
  'nested quotes': `${'> '.repeat(n)}a`,
  'nested lists': times(Math.min(n, 1_000), (at) => `${'  '.repeat(at)}* a\n`),
  'NUL in text': 'abc\0de\0',
  'runs of backticks of every length': times(Math.min(n, 5_000), (at) => `e${'`'.repeat(at + 1)}`),
  'unclosed links in pointy brackets': '[a](<b'.repeat(n),
  'unclosed links': '[a](b'.repeat(n),
  'unclosed comments': '</x><!-- '.repeat(n),
  'unclosed declarations': '<!A '.repeat(n),
  'unclosed instructions': '<? '.repeat(n),
  'unclosed CDATA': '<![CDATA['.repeat(n),
  'empty links in links': '[]('.repeat(n),
  'tables of many columns': `${'|a'.repeat(n)}|\n${'|-'.repeat(n)}|\n${'|a'.repeat(n)}|\n`,
  'tables of few cells': `${'|'.repeat(Math.min(n, 2_000))}\n${'|-'.repeat(Math.min(n, 2_000))}|\n${'|x|\n'.repeat(Math.min(n, 2_000))}`,
  'many definitions': `${times(n, (at) => `[${at}]: u\n`)}${'[0] '.repeat(n)}`,
  'many footnotes': `${times(n, (at) => `[^${at}]`)}\n\n${times(n, (at) => `[^${at}]: x\n`)}`,
  'many addresses': 'www.a@b.c '.repeat(n),
  '2 MB of backticks': '`'.repeat(2_000_000),
  '2 MB of backticks, one by one': '` '.repeat(1_000_000),
})
