import assert from 'node:assert/strict'
import { test } from 'node:test'
import { java } from '#generate/analyse/languages/java/java.ts'
import { kotlin } from '#generate/analyse/languages/kotlin/kotlin.ts'
import { analyseTexts } from './analyse-texts.ts'

test('types and members of Java have kinds, visibility, signatures and doc comments', async () => {
  const { analysis, component } = await analyseTexts([java], {
    'a/K.java': `/* Copyright */
package a;
/** A {@code K}.
 * @param <T> what is held */
@Deprecated public abstract class K<T> {
  public static final int A = 1, B = 2;
  String s;
  protected K(int... xs) { }
  @Override public String toString() { class Local { void f() { } } return new Object() { void g() { } }.toString(); }
  enum E { ONE { void h() { } }, TWO; private int n; }
  record P(int x, String y) { P { } }
  interface I { int f(); default int g() { return 1; } }
  @interface An { int value() default 1; }
}
class Hidden { public void f() { } }
`,
  })
  assert.deepEqual(
    analysis.components.map(
      (one) => `${one.kind} ${one.qualifiedName} ${one.visibility}${one.exported ? ' exported' : ''}`,
    ),
    [
      'class K public exported',
      'constant K.A public exported',
      'constant K.B public exported',
      'field K.s internal',
      'method K.K protected exported',
      'method K.toString public exported',
      'enum K.E internal',
      'constant K.E.ONE public',
      'constant K.E.TWO public',
      'field K.E.n private',
      'class K.P internal',
      'field K.P.x internal',
      'field K.P.y internal',
      'method K.P.P internal',
      'interface K.I internal',
      'method K.I.f public',
      'method K.I.g public',
      'interface K.An internal',
      'method K.An.value public',
      'class Hidden internal',
      'method Hidden.f public',
    ].map((line) => line.replace(/^constant (K\.[AB] )/, 'field $1')),
  )
  assert.equal(component('a/K.java#K').signature, 'public abstract class K<T>')
  assert.equal(component('a/K.java#K').doc, 'A `K`.')
  assert.deepEqual(component('a/K.java#K').details?.typeParameters, [{ name: 'T', type: '', text: 'what is held' }])
  assert.equal(component('a/K.java#K.A').signature, 'public static final int A = 1')
})

test('members are found through imports, packages, inheritance and the types of receivers', async () => {
  const { from } = await analyseTexts([java], {
    'a/Base.java':
      'package a; public class Base<T> { protected T held; public T get() { return held; } static int count() { return 1; } }',
    'a/Thing.java':
      'package a; public class Thing { public Other other() { return null; } public static final int MAX = 1; enum Kind { ONE } }',
    'a/Other.java': 'package a; public class Other { public void go() { } public void go(int x, String... more) { } }',
    'b/Use.java': `package b;
import a.Base;
import a.*;
import static a.Thing.MAX;
class Use extends Base<Thing> {
  Thing field = new Thing();
  void f(java.util.List<Thing> list) {
    get().other().go();
    field.other().go(MAX);
    var x = held.other();
    x.go();
    for (Thing t : list) t.other();
    list.stream().map(Thing::other).forEach(o -> o.go(1, "a"));
    switch (kind) { case ONE: break; }
    super.count();
  }
  Thing.Kind kind;
}`,
  })
  assert.deepEqual(from('b/Use.java#Use.f'), [
    'b/Use.java#Use.f -calls-> a/Base.java#Base.count (receiver-type)',
    'b/Use.java#Use.f -calls-> a/Base.java#Base.get (inheritance)',
    'b/Use.java#Use.f -calls-> a/Other.java#Other.go (receiver-type)',
    'b/Use.java#Use.f -calls-> a/Other.java#Other.go~2 (receiver-type)',
    'b/Use.java#Use.f -calls-> a/Thing.java#Thing.other (receiver-type)',
    'b/Use.java#Use.f -references-> a/Base.java#Base.held (inheritance)',
    'b/Use.java#Use.f -references-> a/Thing.java#Thing.Kind.ONE (receiver-type)',
    'b/Use.java#Use.f -references-> a/Thing.java#Thing.MAX (import)',
    'b/Use.java#Use.f -references-> b/Use.java#Use.field (same-file)',
    'b/Use.java#Use.f -references-> b/Use.java#Use.kind (same-file)',
    'b/Use.java#Use.f -uses-type-> a/Thing.java#Thing (import)',
  ])
  assert.deepEqual(from('b/Use.java#Use.field'), [
    'b/Use.java#Use.field -instantiates-> a/Thing.java#Thing (import)',
    'b/Use.java#Use.field -uses-type-> a/Thing.java#Thing (import)',
  ])
  assert.deepEqual(from('b/Use.java'), [
    'b/Use.java -imports-> a/Base.java (import)',
    'b/Use.java -imports-> a/Thing.java (import)',
  ])
})

