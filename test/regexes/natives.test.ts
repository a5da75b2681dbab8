/** Natives that take squares of their text get bounded text. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { MAX_NEEDLE } from '#base/find-text.ts'
import { readCommands } from '#generate/analyse/artifacts/cmake-commands.ts'
import { prepare } from '#generate/analyse/languages/rust/macros.ts'
import { RUST } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { guidesOf } from '../generate/guides/guides-of.ts'
import { BOUNDED_SEARCHES, nativeCalls } from './natives.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is code
test('calls are found however they are written, and those of paths are not meant', () => {
  for (const code of [
    "a.normalize('NFC')",
    'a?.normalize()',
    "a['normalize']()",
    'String.prototype.normalize.call(a)',
    'a.includes(`x${b}`)',
    'a.split(`${b}`, 1)',
  ])
    assert.equal(nativeCalls('src/a.ts', code).length, 1, code)
  for (const code of [
    'path.normalize(a)',
    'path.posix.normalize(a)',
    'normalize(a)',
    'a.includes(`x`)',
    'a.push(`${b}`)',
  ])
    assert.deepEqual(nativeCalls('src/a.ts', code), [], code)
})
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is code

test('every call of such a native is bounded', () => {
  const paths = ['src', 'queue', 'templates'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map(
      (name) => `${folder}/${String(name).split(sep).join('/')}`,
    ),
  )
  const sources = paths.filter((path) => /\.[cm]?[jt]sx?$/.test(path))
  assert.ok(sources.length > 500)
  const calls = sources.flatMap((path) => nativeCalls(path, readFileSync(join(root, path), 'utf8')))
  const unused = new Set(BOUNDED_SEARCHES)
  const others = calls.filter((call) => {
    const entry = BOUNDED_SEARCHES.find(([path, template]) => path === call.path && template === call.what)
    if (entry !== undefined) unused.delete(entry)
    return entry === undefined
  })
  assert.deepEqual(
    others.map(({ text }) => text),
    [],
    'use src/base/unicode-forms.ts or src/base/find-text.ts',
  )
  assert.deepEqual([...unused], [])
})

/** The most characters that a native search was for, meanwhile. */
function longestNeedle(t: TestContext): () => number {
  let longest = 0
  for (const name of ['includes', 'indexOf', 'lastIndexOf'] as const) {
    const native = String.prototype[name]
    t.mock.method(String.prototype, name, function (this: string, needle: unknown, ...rest: []) {
      if (typeof needle === 'string') longest = Math.max(longest, needle.length)
      return Reflect.apply(native, this, [needle, ...rest])
    })
  }
  return () => longest
}

const LONG = 'a'.repeat(20_000)
const HASHES = '#'.repeat(20_000)

for (const [name, work] of [
  ['raw strings of Rust', () => prepare(`let a = r${HASHES}"x"${HASHES};\nprintln!("{}", b);`)],
  ['raw strings in macros of Rust', () => prepare(`quote! { r${HASHES}"x"${HASHES} }`)],
  ['raw strings where code is masked', () => MaskedCode.of(`let a = r${HASHES}"x"${HASHES};`, RUST)],
  ['bracket arguments of CMake', () => readCommands(`set(a [${'='.repeat(20_000)}[ x ]${'='.repeat(20_000)}])`)],
  [
    'options of included files',
    () =>
      guidesOf({
        'docs/index.rst': ['start-after', 'start-at', 'end-before', 'pyobject']
          .map((option) => `.. literalinclude:: big.py\n   :${option}: ${LONG}\n`)
          .join('\n'),
        'docs/other.md': `# Other\n\n{{#include big.py:${LONG}}}\n`,
        'docs/big.py': 'def a():\n    pass\n',
      }),
  ],
] as const)
  test(`no text of unbounded length is searched for: ${name}`, async (t) => {
    const longest = longestNeedle(t)
    await work()
    t.mock.restoreAll()
    assert.ok(longest() <= MAX_NEEDLE, `${longest()}`)
  })

test('raw strings of up to 255 hashes are read', () => {
  const text = `let a = r${'#'.repeat(255)}" // no comment "${'#'.repeat(255)};\nprintln!("{}", b);`
  assert.match(prepare(text).text, /println \("\{\}", b\)/)
})
