import assert from 'node:assert/strict'
import { test } from 'node:test'
import { java } from '#generate/analyse/languages/java/java.ts'
import { hideTypeArguments } from '#generate/analyse/languages/kotlin/generic-calls.ts'
import { kotlin } from '#generate/analyse/languages/kotlin/kotlin.ts'
import { withEndedMembers } from '#generate/analyse/languages/kotlin/one-line-bodies.ts'
import { analyseTexts } from './analyse-texts.ts'

test('declarations of Kotlin have kinds, visibility, signatures and doc comments', async () => {
  const { analysis, component } = await analyseTexts([kotlin], {
    'K.kt': `package a
/** A thing. */
@Suppress("x") open class K<T>(val x: Int = 1, private var y: T, z: String) : Base(x), I by y {
  companion object {
    const val MAX = 1
    fun make(): K<Int> = K(1, 2, "")
  }
  internal val p: Int get() = x
  constructor(a: Int) : this(a, 2, "")
  override fun m(a: Int, b: String = "x", vararg c: Int): Int {
    fun local() {}
    val v = 1
    return a
  }
  enum class E {
    ONE,
    TWO;
    fun f() = 1
  }
  interface In {
    fun g()
  }
  object O
}
fun String.ext(): Int = length
typealias Alias = Map<String, K<Int>>
val top = 1
`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.kind} ${one.qualifiedName} ${one.visibility}`),
    [
      'class K public',
      'field K.x public',
      'field K.y private',
      'field K.MAX public',
      'method K.make public',
      'field K.p internal',
      'method K.constructor public',
      'method K.m public',
      'enum K.E public',
      'constant K.E.ONE public',
      'constant K.E.TWO public',
      'method K.E.f public',
      'interface K.In public',
      'method K.In.g public',
      'class K.O public',
      'function ext public',
      'type Alias public',
      'constant top public',
    ],
  )
  assert.equal(component('K.kt#K').doc, 'A thing.')
  assert.equal(component('K.kt#K.m').signature, 'override fun m(a: Int, b: String = "x", vararg c: Int): Int')
})

const LIBRARY = {
  'lib/Thing.kt': `package lib
class Thing(val other: Other) {
  fun make() = Other()
  operator fun plus(x: Int): Other = other
  companion object {
    fun of(): Thing = Thing(Other())
  }
}
class Other {
  fun go() {}
}
fun Thing.extend(): Other = other
fun <T> T.any(): Int = 1
infix fun String.glue(x: String): Thing = Thing.of()
object Single {
  fun only() {}
}
inline fun build(block: Thing.() -> Unit): Thing = Thing.of().apply(block)
fun take(block: (Other) -> Unit) {}`,
}

test('names are found through imports, companions, extensions, operators and inference', async () => {
  const { from } = await analyseTexts([kotlin], {
    ...LIBRARY,
    'app/Use.kt': `package app
import lib.Thing
import lib.Single
import lib.extend
import lib.glue as stick
class Use {
  val thing = Thing.of()
  fun f(x: Any) {
    thing.make().go()
    thing.extend().go()
    (thing + 1).go()
    Single.only()
    thing.notImported()
  }
}`,
  })
  assert.deepEqual(from('app/Use.kt#Use.f'), [
    'app/Use.kt#Use.f -calls-> lib/Thing.kt#Other.go (receiver-type)',
    'app/Use.kt#Use.f -calls-> lib/Thing.kt#Single.only (receiver-type)',
    'app/Use.kt#Use.f -calls-> lib/Thing.kt#Thing.extend (receiver-type)',
    'app/Use.kt#Use.f -calls-> lib/Thing.kt#Thing.make (receiver-type)',
    'app/Use.kt#Use.f -calls-> lib/Thing.kt#Thing.plus (receiver-type)',
    'app/Use.kt#Use.f -references-> app/Use.kt#Use.thing (same-file)',
    'app/Use.kt#Use.f -uses-type-> lib/Thing.kt#Single (import)',
  ])
  assert.deepEqual(from('app/Use.kt'), ['app/Use.kt -imports-> lib/Thing.kt (import)'])
})

test('scope functions and functions with receivers say what `it` and `this` are', async () => {
  const { from } = await analyseTexts([kotlin], {
    ...LIBRARY,
    'lib/Use.kt': `package lib
fun a(t: Thing) { t.let { it.make() } }
fun b(t: Thing) { t.apply { make() } }
fun c(t: Thing) { with(t) { make() } }
fun d() { build { make() } }
fun e() { take { it.go() } }
fun g(l: List<Thing>) { l.filter { one -> one.other != null }.forEach { it.make() } }
fun h(t: Thing) { t.also { x -> x.make() }.make() }`,
  })
  for (const name of ['a', 'b', 'c', 'd', 'g', 'h']) {
    const edge = `lib/Use.kt#${name} -calls-> lib/Thing.kt#Thing.make (receiver-type)`
    assert.ok(from(`lib/Use.kt#${name}`).includes(edge), name)
  }
  assert.ok(from('lib/Use.kt#e').includes('lib/Use.kt#e -calls-> lib/Thing.kt#Other.go (receiver-type)'))
})

