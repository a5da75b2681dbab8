import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Crates } from '#generate/analyse/languages/rust/crates.ts'
import type { SourceFile } from '#generate/model.ts'

/** @param texts - By path. */
function cratesOf(texts: Readonly<Record<string, string>>): Crates {
  const all = { 'Cargo.toml': '[package]\nname = "x"\nedition = "2021"\n', ...texts }
  const files = Object.entries(all).map(([path, text]) => [path, { path, text } as SourceFile] as const)
  return new Crates({ paths: new Set(Object.keys(all)), files: new Map(files) })
}

test('modules are found behind attributes, on one line with others, and in modules in braces', () => {
  const crates = cratesOf({
    'src/lib.rs': `#[macro_use] mod macros; mod a; pub(crate) mod b;
#[cfg(any(
    unix,
))]
#[path = "unix.rs"]
// The system.
mod sys;
cfg_if! { if #[cfg(unix)] { mod imp; } }
pub mod outer { pub mod inner; #[path = "named.rs"] mod other; }
`,
    ...Object.fromEntries(
      ['macros', 'a', 'b', 'unix', 'imp', 'outer/inner', 'outer/named'].map((name) => [`src/${name}.rs`, '']),
    ),
  })
  for (const [file, module] of [
    ['macros', 'macros'],
    ['a', 'a'],
    ['b', 'b'],
    ['unix', 'sys'],
    ['imp', 'imp'],
    ['outer/inner', 'outer.inner'],
    ['outer/named', 'outer.other'],
  ])
    assert.equal(crates.moduleOf(`src/${file}.rs`), `src/lib.${module}`)
})

test('targets without a path and the build script have modules', () => {
  const crates = cratesOf({
    'Cargo.toml':
      '[package]\nname = "x"\nbuild = "make.rs"\nautobins = false\nautotests = false\n[[bin]]\nname = "tool"\n[[test]]\nname = "all"\n',
    'make.rs': 'mod steps;\n',
    'steps.rs': '',
    'src/bin/tool/main.rs': 'mod flags;\n',
    'src/bin/tool/flags.rs': '',
    'tests/all.rs': 'mod support;\n',
    'tests/support.rs': '',
  })
  assert.equal(crates.moduleOf('steps.rs'), 'make.steps')
  assert.equal(crates.moduleOf('src/bin/tool/flags.rs'), 'src/bin/tool/main.flags')
  assert.equal(crates.moduleOf('tests/support.rs'), 'tests/all.support')
})

test('modules deep inside others are read in time', () => {
  const text = `mod a;\n${'mod b {'.repeat(30_000)}${'mod c;'.repeat(30_000)}${'}'.repeat(30_000)}\nmod d;\n`
  const startedAt = performance.now()
  const crates = cratesOf({ 'src/lib.rs': text, 'src/a.rs': '', 'src/d.rs': '' })
  assert.deepEqual([crates.moduleOf('src/a.rs'), crates.moduleOf('src/d.rs')], ['src/lib.a', 'src/lib.d'])
  assert.ok(performance.now() - startedAt < 5_000)
})

test('modules in comments and strings are none', () => {
  const text = '/*\nmod a;\n*/\nconst T: &str = r#"\nmod a;\ninclude!("b.rs");\n"#;\n// mod a;\n'
  const crates = cratesOf({ 'src/lib.rs': text, 'src/a.rs': '', 'src/b.rs': '' })
  assert.equal(crates.moduleOf('src/a.rs'), 'src/a')
  assert.deepEqual([...crates.includesOf('src/lib.rs')], [])
})
