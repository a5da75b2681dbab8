/** The second look at what ctags says: what is refused, and that what is right is not. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { refusalOf } from '#bench/accuracy/ctags/confirm.ts'

type Case = [title: string, language: string, kind: string, name: string, text: string, refusal: RegExp | undefined]

/** The claim is of the last line. */
const CASES: readonly Case[] = [
  ['a class', 'C#', 'class', 'A', 'public sealed class A : B', undefined],
  ['a record', 'C#', 'class', 'A', 'record struct A(int x);', undefined],
  ['a constraint', 'C#', 'class', 'notnull', 'where T : notnull', /keyword/],
  ['a method', 'C#', 'method', 'Run', 'public Task<int> Run<T>(int a)', undefined],
  ['a method of an interface', 'C#', 'method', 'IA.Run', 'void IA.Run(int a)', undefined],
  ['a constructor', 'C#', 'method', 'A', 'public A(int x) : base(x)', undefined],
  ['what is thrown', 'C#', 'method', 'Bad', 'throw new Bad(name);', /call/],
  ['a call alone on its line', 'C#', 'method', 'Check', '  Check(a);', /no type/],
  ['a property', 'C#', 'property', 'Size', 'int Size => 1;', undefined],
  ['a property with its body below', 'C#', 'property', 'Size', 'public int Size', undefined],
  ['a constraint taken for one', 'C#', 'property', 'JToken', 'static U C<T>(this T t) where T : JToken', /no type/],
  ['a word in a string', 'C#', 'property', 'Jim', 'Equal("Jim", p.Name);', /no type/],
  ['what is never compiled', 'C#', 'class', 'A', '#if false\n#if X\n#endif\nclass A', /#if false/],
  ['what is compiled otherwise', 'C#', 'class', 'A', '#if false\n#else\nclass A', undefined],
  ['what comes after', 'C#', 'class', 'A', '#if false\n#endif\nclass A', undefined],
  ['a lambda', 'Kotlin', 'method', '<lambda>', 'x.let {', /does not name/],
  ['a companion without a name', 'Kotlin', 'object', 'Companion', 'companion object {', /does not name/],
  ['a companion with one', 'Kotlin', 'object', 'Companion', 'companion object Companion {', undefined],
  [
    'a member of a companion',
    'Kotlin',
    'method',
    'f',
    'class A {\n  companion object : B {\n    fun f() = 1',
    undefined,
  ],
  ['a member of an object', 'Kotlin', 'method', 'f', 'object A {\n  fun f() = 1', undefined],
  [
    'a member of no name',
    'Kotlin',
    'method',
    'f',
    'val a = object : B(1) {\n  fun g() { "}" }\n  fun f() = 1',
    /without a name/,
  ],
  [
    'of an entry of an enum',
    'Kotlin',
    'method',
    'f',
    'enum class E {\n  ONE("{") {\n    fun f() = 1',
    /without a name/,
  ],
  ['after such an object', 'Kotlin', 'method', 'f', 'class A {\n  val a = object : B { }\n  fun f() = 1', undefined],
  ['a method of a class', 'Ruby', 'singletonMethod', 'm', 'def self.m(a)', undefined],
  ['a method of a constant', 'Ruby', 'singletonMethod', 'm', 'def Thing.m', undefined],
  ['a receiver', 'Ruby', 'method', 'obj', 'def obj.m; end', /receiver/],
  ['a method of one object', 'Ruby', 'singletonMethod', 'm', 'def obj.m; end', /one object/],
  ['a file of Rust', 'Rust', 'module', 'm', 'pub mod m;', /names a file/],
  ['a method with a sign', 'Ruby', 'method', 'a?', 'def a? = true', undefined],
  ['a function', 'Sh', 'function', 'f', 'f() {', undefined],
  ['a function by its word', 'Sh', 'function', 'f', 'function f {', undefined],
  ['a function of awk', 'Sh', 'function', 'alen', "awk '\nfunction alen(a, i) {", /another language/],
  ['a function in another', 'Sh', 'function', 'g', 'f() {\n  if x; then\n    y\n  fi\n  g() {', /in a function/],
  ['a function after another', 'Sh', 'function', 'g', 'f() {\n  x\n}\nif y; then\n  g() {', undefined],
  ['any name that is not there', 'Go', 'func', 'f', 'x()', /does not name/],
]

describe('the second look at ctags', () => {
  for (const [title, language, kind, name, text, refusal] of CASES) {
    test(`${title}: ${language} ${refusal === undefined ? 'stays' : 'is refused'}`, () => {
      const lines = text.split('\n')
      const found = refusalOf({ language, kind, name, line: lines.length }, lines)
      if (refusal === undefined) assert.equal(found, undefined)
      else assert.match(found ?? '', refusal)
    })
  }
})
