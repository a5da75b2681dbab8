import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csharp } from '#generate/analyse/languages/csharp/csharp.ts'
import { withoutDirectives } from '#generate/analyse/languages/csharp/directives.ts'
import { analyseTexts } from './analyse-texts.ts'

test('types and members of C# have kinds, visibility, signatures and doc comments', async () => {
  const { analysis, component } = await analyseTexts([csharp], {
    'K.cs': `using System;
namespace A.B {
  /// <summary>A <c>K</c>.</summary>
  [Obsolete("internal")]
  public abstract partial class K<T> : Base, IThing where T : class {
    public const int One = 1, Two = 2;
    private readonly string _name;
    public string Name { get; private set; } = "x";
    public event EventHandler Changed;
    public T this[int i] => default(T);
    protected K(int x) : base(x) { }
    ~K() { }
    public static K<T> operator +(K<T> a, K<T> b) => a;
    public static implicit operator string(K<T> k) => "";
    internal void F() { void Local() { } }
    delegate void D(int x);
    enum E : byte { A = 1, B }
    internal ref partial struct P { }
    struct S { }
    interface I { void G(); }
  }
  record R(int X, string Y);
}
`,
  })
  assert.deepEqual(
    analysis.components.map(
      (one) => `${one.kind} ${one.qualifiedName} ${one.visibility}${one.exported ? ' exported' : ''}`,
    ),
    [
      'class A.B.K public exported',
      'field A.B.K.One public exported',
      'field A.B.K.Two public exported',
      'field A.B.K._name private',
      'field A.B.K.Name public exported',
      'field A.B.K.Changed public exported',
      'method A.B.K.this[] public exported',
      'method A.B.K.K protected exported',
      'method A.B.K.~K private',
      'method A.B.K.operator+ public exported',
      'method A.B.K.operator string public exported',
      'method A.B.K.F internal',
      'type A.B.K.D private',
      'enum A.B.K.E private',
      'constant A.B.K.E.A public',
      'constant A.B.K.E.B public',
      'struct A.B.K.P internal',
      'struct A.B.K.S private',
      'interface A.B.K.I private',
      'method A.B.K.I.G public',
      'class A.B.R internal',
      'field A.B.R.X public',
      'field A.B.R.Y public',
    ].map((line) => line.replace('A.B.', '')),
  )
  assert.equal(component('K.cs#K').doc, 'A `K`.')
  assert.equal(component('K.cs#K').signature, 'public abstract partial class K<T> : Base, IThing where T : class')
  assert.equal(component('K.cs#K.Name').signature, 'public string Name { get; private set; } = "x"')
  assert.equal(component('K.cs#K.this[]').signature, 'public T this[int i] { get; }')
})

const LIBRARY = {
  'src/Thing.cs': `namespace Lib.Core;
public partial class Thing { public Other Other { get; set; } public Other Make() => null; public static int Max; }
public class Other { public void Go() { } public void Go(int x, params string[] more) { } public Thing Back; }
public class MarkAttribute : System.Attribute { } public class Mark { }
public enum Kind { One }`,
  'src/More.cs': `namespace Lib.Core { public partial class Thing { public void Second() { } } }`,
  'src/Ext.cs': `namespace Lib.Helpers { public static class Ext { public static Other2 Extend(this Core.Thing t, int x) => null; } public class Other2 { public void End() { } } }`,
}