test('super never means an interface in Java', async () => {
  const { from } = await analyseTexts([java], {
    'I.java': 'interface I { String toString(); }\n',
    'A.java': 'class A implements I { public String toString() { return super.toString() + "!"; } }\n',
  })
  assert.deepEqual(
    from('A.java#A.toString').filter((one) => one.includes('-calls->')),
    [],
  )
})

test('what a field begins with, its annotations and anonymous classes belong to the field', async () => {
  const { from } = await analyseTexts([java], {
    'K.java': `class K {
  @Mark final Maker maker = new Maker() { Made make() { return helper(); } };
  static Made helper() { return null; }
}
@interface Mark { } interface Maker { Made make(); } class Made { }`,
  })
  assert.deepEqual(from('K.java#K.maker'), [
    'K.java#K.maker -calls-> K.java#K.helper (same-file)',
    'K.java#K.maker -instantiates-> K.java#Maker (same-file)',
    'K.java#K.maker -overrides-> K.java#Maker.make (inheritance)',
    'K.java#K.maker -uses-type-> K.java#Made (same-file)',
    'K.java#K.maker -uses-type-> K.java#Maker (same-file)',
    'K.java#K.maker -uses-type-> K.java#Mark (same-file)',
  ])
})

test('a lambda knows its parameters by the interface of the repository that it is given as', async () => {
  const { from } = await analyseTexts([java], {
    'K.java': `class K {
  interface Visitor<T> { void visit(T one, int depth); default void done() { } }
  static <T> void walk(T start, Visitor<T> visitor) { }
  static void each(Visitor<Node> visitor) { }
  static class Node { void touch() { } Node next() { return this; } }
  void f() { each((node, depth) -> node.next().touch()); Visitor<Node> v = (a, b) -> a.touch(); }
}`,
  })
  const edges = from('K.java#K.f')
  assert.ok(edges.includes('K.java#K.f -calls-> K.java#K.Node.next (receiver-type)'))
  assert.ok(edges.includes('K.java#K.f -calls-> K.java#K.Node.touch (receiver-type)'))
})

test('a lambda tells a type parameter only if no other argument does, whatever their order', async () => {
  const { from } = await analyseTexts([java], {
    'K.java': `class K {
  interface Sink<T> { void take(T one); }
  interface Source<T> { T get(); }
  static class Box<T> { T get() { return null; } }
  static <T> Box<T> of(Sink<T> sink, T seed) { return null; }
  static <T> Box<T> by(Source<T> source) { return null; }
  static class Plan { void run() { } }
  static class Order { void run() { } }
  static Plan make() { return null; }
  void f() { of(one -> make(), new Order()).get().run(); }
  void g() { by(() -> make()).get().run(); }
}`,
  })
  const runs = (name: string): string[] => from(name).filter((edge) => edge.includes('.run '))
  assert.deepEqual(runs('K.java#K.f'), ['K.java#K.f -calls-> K.java#K.Order.run (receiver-type)'])
  assert.deepEqual(runs('K.java#K.g'), ['K.java#K.g -calls-> K.java#K.Plan.run (receiver-type)'])
})

test('the type parameter of a method is what its arguments say', async () => {
  const { from } = await analyseTexts([java], {
    'K.java': `class K {
  static <T> T read(String s, Class<T> type) { return null; }
  static class A { void go() { } }
  void f() { read("x", A.class).go(); }
}`,
  })
  assert.ok(from('K.java#K.f').includes('K.java#K.f -calls-> K.java#K.A.go (receiver-type)'))
})

test('overloads are told apart by number and types of arguments, as javac does', async () => {
  const { from } = await analyseTexts([java], {
    'K.java': `class K {
  void v(String s) { } void v(boolean b) { } void v(long l) { } void v(Object o) { } void v(int a, int b) { }
  void a() { v("x"); } void b() { v(true); } void c() { v(1); } void d(K k) { v(k); } void e() { v(1, 2); }
}`,
  })
  const target = (name: string): string | undefined =>
    from(`K.java#K.${name}`).find((edge) => edge.includes('-calls->'))
  assert.equal(target('a'), 'K.java#K.a -calls-> K.java#K.v (same-file)')
  assert.equal(target('b'), 'K.java#K.b -calls-> K.java#K.v~2 (same-file)')
  assert.equal(target('c'), 'K.java#K.c -calls-> K.java#K.v~3 (same-file)')
  assert.equal(target('d'), 'K.java#K.d -calls-> K.java#K.v~4 (same-file)')
  assert.equal(target('e'), 'K.java#K.e -calls-> K.java#K.v~5 (same-file)')
})