test('what `is` says of a value holds behind it, in conditions and in `when`', async () => {
  const { from } = await analyseTexts([kotlin], {
    ...LIBRARY,
    'lib/Use.kt': `package lib
fun a(x: Any) { if (x is Other) x.go() }
fun b(x: Any) = when (x) {
  is Other -> x.go()
  is Thing -> x.make()
  else -> x.go()
}
fun c(x: Any) { if (x !is Other) x.go() }`,
  })
  const calls = (name: string): string[] => from(`lib/Use.kt#${name}`).filter((edge) => edge.includes('-calls->'))
  assert.deepEqual(calls('a'), ['lib/Use.kt#a -calls-> lib/Thing.kt#Other.go (receiver-type)'])
  assert.deepEqual(calls('b'), [
    'lib/Use.kt#b -calls-> lib/Thing.kt#Other.go (receiver-type)',
    'lib/Use.kt#b -calls-> lib/Thing.kt#Thing.make (receiver-type)',
  ])
  assert.deepEqual(calls('c'), [])
})

test('what overrides a method keeps the values that it has by default', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/K.kt': `package p
open class Base {
  open fun make(name: String, must: Boolean = false) {}
  fun other(name: String) {}
}
object Own : Base() {
  override fun make(name: String, must: Boolean) {}
  fun other(name: String, more: Int) {}
}
`,
    'p/Use.kt': `package p
class T {
  private val own = Own
  fun t() {
    own.make("x")
    own.other("x")
  }
}
`,
  })
  assert.deepEqual(
    from('p/Use.kt#T.t').filter((edge) => edge.includes('calls')),
    ['p/Use.kt#T.t -calls-> p/K.kt#Base.other (inheritance)', 'p/Use.kt#T.t -calls-> p/K.kt#Own.make (receiver-type)'],
  )
})

test('an extension of a type from outside is called on values of types named like it', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/K.kt': `package p
import k.ReceiveChannel
fun <T> ReceiveChannel<T>.latest(): T = receive()
fun Moon.latest(): Int = 1
`,
    'p/Use.kt': `package p
import k.Channel
import k.Mailbox
class T<X>(channel: Channel<X>) {
  private val own = object : Channel<X> by channel {
    override fun close() {}
  }
  fun last() = own.latest()
}
fun shared(channel: Channel<Int>) = channel.latest()
fun other(box: Mailbox<Int>) = box.latest()
`,
  })
  const calls = (name: string) => from(`p/Use.kt#${name}`).filter((edge) => edge.includes('calls'))
  assert.deepEqual(calls('T.last'), ['p/Use.kt#T.last -calls-> p/K.kt#latest (receiver-type)'])
  assert.deepEqual(calls('shared'), ['p/Use.kt#shared -calls-> p/K.kt#latest (receiver-type)'])
  assert.deepEqual(calls('other'), [])
})

test('of extensions of equal name in several scopes the one whose package the file knows is meant', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/Result.kt': 'package p\nclass Result\nfun make(): Result = Result()\n',
    'p/a/Scope.kt': `package p.a
import p.Result
interface Together { fun Result.bind(): Int }
fun together(block: Together.() -> Int): Int = 1
`,
    'p/z/Scope.kt': `package p.z
import p.Result
interface Apart { fun Result.bind(): Int }
fun apart(block: Apart.() -> Int): Int = 1
`,
    'p/UseA.kt': 'package p\nimport p.a.together\nfun a() = together { make().bind() }\n',
    'p/UseZ.kt': 'package p\nimport p.z.apart\nfun z() = apart { make().bind() }\n',
  })
  assert.ok(from('p/UseA.kt#a').includes('p/UseA.kt#a -calls-> p/a/Scope.kt#Result.bind (receiver-type)'))
  assert.ok(from('p/UseZ.kt#z').includes('p/UseZ.kt#z -calls-> p/z/Scope.kt#Result.bind (receiver-type)'))
})

