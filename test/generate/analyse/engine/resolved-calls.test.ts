/** Which calls count as resolved: those whose target is known, or known to be outside of the program. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import { csharp } from '#generate/analyse/languages/csharp/csharp.ts'
import { kotlin } from '#generate/analyse/languages/kotlin/kotlin.ts'
import { ruby } from '#generate/analyse/languages/ruby/ruby.ts'
import { analyseTexts } from '../languages/analyse-texts.ts'

async function countsOf(spec: LanguageSpec, texts: Readonly<Record<string, string>>): Promise<number[]> {
  const { analysis } = await analyseTexts([spec], texts)
  const [report] = analysis.reports
  return [report?.callsResolved ?? 0, report?.callsUnresolved ?? 0]
}

test('a call of a member whose name is not in the program leads outside, whatever its receiver', async () => {
  const texts = {
    'A.cs':
      'class A { public E N; void F(A a) { a.N.Should().Be(1); Run(x => { x.Own(); x.Other(); }); } }\nenum E { X }\n',
    'B.cs': 'class B { public void Own() { } }\nclass C { public void Own() { } }\n',
  }
  // Only `Own` may mean a method of the program.
  assert.deepEqual(await countsOf(csharp, texts), [4, 1])
})

test('an operator may call a function of another name', async () => {
  const text = 'class N { operator fun plus(n: N) = n }\nfun f() = g { it + N() }\n'
  const [, unresolved] = await countsOf(kotlin, { 'a.kt': text })
  assert.equal(unresolved, 1)
})

test('a Ruby method may be defined at run time', async () => {
  const [, unresolved] = await countsOf(ruby, { 'a.rb': 'def f(x)\n  x.made\nend\n' })
  assert.equal(unresolved, 1)
})

test('a file cannot call an extension from a namespace that it does not import', async () => {
  const texts = {
    'Own/A.cs': 'namespace Own { static class X { public static int Should(this Thing t) => 1; } class Thing { } }\n',
    'B.cs': 'class B { void F() { Run(x => { x.Should(); }); } }\n',
    'C.cs': 'using Own;\nclass C { void F() { Run(x => { x.Should(); }); } }\n',
  }
  // `Run` twice, and the call in B.cs.
  assert.deepEqual(await countsOf(csharp, texts), [3, 1])
})