test('names are found through namespaces, usings, aliases, parts of types and extension methods', async () => {
  const { from } = await analyseTexts([csharp], {
    ...LIBRARY,
    'src/Use.cs': `using System.Collections.Generic;
using Lib.Helpers;
using Alias = Lib.Core.Other;
using static Lib.Core.Thing;
namespace Lib.Core.Inner {
  [Mark]
  class Use : Thing {
    Alias alias;
    void F(List<Thing> list, Dictionary<string, Other> map) {
      alias.Go(1, "a", "b");
      Make().Go();
      base.Second();
      foreach (var t in list) t.Extend(1).End();
      foreach (var pair in map) pair.Value.Go();
      var made = new Thing { Other = null };
      made?.Other.Go();
      if (made.Other is Other o && o.Back.Second2()) { }
      var k = Kind.One;
    }
  }
}`,
  })
  assert.deepEqual(from('src/Use.cs#Use.F'), [
    'src/Use.cs#Use.F -calls-> src/Ext.cs#Ext.Extend (receiver-type)',
    'src/Use.cs#Use.F -calls-> src/Ext.cs#Other2.End (receiver-type)',
    'src/Use.cs#Use.F -calls-> src/More.cs#Thing.Second (receiver-type)',
    'src/Use.cs#Use.F -calls-> src/Thing.cs#Other.Go (receiver-type)',
    'src/Use.cs#Use.F -calls-> src/Thing.cs#Other.Go~2 (receiver-type)',
    'src/Use.cs#Use.F -calls-> src/Thing.cs#Thing.Make (inheritance)',
    'src/Use.cs#Use.F -instantiates-> src/Thing.cs#Thing (package)',
    'src/Use.cs#Use.F -references-> src/Thing.cs#Kind.One (receiver-type)',
    'src/Use.cs#Use.F -references-> src/Thing.cs#Other.Back (receiver-type)',
    'src/Use.cs#Use.F -references-> src/Thing.cs#Thing.Other (receiver-type)',
    'src/Use.cs#Use.F -references-> src/Use.cs#Use.alias (same-file)',
    'src/Use.cs#Use.F -uses-type-> src/Thing.cs#Kind (package)',
    'src/Use.cs#Use.F -uses-type-> src/Thing.cs#Other (package)',
    'src/Use.cs#Use.F -uses-type-> src/Thing.cs#Thing (package)',
  ])
  assert.deepEqual(from('src/Use.cs#Use'), [
    'src/Use.cs#Use -extends-> src/Thing.cs#Thing (package)',
    'src/Use.cs#Use -uses-type-> src/Thing.cs#MarkAttribute (package)',
  ])
})

test('a file imports the files of the types that it uses by a namespace', async () => {
  const { from } = await analyseTexts([csharp], {
    ...LIBRARY,
    'app/App.cs': 'using Lib.Core; namespace App { class A { Kind kind; [Mark] void F() { } Missing m; } }',
  })
  assert.deepEqual(from('app/App.cs'), ['app/App.cs -imports-> src/Thing.cs (import)'])
})

test('global usings hold in their project', async () => {
  const { from } = await analyseTexts([csharp], {
    ...LIBRARY,
    'app/App.csproj': '<Project/>',
    'app/Usings.cs': 'global using Lib.Core;',
    'app/A.cs': 'namespace App { class A { Kind kind; } }',
    'else/B.cs': 'namespace Else { class B { Kind kind; } }',
  })
  assert.deepEqual(from('app/A.cs#A.kind'), ['app/A.cs#A.kind -uses-type-> src/Thing.cs#Kind (import)'])
  assert.deepEqual(from('else/B.cs#B.kind'), [])
})

test('using items of project files, and of the files they import, hold in the project', async () => {
  const { from } = await analyseTexts([csharp], {
    ...LIBRARY,
    'Directory.Build.targets': `<Project>
  <Import Project="$(MsBuildThisFileDirectory)eng/$(Kind).targets" Condition="$(Kind) != ''" />
  <ItemGroup Condition="'$(UsesCore)' == 'true'"><Using Include="Lib.Core" /></ItemGroup>
</Project>`,
    'eng/Tests.targets': '<Project><ItemGroup><Using Include="Lib.Core.Kind" Alias="Sort" /></ItemGroup></Project>',
    'app/App.csproj': '<Project><PropertyGroup><UsesCore>true</UsesCore></PropertyGroup></Project>',
    'app/A.cs': 'namespace App { class A { Kind kind; } }',
    'else/Else.csproj': '<Project><PropertyGroup><Kind>Tests</Kind></PropertyGroup></Project>',
    'else/B.cs': 'namespace Else { class B { Kind kind; } class C { Sort sort; } }',
  })
  assert.deepEqual(from('app/A.cs#A.kind'), ['app/A.cs#A.kind -uses-type-> src/Thing.cs#Kind (import)'])
  assert.deepEqual(from('else/B.cs#B.kind'), [])
  assert.deepEqual(from('else/B.cs#C.sort'), ['else/B.cs#C.sort -uses-type-> src/Thing.cs#Kind (import)'])
})

test('a project may give two using items for one name', async () => {
  const { from } = await analyseTexts([csharp], {
    ...LIBRARY,
    'app/App.csproj': `<Project><ItemGroup>
<Using Include="Lib.Core.Kind" Alias="First" /><Using Include="Lib.Core.Kind" Alias="Second" />
</ItemGroup></Project>`,
    'app/A.cs': 'namespace App { class A { First first; Second second; } }',
  })
  for (const name of ['first', 'second'])
    assert.deepEqual(from(`app/A.cs#A.${name}`), [`app/A.cs#A.${name} -uses-type-> src/Thing.cs#Kind (import)`])
})