test('a call with type arguments and one argument is no comparison', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/K.kt': `package p
class Moon
class Box<T> { fun open(): T = x }
class Own : Box<Moon>(1)
class More<T>(val a: T)
fun <T> boxOf(a: Any): Box<T> = x
fun isLess(a: Int, b: Int) = a < b
`,
    'p/Use.kt': `package p
// boxOf<Own>(1)
fun made() {
  val box = boxOf<Moon>(listOf(2, 3))
  box.open()
}
`,
  })
  assert.deepEqual(from('p/Use.kt#made'), [
    'p/Use.kt#made -calls-> p/K.kt#Box.open (receiver-type)',
    'p/Use.kt#made -calls-> p/K.kt#boxOf (package)',
    'p/Use.kt#made -uses-type-> p/K.kt#Moon (package)',
  ])
  assert.deepEqual(from('p/K.kt#Own'), [
    'p/K.kt#Own -extends-> p/K.kt#Box (same-file)',
    'p/K.kt#Own -uses-type-> p/K.kt#Moon (same-file)',
  ])
})

test('many calls with type arguments take little time', () => {
  for (const part of ['a<B>(', 'a<B>("', 'a<B>(x)', 'a<', '<']) {
    const text = part.repeat(1_000_000 / part.length)
    const started = performance.now()
    assert.equal(hideTypeArguments(text).text.length, text.length)
    assert.ok(performance.now() - started < 8_000, part)
  }
})

test('a call of an extension on a value of unknown type is guessed by its name', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/K.kt': 'package p\nimport k.ReceiveChannel\nfun <T> ReceiveChannel<T>.latest(): T = receive()\n',
    'p/Use.kt': 'package p\nimport k.Channel\nfun made() {\n  val channel = Channel<Int>(2)\n  channel.latest()\n}\n',
  })
  assert.deepEqual(from('p/Use.kt#made'), ['p/Use.kt#made -calls-> p/K.kt#latest (unique-name)'])
})

test('Kotlin and Java know each other by imports and packages', async () => {
  const { edges } = await analyseTexts([kotlin, java], {
    'a/J.java': 'package a; public class J { public K make() { return new K(); } }',
    'a/K.kt': 'package a\nclass K { fun run(j: J) { j.make().run(j) } }',
  })
  assert.ok(edges.includes('a/J.java#J.make -instantiates-> a/K.kt#K (package)'))
  assert.ok(edges.includes('a/K.kt#K.run -calls-> a/J.java#J.make (receiver-type)'))
})

test('Kotlin that the grammar reads wrongly keeps its declarations', async () => {
  const { analysis, component, from } = await analyseTexts([kotlin], {
    'A.kt': `@OptIn(X::class)
actual class A {
  actual val size
    @JvmName("size")
    get() = 1
  fun call() {
    val copy = make()
    get(copy)
    by.run()
    if (true) {
      get(copy)
    }
  }
  fun <
    T,
    R,
  > open(block: context(T) () -> R): Map<T, R,> = all { override -> override.go() }
  fun assigned() {
    val set = made()
    set += 1
    open = true
    open(block)
  }
  fun after() = 1
}
@Target(CLASS)
annotation class Note
`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.kind} ${one.qualifiedName}`),
    ['class A', 'field A.size', 'method A.call', 'method A.open', 'method A.assigned', 'method A.after', 'class Note'],
  )
  assert.equal(component('A.kt#A').signature, 'actual class A')
  assert.deepEqual(from('A.kt#A.assigned'), ['A.kt#A.assigned -calls-> A.kt#A.open (same-file)'])
})

test('a lambda implements the method of an interface that has no body, whatever its parameters', async () => {
  const { from } = await analyseTexts([kotlin], {
    'K.kt': `package k
class Thing { fun go() {} }
fun interface Taker {
  fun log(n: Int) = 1
  fun other(n: Int) { log(n) }
  fun run(x: Thing, y: Int = 1)
}
fun take(t: Taker) {}
fun use() = take { x, y -> x.go() }
`,
  })
  assert.ok(from('K.kt#use').includes('K.kt#use -calls-> K.kt#Thing.go (receiver-type)'))
})

