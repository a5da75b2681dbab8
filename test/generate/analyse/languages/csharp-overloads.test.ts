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

test('arrays, strings and collections are passed as the spans and read-only interfaces that they convert to', async () => {
  const { from } = await analyseTexts([csharp], {
    'W.cs': `class W {
  public void Spans(ReadOnlySpan<byte> all) { }
  public void Spans(int one) { }
  public void Text(int one) { }
  public void Text(ReadOnlySpan<char> all) { }
  public void Count(string one) { }
  public void Count(IReadOnlyCollection<string> all) { }
  public void Look(string one) { }
  public void Look(IReadOnlyDictionary<string, int> all) { }
  public void Small(string one) { }
  public void Small(sbyte one) { }
}`,
    'U.cs': `class U {
  void OfArray(W w, byte[] all) { w.Spans(all); }
  void OfString(W w, string text) { w.Text(text); }
  void OfNames(W w, string[] names) { w.Count(names); }
  void OfTable(W w, Dictionary<string, int> table) { w.Look(table); }
  void OfNumber(W w) { w.Small(1); }
}`,
  })
  const called = (name: string): readonly string[] =>
    from(`U.cs#U.${name}`).flatMap((edge) => /-calls-> W\.cs#(\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(called('OfArray'), ['W.Spans'])
  assert.deepEqual(called('OfString'), ['W.Text~2'])
  assert.deepEqual(called('OfNames'), ['W.Count~2'])
  assert.deepEqual(called('OfTable'), ['W.Look~2'])
  assert.deepEqual(called('OfNumber'), ['W.Small~2'])
})

test('what may be null is another type than what it is then', async () => {
  const { from } = await analyseTexts([csharp], {
    'W.cs': `class W {
  public virtual void Write(string s) { }
  public virtual void Write(byte b) { }
  public virtual void Write(byte? b) { }
  public virtual void Write(long l) { }
  public void All(string[] all) { }
  public void All(byte[] all) { }
  public void Go() { }
}
struct S { public void Run() { } }`,
    'U.cs': `class U {
  void Nullable(W w, byte? b) { w.Write(b); }
  void Inside(W w, byte? b) { w.Write(b.GetValueOrDefault()); }
  void Plain(W w, byte b) { w.Write(b); }
  void Long(W w) { w.Write(1L); }
  void OfClass(W? w) { w.Go(); }
  void OfStruct(S? s) { s?.Run(); }
  void ByValue(S? s) { s.Value.Run(); }
  void Array(W w, byte[] all) { w.All(all); }
}`,
  })
  const called = (name: string): readonly string[] =>
    from(`U.cs#U.${name}`).flatMap((edge) => /-calls-> W\.cs#(\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(called('Nullable'), ['W.Write~3'])
  assert.deepEqual(called('Inside'), ['W.Write~2'])
  assert.deepEqual(called('Plain'), ['W.Write~2'])
  assert.deepEqual(called('Long'), ['W.Write~4'])
  assert.deepEqual(called('OfClass'), ['W.Go'])
  assert.deepEqual(called('OfStruct'), ['S.Run'])
  assert.deepEqual(called('ByValue'), ['S.Run'])
  assert.deepEqual(called('Array'), ['W.All~2'])
})

test('a method that a type of .NET has itself is no extension', async () => {
  const { from } = await analyseTexts([csharp], {
    'E.cs': `using System; using System.Collections.Generic;
static class E {
  public static void GetMethod(this Type type, string name) { }
  public static bool IsFine(this Type type) { return true; }
  public static T First<T>(this IEnumerable<T> all) { return default(T); }
  public static void AddRange<T>(this IList<T> all, IEnumerable<T> more) { }
  public static bool Contains<T>(this List<T> all, T one, object by) { return true; }
  public static T Find<T>(this IEnumerable<T> all, Predicate<T> fits) { return default(T); }
  public static void Add<T>(this List<Rule> all, Func<T, T> change) { }
  public static void Remove<K, V>(this IDictionary<K, V> all, K key, out V value) { }
}
class Rule { }`,
    'U.cs': `using System; using System.Linq; using System.Collections.Generic;
class U { void F(Type type, List<int> all) { type.GetMethod("x"); type.IsFine(); all.First(); all.Contains(1, null); all.AddRange(all); all.Find(x => true); } }`,
    'V.cs': `using System.Collections.Generic;
class V { void F(List<int> all, IList<int> some) { all.First(); some.AddRange(all); } }`,
    'W.cs': `using System.Collections.Generic;
class W { void F(List<string> all, Dictionary<int, int> map) { all.Add("x"); map.Remove(1, out var old); }
  void G(Dictionary<int, int> map) { map.Remove(1); } }`,
  })
  assert.deepEqual(from('U.cs#U.F'), [
    'U.cs#U.F -calls-> E.cs#E.Contains (receiver-type)',
    'U.cs#U.F -calls-> E.cs#E.IsFine (receiver-type)',
  ])
  assert.deepEqual(from('V.cs#V.F'), [
    'V.cs#V.F -calls-> E.cs#E.AddRange (receiver-type)',
    'V.cs#V.F -calls-> E.cs#E.First (receiver-type)',
  ])
  assert.deepEqual(from('W.cs#W.F'), ['W.cs#W.F -calls-> E.cs#E.Remove (receiver-type)'])
  assert.deepEqual(from('W.cs#W.G'), [])
})

test('a method takes the place of the one of an interface that takes the same', async () => {
  const { edges } = await analyseTexts([csharp], {
    'A.cs': `interface ILog { void Write(string text); void Write(string text, params object[] values); void Put(int at); }
class Log : ILog {
  public void Write(string text) {}
  public void Write(string text, params object[] values) {}
  public void Put(int at) {}
  public void Put(string at) {}
}`,
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-overrides->')),
    [
      'A.cs#Log.Put -overrides-> A.cs#ILog.Put (inheritance)',
      'A.cs#Log.Write -overrides-> A.cs#ILog.Write (inheritance)',
      'A.cs#Log.Write~2 -overrides-> A.cs#ILog.Write~2 (inheritance)',
    ],
  )
})

test('a method takes the place of none that takes other types', async () => {
  const { edges } = await analyseTexts([csharp], {
    'A.cs': `interface IBase<T> { void Map(string name); void Use<U>(U one, string name); void Put(T one); }
interface IFull<T> : IBase<T> { void Map(System.Linq.Expression<T> member); void Use(Type one, string name); }
class Full : IFull<int> {
  public void Map(Expression<int> member) {}
  public void Use(Type one, string name) {}
  public void Put(int one) {}
}`,
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-overrides->')),
    [
      'A.cs#Full.Map -overrides-> A.cs#IFull.Map (inheritance)',
      'A.cs#Full.Put -overrides-> A.cs#IBase.Put (inheritance)',
      'A.cs#Full.Use -overrides-> A.cs#IFull.Use (inheritance)',
    ],
  )
})

test('of extension methods that one is meant whose parameters behind the receiver fit, however it is called', async () => {
  const { from } = await analyseTexts([csharp], {
    'E.cs': `using System.Collections.Generic;
public class Guard { }
public static class E {
  public static IEnumerable<T> Out<T>(this Guard guard, IEnumerable<T> input, string name, T from, T to, string message = null) { return input; }
  public static T Out<T>(this Guard guard, T input, string name, T from, T to, string message = null) { return input; }
}`,
    'U.cs': `using System.Collections.Generic;
class U {
  void One(Guard guard, float input, float least) { guard.Out(input, "index", least, 2.0f); }
  void Many(Guard guard, List<float> input, float least) { guard.Out(input, "index", least, 2.0f); }
  void Static(Guard guard, float input, float least) { E.Out(guard, input, "index", least, 2.0f); }
}`,
  })
  const called = (name: string): readonly string[] =>
    from(`U.cs#U.${name}`).flatMap((edge) => /-calls-> E\.cs#(\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(called('One'), ['E.Out~2'])
  assert.deepEqual(called('Many'), ['E.Out'])
  assert.deepEqual(called('Static'), ['E.Out~2'])
})

test('the value in front of a call is the first argument of an extension method, unless its type stands there', async () => {
  const { analysis, from } = await analyseTexts([csharp], {
    'G.cs': `public interface IG {}
public static class E {
  public static IEnumerable<T> R<T>(this IG g, IEnumerable<T> input, string name, T from, T to, string? message = null) where T : IComparable<T> { return input; }
  public static T R<T>(this IG g, T input, string name, [NotNull] T from, [NotNull] T to, string? message = null) where T : IComparable { return input; }
  public static string F<T>(this IG g, T options) { return ""; }
  public static string F<T>(this IG g, T options, Action<U> configure) { return ""; }
  public static string Own(IG g) { return F(g, 1); }
}`,
    'U.cs': `class U {
  void Plain(IG g, float input, float from, float to) { g.R(input, "x", from, to); }
  void Many(IG g, IEnumerable<float> input, float from, float to) { g.R(input, "x", from, to); }
  void One(IG g) { g.F(1); }
  void Two(IG g) { g.F(1, c => c.X = 1); }
  void Static(IG g) { E.F(g, 1); }
}`,
  })
  const called = (id: string): readonly string[] =>
    from(id).flatMap((edge) => /-calls-> G\.cs#(\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(
    analysis.edges.filter(({ kind, confidence }) => kind === 'calls' && confidence < 0.9),
    [],
  )
  assert.deepEqual(called('U.cs#U.Plain'), ['E.R~2'])
  assert.deepEqual(called('U.cs#U.Many'), ['E.R'])
  assert.deepEqual(called('U.cs#U.One'), ['E.F'])
  assert.deepEqual(called('U.cs#U.Two'), ['E.F~2'])
  assert.deepEqual(called('U.cs#U.Static'), ['E.F'])
  assert.deepEqual(called('G.cs#E.Own'), ['E.F'])
})

test('a type parameter takes only what its constraints allow', async () => {
  const { from } = await analyseTexts([csharp], {
    'S.cs': `interface IBase { }
interface IRequest : IBase { }
interface IRequest<out R> : IBase { }
class Pong { }
class Ping : IRequest<Pong> { }
class Derived : Ping { }
class Jing : IRequest { }
class Other : Outside.Thing { }
interface ISender {
  Task<R> Send<R>(IRequest<R> request);
  Task Send<T>(T request) where T : IRequest;
  Task<object> Send(object request);
}`,
    'U.cs': `class U {
  void WithResult(ISender s) { s.Send(new Ping()); }
  void Inherited(ISender s) { s.Send(new Derived()); }
  void Without(ISender s) { s.Send(new Jing()); }
  void OfArray(ISender s, IRequest[] all) { s.Send(all[0]); }
  void Any(ISender s, object o) { s.Send(o); }
  void OfOutside(ISender s, string o) { s.Send(o); }
}`,
  })
  const called = (name: string): readonly string[] =>
    from(`U.cs#U.${name}`).flatMap((edge) => /-calls-> S\.cs#(\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(called('WithResult'), ['ISender.Send'])
  assert.deepEqual(called('Inherited'), ['ISender.Send'])
  assert.deepEqual(called('Without'), ['ISender.Send~2'])
  assert.deepEqual(called('OfArray'), ['ISender.Send~2'])
  assert.deepEqual(called('Any'), ['ISender.Send~3'])
  assert.deepEqual(called('OfOutside'), ['ISender.Send~3'])
})

test('a generic type without arguments is the one with as many parameters as its commas say', async () => {
  const { from } = await analyseTexts([csharp], {
    'H.cs': `interface IHandler { }
interface IHandler<A> { }
interface IHandler<A, B> { }`,
    'U.cs': `class U {
  void One() { var t = typeof(IHandler<>); }
  void Two() { var t = typeof(IHandler<,>); }
  void Spaced() { var t = typeof(IHandler< , >); }
  void Closed() { var t = typeof(IHandler<int, int>); }
  void None() { var t = typeof(IHandler); }
}`,
  })
  const used = (name: string): string => from(`U.cs#U.${name}`).join(' ')
  assert.match(used('One'), /H\.cs#IHandler~2 /)
  assert.match(used('Two'), /H\.cs#IHandler~3 /)
  assert.match(used('Spaced'), /H\.cs#IHandler~3 /)
  assert.match(used('Closed'), /H\.cs#IHandler~3 /)
  assert.match(used('None'), /H\.cs#IHandler /)
})

test('an extension of an interface from outside is called on the class that is named after it', async () => {
  const { from } = await analyseTexts([csharp], {
    'E.cs': `static class E { public static void AddAll(this IServiceCollection services) { } }`,
    'U.cs': `class U {
  void Inferred() { var services = new ServiceCollection(); services.AddAll(); }
  void Other() { var services = new Thing(); services.AddAll(); }
}`,
  })
  assert.match(from('U.cs#U.Inferred').join(' '), /-calls-> E\.cs#E\.AddAll/)
  assert.doesNotMatch(from('U.cs#U.Other').join(' '), /AddAll/)
})

test('a method that is passed by its name is an overload only if there is no other', async () => {
  const { from } = await analyseTexts([csharp], {
    'A.cs': 'partial class A { static void Empty(Context c) { } static void Only(Context c) { } }',
    'B.cs': 'partial class A { static void Empty(Context c, int n) { } }',
    'C.cs': 'partial class A { void F() { Run(1, Empty); Run(1, Only); } }',
  })
  assert.deepEqual(
    from('C.cs#A.F').map((edge) => edge.replace(/ \(.*/, '')),
    ['C.cs#A.F -references-> A.cs#A.Only'],
  )
})

test('a call inside an overload that may mean another one is no recursion', async () => {
  const { from } = await analyseTexts([csharp], {
    'C.cs': `class C : IAdd {
  object Make(string one) { return Make(new[] { one }); }
  object Make(params string[] all) { return all; }
  void IAdd.Add(int x, Other y) { Add(x, y); }
  protected void Add(int x, Other y) { }
  int Fall(int left) { return Fall(left - 1); }
}
interface IAdd { void Add(int x, Other y); }`,
  })
  const called = (name: string): readonly string[] =>
    from(`C.cs#C.${name}`).flatMap((edge) => /-calls-> C\.cs#(\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(called('Make'), ['C.Make~2'])
  assert.deepEqual(called('Add'), ['C.Add~2'])
  assert.deepEqual(called('Fall'), [])
})

test('an array that a params parameter takes whole is not passed to a type parameter', async () => {
  const { from } = await analyseTexts([csharp], {
    'L.cs': `class L {
  public void Write(int level, string text) { }
  public void Write<T>(int level, string text, T value) { }
  public void Write<A, B>(int level, string text, A a, B b) { }
  public void Write(int level, string text, params object?[]? values) { }
  public void Array(string text, params object?[]? values) { Write(1, text, values); }
  public void One(string text, string value) { Write(1, text, value); }
  public void Other(string text, int[] value) { Write(1, text, value); }
}`,
  })
  const called = (name: string): readonly string[] =>
    from(`L.cs#L.${name}`).flatMap((edge) => /-calls-> L\.cs#(\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(called('Array'), ['L.Write~4'])
  assert.deepEqual(called('One'), ['L.Write~2'])
  assert.deepEqual(called('Other'), ['L.Write~2'])
})