test('using directives and items beyond the limit are reported', async () => {
  const namespaces = Array.from({ length: 501 }, (_, index) => `N${index}`)
  const using = namespaces.map((name) => `using ${name};`)
  const items = namespaces.map((name) => `<Using Include="${name}" />`)
  const { incidents } = await analyseTexts([csharp], {
    'full/A.cs': `${using.slice(1).join('\n')}\nclass A { B b; }`,
    'over/B.cs': `${using.join('\n')}\nclass B { A a; }`,
    'full/Full.csproj': `<Project><ItemGroup>${items.slice(1).join('')}</ItemGroup></Project>`,
    'items/Over.csproj': `<Project><ItemGroup>${items.join('')}</ItemGroup></Project>`,
  })
  assert.deepEqual(incidents, [
    ['items/Over.csproj', 'limit', "Only the first 500 `Using` items of a folder's projects count."],
    ['over/B.cs', 'limit', 'Only the first 500 `using` directives count.'],
  ])
})

test('a project has at most 500 using items; a repeated one counts once, and a removed one no more', async () => {
  const aliases = (letter: string, count: number): string =>
    Array.from({ length: count }, (_, index) => `<Using Include="Lib.Core.Kind" Alias="${letter}${index}" />`).join('')
  const { from } = await analyseTexts([csharp], {
    ...LIBRARY,
    'app/App.csproj': `<Project><ItemGroup>${'<Using Include="Lib.Core.Kind" Alias="K0" />'.repeat(600)}
${aliases('K', 9_000)}</ItemGroup></Project>`,
    'app/A.cs': 'namespace App { class A { K0 first; K499 last; K500 over; } }',
    'else/Else.csproj': `<Project><ItemGroup>${aliases('K', 600)}<Using Remove="Lib.Core.Kind" />
${aliases('L', 600)}</ItemGroup></Project>`,
    'else/B.cs': 'namespace Else { class B { K0 removed; L499 last; L500 over; } }',
  })
  const target = 'src/Thing.cs#Kind (import)'
  for (const id of ['app/A.cs#A.first', 'app/A.cs#A.last', 'else/B.cs#B.last'])
    assert.deepEqual(from(id), [`${id} -uses-type-> ${target}`])
  for (const id of ['app/A.cs#A.over', 'else/B.cs#B.removed', 'else/B.cs#B.over']) assert.deepEqual(from(id), [])
})

test('a condition of an import is evaluated where the import stands', async () => {
  const use = '<ItemGroup><Using Include="Lib.Core" /></ItemGroup>'
  const { from } = await analyseTexts([csharp], {
    ...LIBRARY,
    'eng/once.props': `<Project><PropertyGroup><Once>true</Once></PropertyGroup>${use}</Project>`,
    'eng/never.props': '<Project><PropertyGroup><UsesCore>true</UsesCore></PropertyGroup></Project>',
    'app/App.csproj': `<Project><PropertyGroup><Eng>..\\eng\\</Eng></PropertyGroup>
<Import Project="$(Eng)once.props" Condition="'$(Once)' == ''" /></Project>`,
    'app/A.cs': 'namespace App { class A { Kind kind; } }',
    'else/Else.csproj': `<Project><Import Project="../eng/never.props" Condition="'$(Never)' == 'true'" />
<ItemGroup Condition="'$(UsesCore)' == 'true'"><Using Include="Lib.Core" /></ItemGroup></Project>`,
    'else/B.cs': 'namespace Else { class B { Kind kind; } }',
  })
  assert.deepEqual(from('app/A.cs#A.kind'), ['app/A.cs#A.kind -uses-type-> src/Thing.cs#Kind (import)'])
  assert.deepEqual(from('else/B.cs#B.kind'), [])
})

test('a package from elsewhere is no reference to the folder of its name, nor to the project at the top', async () => {
  const { from } = await analyseTexts([csharp], {
    'Top.csproj': '<Project />',
    'Top.cs': 'namespace N; public class Top { }',
    'tools/Internal.csproj': '<Project />',
    'tools/Tool.cs': 'namespace N; public class Tool { }',
    'lib/Lib.csproj':
      '<Project><ItemGroup><PackageReference Include="Json" /><PackageReference Include="tools" /></ItemGroup></Project>',
    'lib/Lib.cs': 'namespace N; class Lib { Top top; Tool tool; }',
  })
  assert.deepEqual(from('lib/Lib.cs#Lib.top'), [])
  assert.deepEqual(from('lib/Lib.cs#Lib.tool'), [])
})