test('in a lambda for a function type with a receiver, a bare name is a member of the receiver', async () => {
  const { from } = await analyseTexts([kotlin], {
    'a/Api.kt': `package a
interface Base<T> { fun item(): T; fun done() }
interface Context<T> : Base<T> { fun close() }
suspend fun <T> Flow<T>.check(
  timeout: Duration? = null,
  validate: suspend Context<T>.() -> Unit,
) {}
fun plain(validate: Context<Int>.() -> Unit) {}
`,
    'b/Use.kt': `package b
import a.*
fun one() = flowOf(1).check { item(); close() }
fun two(flow: Flow<Int>) = runTest { flow.check { done() } }
fun four() = plain { done() }
fun five() = flowOf(1).map { it }.check(timeout = 1.seconds) { done() }
`,
  })
  const calls = (name: string): string[] =>
    from(`b/Use.kt#${name}`).flatMap(
      (edge) => /-calls-> a\/Api.kt#(Base|Context)\.(\w+)/.exec(edge)?.slice(1).join('.') ?? [],
    )
  assert.deepEqual(
    ['one', 'two', 'four', 'five'].map((name) => calls(name).sort()),
    [['Base.item', 'Context.close'], ['Base.done'], ['Base.done'], ['Base.done']],
  )
})

test('builders of kotlinx.coroutines make a Flow, whose extension may have a common name; `suspend` changes no function type', async () => {
  const { from } = await analyseTexts([kotlin], {
    'a/Api.kt': `package a
interface Context<T> { fun item(): T; fun done() }
suspend fun <T> Flow<T>.test(validate: suspend Context<T>.() -> Unit) {}
suspend fun over(block: suspend (Context<Int>) -> Unit) {}
`,
    'a/Use.kt': `package a
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
class Tests {
  fun item() = runTest { flowOf(1).test { item() } }
  fun done() = flow { emit(1) }.test { done() }
  fun each() = over { it.done() }
}
`,
    'b/Other.kt': 'package a\nfun other() = flowOf(1).test { done() }\n',
  })
  const calls = (id: string): string[] => from(id).flatMap((edge) => /-calls-> (\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(calls('a/Use.kt#Tests.item'), ['a/Api.kt#Context.item', 'a/Api.kt#test'])
  assert.deepEqual(calls('a/Use.kt#Tests.done'), ['a/Api.kt#Context.done', 'a/Api.kt#test'])
  assert.deepEqual(calls('a/Use.kt#Tests.each'), ['a/Api.kt#Context.done', 'a/Api.kt#over'])
  assert.deepEqual(calls('b/Other.kt#other'), [])
})

test('a member that does not take the arguments leaves the call to a function around it', async () => {
  const { from } = await analyseTexts([kotlin], {
    'A.kt': `package a
fun limit(time: Int, block: () -> Unit) {}
fun twice(time: Int) {}
class Timer {
  private fun limit(block: () -> Unit) { limit(1) { block() } }
  private fun twice(time: Int) {}
  fun run() { limit { }; twice(1) }
}
`,
  })
  assert.ok(from('A.kt#Timer.limit').includes('A.kt#Timer.limit -calls-> A.kt#limit (same-file)'))
  assert.deepEqual(
    from('A.kt#Timer.run').filter((one) => one.includes('calls')),
    ['A.kt#Timer.run -calls-> A.kt#Timer.limit (same-file)', 'A.kt#Timer.run -calls-> A.kt#Timer.twice (same-file)'],
  )
})

test('a constructor on the line after its nested class, annotations on one line, and dollar strings hide nothing', async () => {
  const { analysis } = await analyseTexts([kotlin], {
    'A.kt': `@Retention(RUNTIME) @Target(FUNCTION) public annotation class ToJson
public sealed class Reader : Closeable {
  public abstract fun peek(): Int
  public class Options<T>
  @Inject
  private constructor(internal val strings: Array<out String>) {
    public fun strings() = strings
  }
  public fun text(foo: String) = $$"{\\"$foo\\": $$foo}"
  public companion object {
    public fun of(a: Int): Reader = TODO()
  }
}
`,
  })
  assert.deepEqual(analysis.reports[0]?.failed, [])
  assert.deepEqual(
    analysis.components.map((one) => `${one.kind} ${one.qualifiedName}`),
    [
      'class ToJson',
      'class Reader',
      'method Reader.peek',
      'class Reader.Options',
      'field Reader.Options.strings',
      'method Reader.Options.strings',
      'method Reader.text',
      'method Reader.of',
    ],
  )
})

test('an extension of a companion is imported by its name, and goes before one of the package', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/Bytes.kt':
      'package p\nclass Bytes {\n  companion object {\n    fun ByteArray.toBytes(a: Int = 0) = Bytes()\n  }\n}',
    'p/Other.kt': 'package p\nfun NSData.toBytes() = 1\n',
    'p/Use.kt': `package p
import p.Bytes.Companion.toBytes
fun known(b: ByteArray) { b.toBytes(1) }
fun unknown() { val b = Random.nextBytes(3)
  b.toBytes()
}`,
    'p/Plain.kt': 'package p\nfun none(b: ByteArray) { b.toBytes() }',
  })
  for (const name of ['known', 'unknown']) {
    assert.deepEqual(from(`p/Use.kt#${name}`), [`p/Use.kt#${name} -calls-> p/Bytes.kt#Bytes.toBytes (receiver-type)`])
  }
  assert.deepEqual(from('p/Plain.kt#none'), [])
})