test('only what can be overridden is: not what is private, static or of another package alone', async () => {
  const { edges } = await analyseTexts([java], {
    'a/A.java':
      'package a; public class A { private void p() { } static void s() { } void q() { } public void o() { } }',
    'b/B.java': 'package b; class B extends a.A { void p() { } void s() { } void q() { } public void o() { } }',
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-overrides->')),
    ['b/B.java#B.o -overrides-> a/A.java#A.o (inheritance)'],
  )
})

test('an overload overrides the one with its parameter types, whatever their annotations', async () => {
  const { edges } = await analyseTexts([java], {
    'A.java': 'interface A { void to(List<? extends @Nullable T> a); void to(Class<? extends @Nullable T> a); }',
    'B.java': 'class B implements A { public void to(List<? extends T> a) {} public void to(Class<? extends T> a) {} }',
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-overrides->')),
    ['B.java#B.to -overrides-> A.java#A.to (inheritance)', 'B.java#B.to~2 -overrides-> A.java#A.to~2 (inheritance)'],
  )
})

test('of two classes with one full name the nearer is meant', async () => {
  const { edges } = await analyseTexts([java], {
    'one/src/p/Same.java': 'package p; public class Same { public void f() { } }',
    'two/src/p/Same.java': 'package p; public class Same { public void f() { } }',
    'two/src/p/Use.java': 'package p; class Use { void g(Same s) { s.f(); } }',
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-calls->')),
    ['two/src/p/Use.java#Use.g -calls-> two/src/p/Same.java#Same.f (receiver-type)'],
  )
})

test('a name of a library is no guess', async () => {
  const { edges } = await analyseTexts([java], {
    'A.java': 'class A { void exotic() { } }',
    'B.java':
      'import org.lib.Thing; class B { void f(Thing t, Unknown u) { t.exotic(); Thing.make().exotic(); u.exotic(); } }',
  })
  assert.deepEqual(edges, [])
})

test('a constructor calls the constructors that it begins with', async () => {
  const { edges } = await analyseTexts([java], {
    'A.java': 'class A { A(int x) { } A(String s) { this(1); } }',
    'B.java': 'class B extends A { B() { super("x"); } B(A other) { super(other.hashCode()); } }',
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-calls->')),
    [
      'A.java#A.A~2 -calls-> A.java#A.A (same-file)',
      'B.java#B.B -calls-> A.java#A.A~2 (inheritance)',
      'B.java#B.B~2 -calls-> A.java#A.A (inheritance)',
    ],
  )
})

test('what is said before a statement of fields is said of each', async () => {
  const { component } = await analyseTexts([java], {
    'K.java': `class K {
  /** About both. */
  @Deprecated
  static final int A = 1, B = 2;
}`,
  })
  const { doc, signature, startLine, endLine } = component('K.java#K.B')
  assert.deepEqual(
    { doc, signature, startLine, endLine },
    {
      doc: 'About both.',
      signature: 'static final int B = 2',
      startLine: 3,
      endLine: 4,
    },
  )
})

test('a long value has no body in a signature, a short one stays', async () => {
  const { component } = await analyseTexts([java], {
    'a/A.java': `package a;
class A {
  static final int[] SOME = {1, 2};
  static final Comparator<String> ORDER = new Comparator<String>() {
    @Override public int compare(String a, String b) { int result = a.length() - b.length(); return result; }
  };
  enum Kind { ONE("one") { @Override String name() { String name = "a name that is long enough"; return name + name; } } }
  static final List<String> NAMES = List.of("the first of many names {", "the second of them", "and the third of all");
  void f(
      int a,
      int b
  ) {}
}
`,
  })
  assert.equal(component('a/A.java#A.SOME').signature, 'static final int[] SOME = {1, 2}')
  assert.equal(
    component('a/A.java#A.ORDER').signature,
    'static final Comparator<String> ORDER = new Comparator<String>() {…}',
  )
  assert.equal(component('a/A.java#A.Kind.ONE').signature, 'ONE("one") {…}')
  assert.equal(component('a/A.java#A.NAMES').signature, 'static final List<String> NAMES = …')
  assert.equal(component('a/A.java#A.f').signature, 'void f(int a, int b)')
})

test('method references are no calls', async () => {
  const { from } = await analyseTexts([java], {
    'A.java': `class A {
  static int b(int x) { return x; }
  int c(int x) { return x; }
  void go(java.util.List<Integer> list) { list.stream().map(A::b).map(this::c).map(A::new); }
}`,
  })
  assert.deepEqual(from('A.java#A.go'), [
    'A.java#A.go -references-> A.java#A.b (receiver-type)',
    'A.java#A.go -references-> A.java#A.c (receiver-type)',
    'A.java#A.go -uses-type-> A.java#A (same-file)',
  ])
})

test('bodies of constants of an enum, and of classes without a name that fields hold, implement', async () => {
  const { edges } = await analyseTexts([java, kotlin], {
    'Kind.java': `enum Kind {
  DIGIT { @Override boolean matches(char c) { return true; } },
  DOT { boolean matches(char c) { return false; } };
  abstract boolean matches(char c);
}
interface Task { void run(); }
class Holder {
  static final Task EMPTY = new Task() { public void run() { } };
  Task make() { return new Task() { public void run() { } }; }
}
`,
    'Level.kt': `enum class Level {
  LOW {
    override fun weight(): Int = 1
  },
  HIGH {
    override fun weight(): Int = 2
  };

  abstract fun weight(): Int
}
`,
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-overrides->')),
    [
      'Kind.java#Holder.EMPTY -overrides-> Kind.java#Task.run (inheritance)',
      'Kind.java#Kind.DIGIT -overrides-> Kind.java#Kind.matches (inheritance)',
      'Kind.java#Kind.DOT -overrides-> Kind.java#Kind.matches (inheritance)',
      'Level.kt#Level.HIGH -overrides-> Level.kt#Level.weight (inheritance)',
      'Level.kt#Level.LOW -overrides-> Level.kt#Level.weight (inheritance)',
    ],
  )
})

test('where a file imports one name from several types, what is given tells which is called; nothing is guessed', async () => {
  const subject = (name: string): string =>
    `package a; public class ${name} { public static ${name} assertThat(${name}Value it) { return null; } }`
  const { edges } = await analyseTexts([java], {
    'a/One.java': subject('One'),
    'a/OneValue.java': 'package a; public class OneValue { public String text() { return ""; } }',
    'a/Two.java': subject('Two'),
    'a/TwoValue.java': 'package a; public class TwoValue { }',
    'b/Use.java': `package b;
import a.OneValue;
import a.TwoValue;
import static a.One.assertThat;
import static a.Two.assertThat;
import static com.google.common.truth.Truth.assertThat;
class Use {
  void f(OneValue one) {
    assertThat(one);
  }
  void g(TwoValue two) {
    assertThat(two);
  }
  void h(OneValue one, Exception e) {
    assertThat(one.text());
    assertThat(e);
    assertThat(e.getMessage());
  }
}`,
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-calls->') && edge.includes('assertThat')),
    [
      'b/Use.java#Use.f -calls-> a/One.java#One.assertThat (import)',
      'b/Use.java#Use.g -calls-> a/Two.java#Two.assertThat (import)',
    ],
  )
})

test('a type parameter takes only what its bounds allow, in Java and in Kotlin', async () => {
  const { from } = await analyseTexts([java, kotlin], {
    'a/S.java': `package a;
interface Command { }
interface Query<R> { }
class Ask implements Query<String> { }
class Order implements Command { }
class Sender {
  <C extends Command> void send(C command) { }
  <R> R send(Query<R> query) { return null; }
}`,
    'a/U.java': `package a;
class U {
  void asks(Sender s) { s.send(new Ask()); }
  void orders(Sender s) { s.send(new Order()); }
}`,
    'b/S.kt': `package b
interface Command
interface Query<R>
class Ask : Query<String>
class Order : Command
class Sender {
  fun <C> send(command: C) where C : Command { }
  fun <R> send(query: Query<R>): R? = null
}
class U {
  fun asks(s: Sender) { s.send(Ask()) }
  fun orders(s: Sender) { s.send(Order()) }
}`,
  })
  const called = (id: string): readonly string[] =>
    from(id).flatMap((edge) => /-calls-> (\S+#Sender\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(called('a/U.java#U.asks'), ['a/S.java#Sender.send~2'])
  assert.deepEqual(called('a/U.java#U.orders'), ['a/S.java#Sender.send'])
  assert.deepEqual(called('b/S.kt#U.asks'), ['b/S.kt#Sender.send~2'])
  assert.deepEqual(called('b/S.kt#U.orders'), ['b/S.kt#Sender.send'])
})