test('a name means what its project or one that it refers to declares, and its own before theirs', async () => {
  const core = '<Project><PropertyGroup><PackageId>My.Core</PackageId></PropertyGroup></Project>'
  const shared = 'namespace N; public class Shared { public void Go() { } } static class Add {'
  const { from } = await analyseTexts([csharp], {
    'core/Core.csproj': core,
    'core/Core.cs': `${shared} public static void More(this Shared it) { } } class User { Lone lone; void F(Shared s) { s.Go(); s.More(); } }`,
    'old/Old.csproj': '<Project><ItemGroup><ProjectReference Include="..\\core\\Core.csproj" /></ItemGroup></Project>',
    'old/Old.cs': `${shared} public static void Last(this Shared it) { } } public class Lone { }`,
    'old/Use.cs': 'namespace N; class Use { Shared s; User user; }',
    'app/App.csproj': '<Project><ItemGroup><ProjectReference Include="../old/Old.csproj" /></ItemGroup></Project>',
    'app/App.cs': 'namespace N; class App { Lone lone; User user; }',
    'sample/Sample.csproj': '<Project><ItemGroup><PackageReference Include="My.Core" /></ItemGroup></Project>',
    'sample/Sample.cs': 'namespace N; class Sample { Lone lone; User user; }',
    'open/Open.csproj': '<Project><ItemGroup><ProjectReference Include="$(Unknown)/x.csproj" /></ItemGroup></Project>',
    'open/Open.cs': 'namespace N; class Open { Lone lone; }',
    'alone/Alone.cs': 'namespace N; class Alone { Lone lone; }',
  })
  const to = (id: string): string[] => from(id).map((edge) => edge.replace(/^.*?-> | \(.*$/g, ''))
  assert.deepEqual(to('core/Core.cs#User.lone'), [])
  assert.deepEqual(to('core/Core.cs#User.F'), [
    'core/Core.cs#Add.More',
    'core/Core.cs#Shared.Go',
    'core/Core.cs#Shared',
  ])
  assert.deepEqual(to('old/Use.cs#Use.s'), ['old/Old.cs#Shared'])
  assert.deepEqual(to('old/Use.cs#Use.user'), ['core/Core.cs#User'])
  assert.deepEqual(to('app/App.cs#App.lone'), ['old/Old.cs#Lone'])
  assert.deepEqual(to('app/App.cs#App.user'), ['core/Core.cs#User'])
  assert.deepEqual(to('sample/Sample.cs#Sample.lone'), [])
  assert.deepEqual(to('sample/Sample.cs#Sample.user'), ['core/Core.cs#User'])
  assert.deepEqual(to('open/Open.cs#Open.lone'), ['old/Old.cs#Lone'])
  assert.deepEqual(to('alone/Alone.cs#Alone.lone'), ['old/Old.cs#Lone'])
})

test('what a project refers to follows the first branch of `Choose` that is met, lists and removals', async () => {
  const project = (xml: string): string => `<Project>${xml}</Project>`
  const items = (xml: string): string => `<ItemGroup>${xml}</ItemGroup>`
  const choose = (property: string): string =>
    project(`<PropertyGroup><Use>one</Use></PropertyGroup><Choose>
<When Condition="'$(${property})' == 'one'"><PropertyGroup><Lib>../one/One.csproj</Lib></PropertyGroup></When>
<When Condition="'$(Use)' != 'two'"><PropertyGroup><Lib>../two/Two.csproj</Lib></PropertyGroup></When>
<Otherwise>${items('<ProjectReference Include="../three/Three.csproj" />')}</Otherwise></Choose>
${items('<ProjectReference Include="$(Lib)" />')}`)
  for (const [xml, ...expected] of [
    [choose('Use'), 'One'],
    [choose('Other'), 'Two'],
    [choose('Configuration'), 'Two'],
    [
      project(`<Choose><When Condition="Exists('x')" />
<Otherwise>${items('<ProjectReference Include="../three/Three.csproj" />')}</Otherwise></Choose>`),
      'Three',
    ],
    [project(items('<PackageReference Include="One; Moq;Two" />')), 'One', 'Two'],
    [project(items('<Reference Include="One, Version=1.0" />')), 'One'],
    [project(items('<Compile Include="../one/One.cs;../two/*.cs" />')), 'One', 'Two'],
    [
      project(`${items('<ProjectReference Include="../one/One.csproj;../two/Two.csproj" />')}
${items('<ProjectReference Remove="..\\one\\One.csproj" />')}`),
      'Two',
    ],
    [project(`${items('<PackageReference Include="One;Two" />')}${items('<PackageReference Remove="Two" />')}`), 'One'],
  ] as const) {
    const names = ['One', 'Two', 'Three']
    const { from } = await analyseTexts([csharp], {
      ...Object.fromEntries(
        names.flatMap((name) => [
          [`${name.toLowerCase()}/${name}.csproj`, '<Project />'],
          [`${name.toLowerCase()}/${name}.cs`, `namespace N; public class ${name} { }`],
        ]),
      ),
      'app/App.csproj': xml,
      'app/App.cs': `namespace N; class App { ${names.map((name) => `${name} of${name};`).join(' ')} }`,
    })
    const seen = names.filter((name) => from(`app/App.cs#App.of${name}`).length > 0)
    assert.deepEqual(seen, expected, xml)
  }
})

test('a private method is called only where a part of its class is', async () => {
  const { from } = await analyseTexts([csharp], {
    'A.cs': 'partial class A { void Hidden() { } static void Own() { } } class B { void G(A a) { a.Hidden(); } }',
    'A2.cs': 'partial class A { void F() { Hidden(); } }',
    'Other.cs': 'class C { void F(A a, dynamic d) { a.Hidden(); A.Own(); d.Own(); unknown.Value().Own(); } }',
  })
  assert.deepEqual(from('A2.cs#A.F').length, 1)
  assert.deepEqual(
    from('Other.cs#C.F').filter((edge) => edge.includes('-calls->')),
    [],
  )
})

test('what is awaited, and what lambdas of sequences get, is known', async () => {
  const { from } = await analyseTexts([csharp], {
    ...LIBRARY,
    'Use.cs': `using System.Linq; using System.Threading.Tasks; using Lib.Core;
class Use {
  Task<Other> Load() => null;
  async void F(System.Collections.Generic.List<Thing> list) {
    (await Load()).Go();
    list.Where(x => x.Other != null).Select(x => x.Make()).First().Go(1);
  }
  void G(System.Collections.Generic.List<Thing> list) {
    list.Max(x => x.Other).Make();
    list.Aggregate(new Other(), (sum, x) => { sum.Make(); return sum; }).Make();
  }
}`,
  })
  assert.deepEqual(
    from('Use.cs#Use.G').filter((edge) => edge.includes('-calls->') && edge.endsWith('(receiver-type)')),
    [],
    'what a function returns is not an element',
  )
  const edges = from('Use.cs#Use.F')
  for (const to of ['Other.Go (receiver-type)', 'Other.Go~2 (receiver-type)', 'Thing.Make (receiver-type)']) {
    assert.ok(edges.includes(`Use.cs#Use.F -calls-> src/Thing.cs#${to}`), to)
  }
})

test('only what says so overrides a method of a class', async () => {
  const { edges } = await analyseTexts([csharp], {
    'A.cs': `class A { public virtual void F() { } public void G() { } }
class B : A, I { public override void F() { } public new void G() { } public void H() { } }
interface I { void H(); }`,
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-overrides->')),
    ['A.cs#B.F -overrides-> A.cs#A.F (inheritance)', 'A.cs#B.H -overrides-> A.cs#I.H (inheritance)'],
  )
})

test('conditional compilation may stand anywhere', async () => {
  const { analysis } = await analyseTexts([csharp], {
    'A.cs': `class A
#if X
    : B
#endif
{
#if X
  void F() { }
#else
  void G() { }
#endif
  void H() { Call(1
#if Y
    , 2
#else
    , 3
#endif
  ); }
#if false
  void Never() { }
#endif
}
class B { }`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.qualifiedName} ${one.startLine}`),
    ['A 1', 'A.F 7', 'A.G 9', 'A.H 11', 'B 22'],
  )
  assert.deepEqual(analysis.reports[0]?.failed, [])
  assert.ok(analysis.edges.some((edge) => edge.from === 'A.cs#A' && edge.to === 'A.cs#B' && edge.kind === 'extends'))
})

test('the types that a call gives are those of its result', async () => {
  const { from } = await analyseTexts([csharp], {
    ...LIBRARY,
    'Use.cs': `using Lib.Core;
class Use {
  static T Read<T>(string s) => default(T);
  void F() { Read<Other>("x").Go(); this.Also<string, Thing>().Make(); }
  V Also<K, V>() => default(V);
}`,
  })
  const edges = from('Use.cs#Use.F')
  assert.ok(edges.includes('Use.cs#Use.F -calls-> src/Thing.cs#Other.Go (receiver-type)'))
  assert.ok(edges.includes('Use.cs#Use.F -calls-> src/Thing.cs#Thing.Make (receiver-type)'))
})

test('a constructor calls the constructors that it begins with', async () => {
  const { edges } = await analyseTexts([csharp], {
    'A.cs': 'class A { public A(int x) { } public A(string s) : this(1) { } }',
    'B.cs': 'class B : A { B() : base("x") { } }',
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-calls->')),
    ['A.cs#A.A~2 -calls-> A.cs#A.A (same-file)', 'B.cs#B.B -calls-> A.cs#A.A~2 (inheritance)'],
  )
})

test('an extension method is called where the method of the type does not take the arguments', async () => {
  const { from } = await analyseTexts([csharp], {
    'Queue.cs': `namespace N {
  public interface IQueue<T> { Task<T> Enqueue(); void Clear(int n); }
  public static class QueueExtensions {
    public static Task<T> Enqueue<T>(this IQueue<T> self, object mutex, int token) { return self.Enqueue(); }
    public static void Clear<T>(this IQueue<T> self, int n) { }
  }
  public class Lock {
    private readonly IQueue<int> _queue;
    void Wait(object mutex) { _queue.Enqueue(mutex, 1); }
    void Plain() { _queue.Enqueue(); _queue.Clear(1); }
    void Odd() { _queue.Enqueue(1, 2, 3); }
  }
}
`,
  })
  const calls = (name: string): string[] =>
    from(`Queue.cs#Lock.${name}`)
      .filter((one) => one.includes('-calls->'))
      .map((one) => one.split('#').at(-1) ?? '')
  assert.deepEqual(calls('Wait'), ['QueueExtensions.Enqueue (receiver-type)'])
  assert.deepEqual(calls('Plain'), ['IQueue.Clear (receiver-type)', 'IQueue.Enqueue (receiver-type)'])
  assert.ok(!calls('Odd').some((one) => one.includes('Extensions')))
})

test('an extension method is found where it is called, and not as a property of its name', async () => {
  const { from } = await analyseTexts([csharp], {
    'E.cs':
      'using System.Collections.Generic; static class E { public static int Count<T>(this IEnumerable<T> all) { return 0; } }',
    'U.cs':
      'using System.Collections.Generic; class U { int Property(List<int> a) { return a.Count; } int Call(List<int> a) { return a.Count(); } }',
  })
  assert.deepEqual(from('U.cs#U.Property'), [])
  assert.deepEqual(from('U.cs#U.Call'), ['U.cs#U.Call -calls-> E.cs#E.Count (receiver-type)'])
})

test('a property has its accessors in its signature, a field has none', async () => {
  const {
    analysis: { components },
  } = await analyseTexts([csharp], {
    'A.cs':
      'public class A {\n  public int Plain { get; private set; }\n  public string Made { get { return "{ set; }"; } set => F(value); }\n  public int Short => 1;\n  public int field = 1;\n  [Obsolete]\n  public int Once { get; init; } = 2;\n  public List<int> Many { get; } = new() { 1, 2 };\n  public string Brace { get; } = "}";\n}\n',
  })
  assert.deepEqual(
    components.filter(({ kind }) => kind === 'field').map(({ signature }) => signature),
    [
      'public int Plain { get; private set; }',
      'public string Made { get; set; }',
      'public int Short { get; }',
      'public int field = 1',
      'public int Once { get; init; } = 2',
      'public List<int> Many { get; } = …',
      'public string Brace { get; } = …',
    ],
  )
})

test('types that differ by how many types they take are different ones', async () => {
  const { edges } = await analyseTexts([csharp], {
    'A.cs':
      'public interface Handler<in T, R> { void Handle(T t); }\npublic interface Handler<in T> { void Run(T t); }\npublic interface Handler { void Stop(); }\n',
    'B.cs':
      'class One : Handler<int> { public void Run(int t) { } }\nclass Two : Handler<int, int> { public void Handle(int t) { } }\nclass None : Handler { public void Stop() { } void F(Handler<int> h) { h.Run(1); h.Stop(); } }\n',
  })
  assert.deepEqual(
    edges
      .filter((edge) => /-(?:extends|implements|overrides|calls)->/.test(edge))
      .map((edge) => edge.replace(/ \(.*$/, '')),
    [
      'B.cs#None -implements-> A.cs#Handler~3',
      'B.cs#None.F -calls-> A.cs#Handler.Run',
      'B.cs#None.Stop -overrides-> A.cs#Handler.Stop',
      'B.cs#One -implements-> A.cs#Handler~2',
      'B.cs#One.Run -overrides-> A.cs#Handler.Run',
      'B.cs#Two -implements-> A.cs#Handler',
      'B.cs#Two.Handle -overrides-> A.cs#Handler.Handle',
    ],
  )
})

test('a type of another namespace is meant if the nearer one of its name takes other types', async () => {
  const { from } = await analyseTexts([csharp], {
    'A.cs': 'namespace Acme { public interface Rule<T> { } }',
    'B.cs': 'namespace Acme.Plans { public interface Rule { } }',
    'C.cs':
      'using Acme.Plans;\nnamespace Acme { class One : Rule { } class Two : Rule<int> { } class Odd : Rule<int, int> { } }',
  })
  assert.deepEqual(from('C.cs#One'), ['C.cs#One -implements-> B.cs#Rule (import)'])
  assert.deepEqual(from('C.cs#Two'), ['C.cs#Two -implements-> A.cs#Rule (package)'])
})

test('a branch of a condition inside a declaration is a part of it; what is left out is not in its signature', async () => {
  const { analysis } = await analyseTexts([csharp], {
    'A.cs': `/// <summary>Doc of X.</summary>
#if PUBLIC
public
#else
internal
#endif
interface X
#if A
  : Base
  , IFoo
#endif
{
    /// <summary>Gets it.</summary>
#if A
    [Obsolete("no")]
#endif
    int Get(
#if A
        int a,
#else
        string b,
#endif
        int c)
#if A
    {
        return 1;
    }
#else
        ;
#endif
    string P
#if A
    { get; set; }
#else
    { get; }
#endif
    int Last { get; }
}`,
  })
  assert.deepEqual(
    analysis.components.map((one) => [one.signature, one.startLine, one.endLine, one.doc, one.exported]),
    [
      ['public interface X : Base, IFoo', 3, 38, 'Doc of X.', true],
      ['int Get(int a, int c)', 15, 27, 'Gets it.', true],
      ['string P { get; set; }', 31, 33, null, true],
      ['int Last { get; }', 37, 37, null, true],
    ],
  )
  assert.deepEqual(analysis.reports[0]?.failed, [])
})

test('what is in a namespace for the library itself is not exported', async () => {
  const { component } = await analyseTexts([csharp], {
    'A.cs':
      'namespace Acme.Internal { public class Hidden { public void Run() { } } }\nnamespace Acme.Internals2 { public class Shown { } }\n',
  })
  assert.equal(component('A.cs#Hidden').exported, false)
  assert.equal(component('A.cs#Hidden.Run').exported, false)
  assert.equal(component('A.cs#Shown').exported, true)
})

test('a member of an interface is implemented by a public or an explicit one, a class method only with override', async () => {
  const overrides = async (text: string): Promise<string[]> =>
    (await analyseTexts([csharp], { 'T.cs': `namespace A { ${text} }` })).edges
      .filter((edge) => edge.includes('-overrides->'))
      .map((edge) => edge.replace(/T\.cs#| \(.*/g, ''))
  const go = 'interface I { void Go(); }'
  assert.deepEqual(await overrides(`${go} class D : I { private void Go() {} void I.Go() {} }`), [
    'D.Go~2 -overrides-> I.Go',
  ])
  assert.deepEqual(await overrides(`${go} class D : I { public void Go() {} }`), ['D.Go -overrides-> I.Go'])
  assert.deepEqual(
    await overrides(
      'interface I { (int, int) Go(); } class D : I { (int, int) I.Go() => (1, 2); internal void Go2() {} }',
    ),
    ['D.Go -overrides-> I.Go'],
  )
  assert.deepEqual(
    await overrides('interface I { int this[int i] { get; } } class D : I { int I.this[int i] => i; }'),
    ['D.this[] -overrides-> I.this[]'],
  )
  const base = 'class B { public virtual void M(string s) {} }'
  assert.deepEqual(await overrides(`${base} class C : B { public void M(string @override) {} }`), [])
  assert.deepEqual(await overrides(`${base} class C : B { public void M(string s = "override") {} }`), [])
  assert.deepEqual(await overrides(`${base} class C : B { public override void M(string s) {} }`), [
    'C.M -overrides-> B.M',
  ])
  assert.deepEqual(
    await overrides(
      'interface I<T> { static abstract T Of(string s); } class C : I<C> { public static C Of(string s) => null; }',
    ),
    ['C.Of -overrides-> I.Of'],
  )
})

test('a using directive is relative to the namespace that it is written in, and applies within it', async () => {
  const calls = async (texts: Record<string, string>): Promise<string[]> =>
    (await analyseTexts([csharp], texts)).edges
      .filter((edge) => edge.includes('-calls->'))
      .map((edge) => edge.replace(/.*-calls-> | \(.*/g, ''))
  const log = { 'Log.cs': 'namespace My.Serilog { public class Log { public static void Go() {} } }' }
  const use = 'class P { void M() { Log.Go(); } }'
  assert.deepEqual(await calls({ ...log, 'U.cs': `using Serilog;\nnamespace My.App { ${use} }` }), [])
  assert.deepEqual(await calls({ ...log, 'U.cs': `using Serilog;\nnamespace My.App;\n${use}` }), [])
  assert.deepEqual(await calls({ ...log, 'U.cs': `namespace My.App;\nusing Serilog;\n${use}` }), ['Log.cs#Log.Go'])
  assert.deepEqual(await calls({ ...log, 'U.cs': `namespace My.App { using Serilog; ${use} }` }), ['Log.cs#Log.Go'])
  const two = {
    'A.cs': 'namespace A.Util { public class Log { public static void Go() {} } }',
    'B.cs': 'namespace Util { public class Log { public static void Go() {} } }',
  }
  assert.deepEqual(await calls({ ...two, 'U.cs': `namespace A { using Util; ${use} }` }), ['A.cs#Log.Go'])
  assert.deepEqual(
    await calls({
      ...two,
      'U.cs': `namespace X { using A.Util; ${use} }\nnamespace Y { using Util; class Q { void M() { Log.Go(); } } }`,
    }),
    ['A.cs#Log.Go', 'B.cs#Log.Go'],
  )
  assert.deepEqual(
    await calls({
      'E.cs': 'namespace A.Util { public static class Ex { public static int Twice(this string s) => 2; } }',
      'U.cs': 'namespace A { using Util; class P { int M(string s) { return s.Twice(); } } }',
    }),
    ['E.cs#Ex.Twice'],
  )
})

test('a class extends its namesake of another number of type parameters', async () => {
  const { analysis } = await analyseTexts([csharp], {
    'Result.cs': 'namespace Orbit;\npublic class Result<T> { public T Value { get; } }\n',
    'Result.Void.cs':
      'namespace Orbit;\npublic class Result : Result<Result> { public static Result Done() => new Result(); }\n',
  })
  const bases = analysis.edges.filter(({ kind }) => kind === 'extends').map(({ from, to }) => `${from} ${to}`)
  assert.deepEqual(bases, ['Result.Void.cs#Result Result.cs#Result'])
})

test('a member without a name takes no time', async () => {
  const { analysis } = await analyseTexts([csharp], { 'a.cs': 'public class A { public int ; public int B { get; } }' })
  assert.ok(analysis.components.some(({ signature }) => signature === 'public int B { get; }'))
})

test('a property that is too long to be read has no accessors in its signature', async () => {
  const { component } = await analyseTexts([csharp], {
    'a.cs': `public class A { public int B { get { ${'F();'.repeat(2_000)} } set { } } }`,
  })
  assert.doesNotMatch(component('a.cs#A.B').signature, /get;/)
})

test('words in comments are no accessors', async () => {
  const { component } = await analyseTexts([csharp], {
    'a.cs': 'public class A { public int B { get; /* private set; */ } public int C { get; // set;\n init; } }',
  })
  assert.equal(component('a.cs#A.B').signature, 'public int B { get; }')
  assert.equal(component('a.cs#A.C').signature, 'public int C { get; init; }')
})

test('each namespace of a file imports by its own directives', async () => {
  const { edges } = await analyseTexts([csharp], {
    'x.cs': 'namespace X { public class Foo {} }',
    'y.cs': 'namespace Y { public class Foo {} }',
    'a.cs': 'namespace A { using X; class P { Foo f; } }\nnamespace B { using Y; class Q { Foo f; } }',
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-imports->')),
    ['a.cs -imports-> x.cs (import)', 'a.cs -imports-> y.cs (import)'],
  )
})

test('what looks like a directive in a string or a comment is none', () => {
  const texts = ['"""', '$"""""', '@"'].map((quote) => {
    const close = quote.replace(/[@$]/g, '')
    return `string Code = ${quote}\n#if A\n#pragma b ""\n${close};\n`
  })
  texts.push('/*\n#if A\n*/\n', 'char quote = \'"\'; // """\n')
  for (const text of texts) {
    assert.equal(withoutDirectives(`${text}#region A`), `${text}         `)
  }
})

test('deeply nested conditions take linear time', () => {
  const text = '#if A\n'.repeat(30_000) + '#endif\n'.repeat(30_000)
  assert.equal(withoutDirectives(text).trim(), '')
})