test('signatures have no bodies of values and of enums', async () => {
  const { analysis } = await analyseTexts([kotlin], {
    'a.kt':
      'enum class Kind { ONE, TWO }\nval all: Map<String, Int> by lazy { make { it } }\nval size = 3\ninterface Row {\n  fun cell(content: Any?, style: Cell.() -> Unit = {})\n}\nval run: (Int) -> Int = { it }\n',
  })
  const signatures = analysis.components.map(({ signature }) => signature)
  assert.ok(signatures.includes('enum class Kind'), signatures.join('\n'))
  assert.ok(signatures.includes('val all: Map<String, Int>'), signatures.join('\n'))
  assert.ok(signatures.includes('val size = 3'), signatures.join('\n'))
  assert.ok(signatures.includes('val run: (Int) -> Int'), signatures.join('\n'))
  assert.ok(signatures.includes('fun cell(content: Any?, style: Cell.() -> Unit = {})'), signatures.join('\n'))
})

test('a function whose result type is not written does not read as one that returns Unit', async () => {
  const { component } = await analyseTexts([kotlin], {
    'K.kt': `class Headers(code: Int) {
  constructor(a: String) : this(a.length)
  class Builder {
    fun add(name: String) = add(name, "x")
    fun ecdsa() = apply { x = 1 }
    fun other(b: () -> Int): Int = b()
    fun none() { go() }
    fun String.own() = apply { go() }
  }
}`,
  })
  for (const [name, signature] of [
    ['constructor', 'constructor(a: String)'],
    ['Builder.add', 'fun add(name: String) = …'],
    ['Builder.ecdsa', 'fun ecdsa(): Builder'],
    ['Builder.other', 'fun other(b: () -> Int): Int'],
    ['Builder.none', 'fun none()'],
    ['Builder.own', 'fun String.own() = …'],
  ])
    assert.equal(component(`K.kt#Headers.${name}`).signature, signature)
})

test('references to functions are no calls', async () => {
  const { from } = await analyseTexts([kotlin], {
    'a.kt': `fun f(x: Int): Int = x
class K {
  fun m(x: Int): Int = x
  fun go() { listOf(1).map(::f).map(this::m).map(K::m) }
}`,
  })
  assert.deepEqual(from('a.kt#K.go'), [
    'a.kt#K.go -references-> a.kt#K.m (receiver-type)',
    'a.kt#K.go -references-> a.kt#f (same-file)',
    'a.kt#K.go -uses-type-> a.kt#K (same-file)',
  ])
})

test('a class is not what its companion is', async () => {
  const { from } = await analyseTexts([kotlin], {
    'A.kt':
      'package p\ninterface Space<T>\ninterface Hue\nclass Lab : Hue {\n  companion object : Space<Lab> {\n    val a = 1\n  }\n}\n',
  })
  assert.deepEqual(
    from('A.kt#Lab').filter((one) => /-(?:implements|extends|uses-type)->/.test(one)),
    ['A.kt#Lab -implements-> A.kt#Hue (same-file)', 'A.kt#Lab -uses-type-> A.kt#Space (same-file)'],
  )
})

test('an annotation that changes the type of a function is part of its signature, others are not', async () => {
  const { component } = await analyseTexts([kotlin], {
    'K.kt': 'package a\nfun first() {}\n@Composable\nfun show(size: Int): Unit {}\n@JvmStatic fun plain() {}\n',
  })
  assert.equal(component('K.kt#show').signature, '@Composable fun show(size: Int): Unit')
  assert.equal(component('K.kt#plain').signature, 'fun plain()')
})

