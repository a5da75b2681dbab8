/** The oracle of Rust without rust-analyzer: an index is written here byte by byte, and its answers by hand. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { itemsOf } from '#bench/accuracy/rust/items.ts'
import { tokensOf } from '#bench/accuracy/rust/lex.ts'
import { type Document, readIndex } from '#bench/accuracy/rust/scip.ts'
import { usesIn } from '#bench/accuracy/rust/uses.ts'

const words = (text: string): string[] =>
  tokensOf(text)
    .filter((token) => token.isWord)
    .map((token) => token.text)

describe('the words of a file', () => {
  const cases: [title: string, text: string, expected: string[]][] = [
    ['comments nest', 'a /* b /* c */ d */ e // f\ng', ['a', 'e', 'g']],
    ['strings may be raw, and hold quotes', String.raw`a "b \" c" r#"d " e"# br"f" g`, ['a', 'g']],
    ['characters and lifetimes are told apart', String.raw`a<'b, 'c> 'd' '\'' '\u{1F}' e`, ['a', 'e']],
    ['a raw word is the word', 'r#type x1 2y', ['type', 'x1']],
    ['what never ends ends with the file', 'a "b c', ['a']],
  ]
  for (const [title, text, expected] of cases) test(title, () => assert.deepEqual(words(text), expected))
})

test('items reach from their attributes to their ends, and know what they are in', () => {
  const text = `#[derive(A)] struct S<T> { a: fn(T) -> u8 }
impl<T: B> m::Tr<T> for &'static mut n::S<T> where T: C {
  const K: [u8; 2] = { [1; 2] };
  fn f(&self) -> impl D { fn inner() {} }
}
mod far;
macro_rules! mac { () => { struct In; } }
`
  const shown = itemsOf(tokensOf(text), text.length).map(
    ({ keyword, name, target, trait, around, isLocal, start, end }) =>
      [
        keyword,
        name?.text ?? `${trait?.text} for ${target?.text}`,
        around?.keyword ?? '',
        isLocal,
        text.slice(start, end).length,
      ].join(' '),
  )
  const lengthOf = (from: string, to: string): number =>
    text.indexOf(to, text.indexOf(from)) + to.length - text.indexOf(from)
  assert.deepEqual(shown, [
    `struct S  false ${lengthOf('#[', 'u8 }')}`,
    `impl Tr for S  false ${lengthOf('impl<', '}\n}')}`,
    `const K impl false ${lengthOf('const K', '};')}`,
    `fn f impl false ${lengthOf('fn f', '{} }')}`,
    `fn inner fn true ${lengthOf('fn inner', '{}')}`,
    `mod far  false ${lengthOf('mod far', ';')}`,
    `macro_rules mac  false ${lengthOf('macro_rules', '} }')}`,
    `struct In macro_rules true ${lengthOf('struct In', ';')}`,
  ])
})

/** The bytes of a protobuf field. */
function field(number: number, value: number | Buffer | string): Buffer {
  if (typeof value === 'number') return Buffer.concat([varint(number << 3), varint(value)])
  const bytes = Buffer.from(value)
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Buffer.from([...bytes, rest])
}

describe('an index', () => {
  test('gives symbols and their places, and leaves what it does not know', () => {
    const range = Buffer.concat([varint(300), varint(7), varint(9)])
    const occurrence = Buffer.concat([field(1, range), field(2, 'x f().'), field(3, 9), field(7, 'not read')])
    const document = Buffer.concat([field(4, 'rust'), field(1, 'a.rs'), field(2, occurrence), field(3, 'not read')])
    const bytes = Buffer.concat([field(1, 'metadata'), field(2, document), field(2, field(1, 'b.rs'))])
    assert.deepEqual(readIndex(bytes), [
      { path: 'a.rs', occurrences: [{ line: 300, column: 7, symbol: 'x f().', isDefinition: true }] },
      { path: 'b.rs', occurrences: [] },
    ])
  })

  test('is refused when it is cut off or something else', () => {
    assert.throws(() => readIndex(Buffer.from([0x12, 0xff])), /ends within a number/)
    assert.throws(() => readIndex(Buffer.from([0x0d, 1, 2, 3, 4])), /wire type 5/)
  })
})

