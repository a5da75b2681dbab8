import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csharp } from '#generate/analyse/languages/csharp/csharp.ts'
import { analyseTexts } from './analyse-texts.ts'

test('a call that names types means a function that takes so many, one that names none what its arguments tell', async () => {
  const { from } = await analyseTexts([csharp], {
    'C.cs': `static class C {
  public static object Parse(string s) { return null; }
  public static T Parse<T>(string s) { return default(T); }
  public static void Same(object a, object b) { }
  public static void Same<T>(T a, T b) { }
}
class Base { public void Many<T>() { } }
class Derived : Base { public void Many() { } }`,
    'U.cs': `class U {
  void Typed() { C.Parse<U>("x").Typed(); }
  void Inherited(Derived d) { d.Many<U>(); }
  void Plain() { C.Parse("x"); }
  void Equal(string s) { C.Same("x", s); }
  void Different(string s) { C.Same(1, s); }
}`,
  })
  const called = (name: string): readonly string[] =>
    from(`U.cs#U.${name}`).flatMap((edge) => /-calls-> C\.cs#(\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(called('Inherited'), ['Base.Many'])
  assert.deepEqual(called('Typed'), ['C.Parse~2'])
  assert.deepEqual(called('Plain'), ['C.Parse'])
  assert.deepEqual(called('Equal'), ['C.Same~2'])
  assert.deepEqual(called('Different'), ['C.Same'])
})