test('an extension of a bounded type parameter is called on what the bound takes', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/A.kt': `package p
open class View
class Button : View()
class Dialog
fun <T : View> T.show(f: Int) {}
fun <T : Dialog> T.show(f: Int) {}
fun <T> T.tap() {}
fun <T : Any> T.log() {}
fun dialog(d: Dialog) { d.show(1) }
fun button(b: Button) { b.show(1); b.tap(); b.log() }
`,
  })
  assert.deepEqual(
    from('p/A.kt#dialog').filter((edge) => edge.includes('-calls->')),
    ['p/A.kt#dialog -calls-> p/A.kt#show~2 (receiver-type)'],
  )
  assert.deepEqual(
    from('p/A.kt#button').filter((edge) => edge.includes('-calls->')),
    [
      'p/A.kt#button -calls-> p/A.kt#log (receiver-type)',
      'p/A.kt#button -calls-> p/A.kt#show (receiver-type)',
      'p/A.kt#button -calls-> p/A.kt#tap (receiver-type)',
    ],
  )
})

test('an extension of an outside type is called on subclasses in the repository', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/A.kt': `package p
import android.app.Activity
import android.app.Dialog
open class Base : Activity()
class Main : Base()
class Ints : ArrayList<Int>()
fun Activity.snack(text: String) {}
fun Dialog.pop() {}
fun List<Int>.total2() = 0
fun main(m: Main, i: Ints) { m.snack("z"); m.pop(); i.total2() }
`,
  })
  assert.deepEqual(
    from('p/A.kt#main').filter((edge) => edge.includes('-calls->')),
    ['p/A.kt#main -calls-> p/A.kt#snack (receiver-type)', 'p/A.kt#main -calls-> p/A.kt#total2 (receiver-type)'],
  )
})

test('a class is no enum because an annotation mentions one', async () => {
  const { analysis } = await analyseTexts([kotlin], {
    'A.kt': '@Deprecated("Use the enum B.")\nclass A {}\n\n@Named("b")\nenum class B { X, Y }\n',
  })
  assert.deepEqual(
    analysis.components.map(({ kind, name }) => `${kind} ${name}`),
    ['class A', 'enum B', 'constant X', 'constant Y'],
  )
})

test('a doc comment above an annotation with an argument belongs to the declaration below', async () => {
  const { component } = await analyseTexts([kotlin], {
    'A.kt':
      'package a\n\n/** Doc one. */\n@JvmName("x")\nfun one() = 1\n\n/** Doc two. */\n@OptIn(Some::class)\n@Suppress("a")\nabstract class Two(a: Int)\n\n/** Doc three. */\n@Deprecated("Use one.")\nval three = 1\n\n/** Lost. */\nrun("x")\nfun four() = 1\n',
  })
  assert.deepEqual(
    ['one', 'Two', 'three', 'four'].map((name) => component(`A.kt#${name}`).doc?.split('\n')[0]),
    ['Doc one.', 'Doc two.', 'Doc three.', undefined],
  )
  assert.equal(component('A.kt#three').details?.deprecated, 'Use one.')
})

test('a function that overrides outside of a class was lost by a syntax error and is not exported', async () => {
  const { component } = await analyseTexts([kotlin], {
    'a.kt': 'package a\n\noverride fun render(text: String): String = text\n\nfun plan() {}\n',
  })
  assert.equal(component('a.kt#render').exported, false)
  assert.equal(component('a.kt#plan').exported, true)
})

test('what a variadic function may take as well as one that takes a list leaves the choice open', async () => {
  const { analysis } = await analyseTexts([kotlin], {
    'K.kt':
      'package a\nimport b.other\n\nfun add(all: Iterable<Int>) {}\nfun add(vararg all: Int) {}\nfun log(text: String) {}\nfun log(text: String, vararg all: Int) {}\n\nfun run() {\n  add(other())\n}\n\nfun tell() {\n  log(other())\n}\n',
  })
  const confidenceOf = (from: string): number =>
    analysis.edges.find((edge) => edge.from === `K.kt#${from}` && edge.kind === 'calls')?.confidence ?? 0
  assert.ok(confidenceOf('run') < 0.9)
  assert.ok(confidenceOf('tell') >= 0.9)
})

