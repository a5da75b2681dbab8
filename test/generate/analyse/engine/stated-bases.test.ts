import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csharp } from '#generate/analyse/languages/csharp/csharp.ts'
import { go } from '#generate/analyse/languages/go/go.ts'
import { java } from '#generate/analyse/languages/java/java.ts'
import { kotlin } from '#generate/analyse/languages/kotlin/kotlin.ts'
import { ruby } from '#generate/analyse/languages/ruby/ruby.ts'
import { rust } from '#generate/analyse/languages/rust/rust.ts'
import { swift } from '#generate/analyse/languages/swift/swift.ts'
import { analyseTexts } from '../languages/analyse-texts.ts'

test('a type has the supertypes that impl blocks, extensions and includes state, in the repository or outside', async () => {
  const cases = [
    {
      specs: [rust],
      texts: {
        'Cargo.toml': '[package]\nname = "a"\n',
        'src/lib.rs':
          'mod more;\npub struct A<T>(T);\n\nimpl<T> fmt::Display for A<T> where T: Debug {}\nimpl A<u8> { fn f() {} }\nimpl<T: Send, U: ?Sized, F: Fn(u8, T) -> U, const N: usize> Run<F, N> for A<T> {}\n',
        'src/more.rs':
          'use crate::A;\nimpl From<io::Error> for A<u8> {}\nimpl From<A<u8>> for u64 {}\nimpl !Send for A<u8> {}\n#[cfg(test)]\nimpl Eq for A<u8> {}\n#[cfg(test)]\nmod tests {\n  use super::*;\n  impl Ord for A<u8> {}\n}\n',
      },
      id: 'src/lib.rs#A',
      expected: [
        'implements fmt::Display (where T: Debug) src/lib.rs 4',
        'implements Run<F, N> (where T: Send, F: Fn(u8, T) -> U) src/lib.rs 6',
        'implements From<io::Error> src/more.rs 2',
      ],
    },
    {
      specs: [rust],
      texts: {
        'Cargo.toml': '[package]\nname = "a"\n',
        'src/lib.rs': `pub struct A<T>(T);\nimpl<T> Run for A<T> where T: ${'Aaaaaaaa<u8>, T: '.repeat(40)}Send {}\n`,
      },
      id: 'src/lib.rs#A',
      expected: [`implements Run (where ${'T: Aaaaaaaa<u8>, '.repeat(23)}…) src/lib.rs 2`],
    },
    {
      specs: [swift],
      texts: {
        'a.swift':
          'struct A<T>: Codable {}\n\nextension A: Hashable, Key\nwhere T: Hashable {\n}\nextension Int: Key {}\n',
      },
      id: 'a.swift#A',
      expected: ['implements Hashable (where T: Hashable) a.swift 3', 'implements Key (where T: Hashable) a.swift 3'],
    },
    {
      specs: [swift],
      texts: {
        'a.swift':
          'struct A<T: ~Copyable> {}\n\n@available(SwiftStdlib 6.4, *)\nextension A: Box where T: ~Copyable {\n  @_always\n  func next(\n    a: Int\n  ) -> Int {\n    1\n  }\n}\n',
      },
      id: 'a.swift#A',
      expected: ['implements Box (where T: ~Copyable) a.swift 3'],
    },
    {
      specs: [ruby],
      texts: {
        'a.rb':
          'class A < Base\n  include Enumerable, Own::Part\n  prepend Q\n  include Search[:a]\n  def f; include X; end\n  extend Part::Of if RUBY_ENGINE\n  extend Part\n  extend self\nend\n',
      },
      id: 'a.rb#A',
      expected: [
        'mixes-in Enumerable a.rb 2',
        'mixes-in Own::Part a.rb 2',
        'mixes-in  a.rb 4',
        'extended-with Part a.rb 7',
      ],
    },
    {
      specs: [go],
      texts: {
        'a.go': 'package a\n\ntype B interface{}\n\ntype A interface {\n\tB\n\thttp.Handler\n\tF() io.Reader\n}\n',
      },
      id: 'a.go#A',
      expected: ['extends http.Handler a.go 7'],
    },
    { specs: [java], texts: { 'A.java': 'class A extends B implements C {}' }, id: 'A.java#A', expected: [] },
  ]
  for (const { specs, texts, id, expected } of cases) {
    const { bases = [] } = (await analyseTexts(specs, texts)).component(id)
    const lines = bases.map(
      ({ how, name, condition, file, line }) =>
        `${how} ${name}${condition === undefined ? '' : ` (${condition})`} ${file} ${line}`,
    )
    assert.deepEqual(lines, expected, id)
  }
})

test('attributes and annotations before a declaration are its decorators', async () => {
  const cases = [
    {
      specs: [rust],
      texts: { 'src/lib.rs': '#[derive(Clone,\n  Debug)]\n/// Words.\n#[must_use]\npub struct A;\n' },
      id: 'src/lib.rs#A',
      expected: ['#[derive(Clone, Debug)]', '#[must_use]'],
    },
    {
      specs: [java],
      texts: { 'A.java': '@Mojo(name = "run (a)")\n@Deprecated public class A { @Override public void f() {} }' },
      id: 'A.java#A',
      expected: ['@Mojo(name = "run (a)")', '@Deprecated'],
    },
    { specs: [csharp], texts: { 'A.cs': '[Flags]\npublic enum A { B }' }, id: 'A.cs#A', expected: ['[Flags]'] },
    {
      specs: [kotlin],
      texts: { 'A.kt': '@Serializable\ndata class A(val b: Int)' },
      id: 'A.kt#A',
      expected: ['@Serializable'],
    },
    { specs: [java], texts: { 'A.java': 'public class A {}' }, id: 'A.java#A', expected: undefined },
  ]
  for (const { specs, texts, id, expected } of cases)
    assert.deepEqual((await analyseTexts(specs, texts)).component(id).decorators, expected, id)
})
