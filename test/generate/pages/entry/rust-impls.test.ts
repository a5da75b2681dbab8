import assert from 'node:assert/strict'
import { test } from 'node:test'
import { implsIn } from '#generate/pages/entry/rust-impls.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** The impls of a file, and where each begins and ends: `Show for Bar 1-2`. */
const impls = (text: string, path = 'src/a.rs') =>
  implsIn({ files: new Map([[path, { path, text }]]) } as unknown as RepoIndex, path)
const spans = (text: string) =>
  impls(text).map(({ trait, target, line, endLine }) => `${trait} for ${target} ${line}-${endLine}`)

test('an impl in a comment or a literal implements nothing', () => {
  assert.deepEqual(spans('/*\nimpl fmt::Display for Bar {\n}\n*/\n'), [])
  assert.deepEqual(spans('const X: &str = r#"\nimpl Fake for Y {\n}\n"#;\nimpl Real for Y {}\n'), ['Real for Y 5-5'])
  assert.deepEqual(spans('impl Show for Bar // why\n{\n    // }\n    fn f() { "}" }\n}\n'), ['Show for Bar 1-5'])
})

test('an impl ends at the brace that closes it', () => {
  assert.deepEqual(spans('impl<T> Marker for Bar<T>\n    where T: Clone {}\nimpl<T> Bar<T> {\n    fn stop() {}\n}\n'), [
    'Marker for Bar<T> 1-2',
  ])
  assert.deepEqual(spans('impl<T> Marker for Bar<T>\nwhere\n    T: Clone,\n{}\nstruct X {\n}\n'), [
    'Marker for Bar<T> 1-4',
  ])
  assert.deepEqual(spans('impl Show for A { fn f() {} } // note\nstruct X {\n}\n'), ['Show for A 1-1'])
  assert.deepEqual(spans('  impl Show for A {\n      fn f() {}\n    }\n'), ['Show for A 1-3'])
})

test('all forms of impl are read, with arrays, constants and paths as their types', () => {
  const text = `default impl Show for A {}
impl const Show for B {}
unsafe impl Send for C {}
impl<T> Show for [T; 4]
where
    T: Clone,
{}
impl Show for Grid<{ 1 + 2 }> {}
impl !Send for D {}
`
  assert.deepEqual(
    impls(text).map(({ trait, target, bounds }) => [trait, target, bounds]),
    [
      ['Show', 'A', ''],
      ['Show', 'B', ''],
      ['Send', 'C', ''],
      ['Show', '[T; 4]', 'T: Clone'],
      ['Show', 'Grid<{ 1 + 2 }>', ''],
    ],
  )
  const typeIn = (path: string, target: string) => impls(`impl fmt::Debug for ${target} {}\n`, path)[0]?.type
  assert.equal(typeIn('src/lib.rs', 'crate::Bar'), 'Bar')
  assert.equal(typeIn('src/a.rs', 'crate::Bar'), undefined, 'the Bar of another file')
  assert.equal(typeIn('src/a.rs', 'self::Bar<T>'), 'Bar')
  assert.equal(typeIn('src/a.rs', "&'a mut Bar"), 'Bar')
})

test('the nearest condition counts, across attributes and comments', () => {
  const text = `#[cfg(unix)]
/* on
   systems */
#[doc(hidden)]
// such as these
impl Show for A {}
#[cfg(windows)]

impl Show for B {}
#[cfg(test)]
impl Show for C {}
`
  assert.deepEqual(
    impls(text).map(({ target, condition }) => [target, condition]),
    [
      ['A', 'unix'],
      ['B', ''],
    ],
  )
})

test('many impls that are not closed take little time', () => {
  const start = process.cpuUsage()
  assert.equal(impls('impl A for B {\n'.repeat(20_000)).length, 20_000)
  assert.ok(process.cpuUsage(start).user < 1_500_000)
})