test('a call that a function does not take makes an instance of the class of that name', async () => {
  const { from } = await analyseTexts([kotlin], {
    'p/Model.kt': `package p
class Section private constructor(val rows: List<String>, val style: String?) {
  fun cells() {}
  class Builder { fun build() = Section(listOf(), null) }
}
fun Section(initializer: Section.Builder.() -> Unit): Section = Section.Builder().apply(initializer).build()
`,
    'p/Use.kt': `package p
fun use() { Section { } }
interface Row { fun cells(vararg content: String) }
fun row(content: Row.() -> Unit) {}
fun given(vararg cells: String) { row { cells.size } }
`,
  })
  assert.deepEqual(
    from('p/Model.kt#Section.Builder.build').filter((edge) => edge.includes('Section ')),
    ['p/Model.kt#Section.Builder.build -instantiates-> p/Model.kt#Section (same-file)'],
  )
  assert.ok(from('p/Use.kt#use').some((edge) => edge.includes('-calls-> p/Model.kt#Section~2')))
  assert.doesNotMatch(from('p/Use.kt#given').join('\n'), /Row\.cells/)
})

/** Bodies on one line, with the qualified names of all components, in order. */
const ONE_LINE: readonly (readonly [text: string, names: string])[] = [
  ['class A { val k = 1 }\nclass B { fun k() { go() } }\nfun m() {\n}', 'A A.k B B.k m'],
  ['interface A { fun f(): Int }\ninterface B { fun f(): Int }\nfun m() {\n}', 'A A.f B B.f m'],
  [
    'class A { companion object { const val X = 1 } }\nclass B { val x: Int get() { return 1 } }\nclass C',
    'A A.X B B.x C',
  ],
  ['sealed interface A { data class B(val x: Int = f { 1 }) : A }\nobject C { }\nclass D {}', 'A A.B A.B.x C D'],
  [
    'enum class A { B, C }\nenum class D { E { override fun f() = 1 }, F; open fun f() = 2 }\nclass G',
    'A A.B A.C D D.E D.F D.f G',
  ],
  [`enum class A(val s: String) { B("}"), C("\${ of("{").map { it } }") }\nclass D`, 'A A.s A.B A.C D'],
  [`class A { val s = "a \${ if (x) { "}" } else { '"' } } $b }"; val c = '}' }\nclass B`, 'A A.s A.c B'],
  [
    `class A { val s = """ " } \${ of { "1" } } "" """ } // }\nclass B { /* } */ val x = 1 /* { */ }\nclass C`,
    'A A.s B B.x C',
  ],
  [
    'val a = object : B { override fun c() { go() } }\nfun d(x: Any) = when (x) { is E -> 1 else -> x::class.let { 2 } }\nclass F',
    'a d F',
  ],
]

for (const [text, names] of ONE_LINE) {
  test(`types that end on a line with members are read whole: ${JSON.stringify(text)}`, async () => {
    const { analysis, incidents } = await analyseTexts([kotlin], { 'A.kt': `package a\n${text}\n` })
    assert.equal(analysis.components.map((one) => one.qualifiedName).join(' '), names)
    assert.deepEqual(incidents, [])
  })
}

test('a text of many brackets and quotes is looked through for one-line bodies in linear time', () => {
  for (const part of ['"${', 'class A { ', '"""${', '`', "'\\", '"\\', '$$ ', ' }', '/*'])
    assert.equal(withEndedMembers(part.repeat(100_000)).length, part.length * 100_000)
})

test('a parameter or a value in a function that is called is no function of that name, one of a named type is', async () => {
  const { from } = await analyseTexts([kotlin], {
    'Other.kt': 'fun configure(x: Int) {}\nfun name() {}\nfun make() {}\n',
    'App.kt': `fun run(configure: ((Int) -> Unit)?, name: String) { configure?.invoke(1); configure(1); name() }
fun other(configure: (Int) -> Unit) { listOf(1).forEach { configure(it) } }
fun local() { val make = { 1 }; make() }
fun own() { val make = make() }
`,
  })
  for (const id of ['other', 'local']) assert.deepEqual(from(`App.kt#${id}`), [])
  assert.deepEqual(from('App.kt#run'), ['App.kt#run -calls-> Other.kt#name (package)'])
  assert.deepEqual(from('App.kt#own'), ['App.kt#own -calls-> Other.kt#make (package)'])
})