test('uses start at the item around them; several meanings and paths are allowed only; the rest is unknown', () => {
  const texts: Record<string, string> = {
    '/r/a.rs': 'mod b;\nuse b::g;\nstruct S { x: L }\nimpl S { fn f(&self) { g(); L::n(); two(); gone(); } }\n',
    '/r/b.rs':
      'pub fn g() {}\npub struct L;\nimpl L { pub fn n() {} }\npub fn two() {}\n#[cfg(windows)] pub fn g() {}\n',
    '/r/c.rs': 'pub fn two() {}\n',
  }
  const symbols: Record<string, [word: string, symbol: string, isDefinition: boolean][]> = {
    '/r/a.rs': [
      ['mod b', 'b/', false],
      ['use b', 'b/', false],
      ['::g', 'b/g().', false],
      ['struct S', 'S#', true],
      [' x', 'S#x.', true],
      [' L ', 'b/L#', false],
      ['impl S', 'S#', false],
      ['fn f', 'S#f().', true],
      [' g()', 'b/g().', false],
      [' L::', 'b/L#', false],
      ['::n', 'b/L#n().', false],
      [' two', 'two().', false],
    ],
    '/r/b.rs': [
      ['fn g', 'b/g().', true],
      ['struct L', 'b/L#', true],
      ['impl L', 'b/L#', false],
      ['fn n', 'b/L#n().', true],
      ['fn two', 'two().', true],
    ],
    '/r/c.rs': [['fn two', 'two().', true]],
  }
  const documents = Object.entries(texts).map(([path, text]): Document => {
    const occurrences = (symbols[path] ?? []).map(([word, symbol, isDefinition]) => {
      const within = text.indexOf(word)
      const at = within + (/\w+\W*$/.exec(word)?.index ?? 0)
      const before = text.slice(0, at).split('\n')
      return { line: before.length - 1, column: before.at(-1)?.length ?? 0, symbol, isDefinition }
    })
    return { path, occurrences }
  })
  const roots = { roots: new Set(['/r/a.rs']), crates: new Map<string, string>() }
  const lines = usesIn(documents, roots, (path) => texts[path] ?? '').map((line) => line.replaceAll('\t', ' '))
  const about = (what: string): string[] => lines.filter((line) => line.startsWith(`${what} `)).sort()

  assert.deepEqual(about('define'), [
    'define /r/a.rs 3 S',
    'define /r/a.rs 4 S.f',
    'define /r/b.rs 1 g',
    'define /r/b.rs 2 L',
    'define /r/b.rs 3 L.n',
    'define /r/b.rs 4 two',
    'define /r/c.rs 1 two',
  ])
  assert.deepEqual(
    [...new Set(about('use'))].filter(
      (line) => line.startsWith('use /r/a.rs') && / \/r\/[bc]\.rs /.test(line.slice('use /r/a.rs'.length)),
    ),
    [
      'use /r/a.rs  /r/b.rs g 1 allowed references',
      'use /r/a.rs  /r/b.rs g 5 allowed references',
      'use /r/a.rs S.f /r/b.rs L 2 allowed references',
      'use /r/a.rs S.f /r/b.rs L.n 3 required references',
      'use /r/a.rs S.f /r/b.rs g 1 required references',
      'use /r/a.rs S.f /r/b.rs g 5 allowed references',
      'use /r/a.rs S.f /r/b.rs two 4 allowed references',
      'use /r/a.rs S.f /r/c.rs two 1 allowed references',
      'use /r/a.rs S.x /r/b.rs L 2 required references',
    ],
  )
  assert.ok(about('import').includes('import /r/a.rs /r/b.rs required'), 'by `mod b;` and by `use b::g`')
  assert.ok(!about('import').includes('import /r/a.rs /r/c.rs required'))
  assert.ok(about('unknown').includes('unknown /r/a.rs S.f gone'))
  assert.ok(!about('unknown').some((line) => line.endsWith(' g') && line.includes('/r/a.rs')))
})