test('no type is lost below annotations with arguments, and their names are uses', async () => {
  const { analysis, from } = await analyseTexts([kotlin], {
    'K.kt': `package a

class Foo

@RunWith(Foo::class)
@Config(sdk = [1])
class C {
  fun m() {}
}

class D

@Qualifier
@Retention(AnnotationRetention.BINARY)
annotation class Q

@EntryPoint @InstallIn(Foo::class)
internal interface E {
  fun run()
}

fun last(count: Int): Int {
  var open = count
  open++
  return open
}
`,
  })
  assert.deepEqual(
    analysis.components.map(({ id }) => id.slice(5)),
    ['Foo', 'C', 'C.m', 'D', 'Q', 'E', 'E.run', 'last'],
  )
  assert.deepEqual(from('K.kt#E'), ['K.kt#E -uses-type-> K.kt#Foo (same-file)'])
})

test('comments between annotations, and annotations of every form, hide no declaration', async () => {
  const heads = [
    ['// One.\n@A(1)\n// An internal note of @B.\n@Json("q")\n/* Two. */\n', '@A(1) @Json("q")'],
    ['@[A B]\n@A<Int>(1) ', '@[A B] @A'],
    ['@A(1)\n/** Doc. */\n', '@A(1)'],
    ['@a.b.C\n@Mark\n', '@a.b.C @Mark'],
    ['@A(1) ', '@A(1)'],
  ] as const
  const kinds = [
    ...['internal class C', 'enum class C { E, F }', 'data object C', 'annotation class C', 'sealed interface C'],
    ...['private object C', 'fun interface C', 'public fun C() {}', 'val C = 1', 'typealias C = Int'],
  ]
  const shapes = heads.flatMap(([head, marks]) => kinds.map((kind) => [`${head}${kind}`, marks] as const))
  const texts = shapes.map(([shape], at) => [`${at}.kt`, `package a\n\nclass B\n\n${shape}\n\nclass D\n`])
  const { analysis } = await analyseTexts([kotlin], Object.fromEntries(texts))
  for (const [at, [shape, marks]] of shapes.entries()) {
    const own = analysis.components.filter(({ file, parent }) => file === `${at}.kt` && parent === null)
    assert.deepEqual(
      own.map(({ name }) => name),
      ['B', 'C', 'D'],
      shape,
    )
    const [, found] = own
    assert.equal(found?.visibility, /\b(?:internal|private)(?= class| object)/.exec(shape)?.[0] ?? 'public', shape)
    assert.equal(found?.decorators?.join(' '), marks, shape)
    assert.match(found?.signature ?? '', /^(?!.*[@/]).*\bC\b/, shape)
  }
})

test('classes below several annotations, and annotation classes, are read with their members', async () => {
  const { analysis } = await analyseTexts([kotlin], {
    'K.kt': `package a

/** A plan. */
@OptIn(A::class)
@Mark
open class Plan protected constructor() {
  fun go() {}
}

/** A burn. */
@OptIn(A::class)
@Mark
internal class Burn private constructor() {
  fun fire() {}
}

@OptIn(A::class)
@Mark
open class Wait {
  fun rest() {}
}

@Mark
annotation class First

@Keep(a = "b")
@Target(
  A.CLASS,
)
annotation class Second

/** Marks it. */
annotation class Third

@Mark
class Rest(name: String) : Plan(name), Waiting {
  fun go(plan: Plan) {
    run(plan) { if (plan.isFar()) { stop() } }
  }

  @Suppress("Far")
  context(session: Session)
  fun Plan.isFar(): Boolean {
    with(session) { return true }
  }
}
`,
  })
  assert.deepEqual(
    analysis.components.map(({ qualifiedName, visibility, doc, endLine }) => [qualifiedName, visibility, doc, endLine]),
    [
      ['Plan', 'public', 'A plan.', 8],
      ['Plan.go', 'public', null, 7],
      ['Burn', 'internal', 'A burn.', 15],
      ['Burn.fire', 'public', null, 14],
      ['Wait', 'public', null, 21],
      ['Wait.rest', 'public', null, 20],
      ['First', 'public', null, 24],
      ['Second', 'public', null, 30],
      ['Third', 'public', 'Marks it.', 33],
      ['Rest', 'public', null, 46],
      ['Rest.go', 'public', null, 39],
      ['Plan.isFar', 'public', null, 45],
    ],
  )
  assert.deepEqual(
    analysis.components.filter(({ kind }) => kind === 'class').map(({ signature }) => signature),
    [
      'open class Plan protected constructor()',
      'internal class Burn private constructor()',
      'open class Wait',
      'annotation class First',
      'annotation class Second',
      'annotation class Third',
      'class Rest(name: String) : Plan(name), Waiting',
    ],
  )
})
