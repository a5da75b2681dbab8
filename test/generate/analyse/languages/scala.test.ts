import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scala } from '#generate/analyse/languages/scala/scala.ts'
import { analyseTexts } from './analyse-texts.ts'

test('declarations of Scala have kinds, visibility and doc comments', async () => {
  const { analysis, component } = await analyseTexts([scala], {
    'K.scala': `package a
package b
/** A thing. */
sealed abstract class K[T](val x: Int, y: String) extends Base(x) with I {
  private[a] val p = 1
  private[this] val q = 1
  protected def m(a: Int, b: Int*)(c: Int): Int = { val local = 1; local }
  type Alias = Map[String, Int]
  def this(a: Int) = this(a, "")
}
object K { private def make = new K(1, "") }
case class C(a: Int)
trait T { def abs: Int }
enum Color { case Red, Green }
object Types { private type Own = Int; private[a] type Near = Int; type All = Int }
`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.kind} ${one.id.slice(8)} ${one.visibility}`),
    [
      'class K public',
      'field K.x public',
      'field K.y private',
      'field K.p internal',
      'field K.q private',
      'method K.m protected',
      'type K.Alias public',
      'method K.this public',
      'class K~2 public',
      'method K.make private',
      'class C public',
      'field C.a public',
      'trait T public',
      'method T.abs public',
      'enum Color public',
      'constant Color.Red public',
      'constant Color.Green public',
      'class Types public',
      'type Types.Own private',
      'type Types.Near internal',
      'type Types.All public',
    ],
  )
  assert.equal(component('K.scala#K').doc, 'A thing.')
})

const LIBRARY = {
  'lib/Thing.scala': `package lib
class Thing(val other: Other) { def make: Other = other; def /(s: String): Thing = this }
object Thing { def apply(x: Int): Thing = new Thing(new Other); val one: Thing = Thing(1) }
class Other { def go(): Unit = () }
case class Box(thing: Thing)
object Tools { implicit class Ext(val t: Thing) { def extend: Other = t.other }; def each(f: Thing => Unit): Unit = () }`,
}

test('names are found through imports, companions, operators, implicit classes and lambdas', async () => {
  const { from } = await analyseTexts([scala], {
    ...LIBRARY,
    'app/Use.scala': `package app
import lib.{Thing => Renamed, Box, _}
import lib.Tools._
class Use {
  def a(): Unit = Renamed(1).make.go()
  def b(): Unit = (Renamed.one / "x").other.go()
  def c(t: Thing): Unit = t.extend.go()
  def d(): Unit = each { t => t.make.go() }
  def e(xs: List[Thing]): Unit = for (x <- xs; o = x.make) o.go()
  def f(x: Any): Unit = x match { case t: Thing => t.make; case Box(i) => i }
}`,
  })
  const calls = (name: string): string[] =>
    from(`app/Use.scala#Use.${name}`)
      .filter((edge) => edge.includes('-calls->'))
      .map((edge) => edge.slice(edge.indexOf('#', 20) + 1))
  const go = 'Other.go (receiver-type)'
  assert.deepEqual(calls('a'), [go, 'Thing.apply (receiver-type)', 'Thing.make (receiver-type)'])
  assert.deepEqual(calls('b'), [go, 'Thing./ (receiver-type)'])
  assert.deepEqual(calls('c'), [go, 'Tools.Ext.extend (receiver-type)'])
  assert.deepEqual(calls('d'), [go, 'Thing.make (receiver-type)', 'Tools.each (import)'])
  assert.deepEqual(calls('e'), [go, 'Thing.make (receiver-type)'])
  assert.deepEqual(calls('f'), ['Thing.make (receiver-type)'])
})

test('a name in the type arguments of an expression is the class, not its companion; one of a package clause is no use', async () => {
  const { from, analysis } = await analyseTexts([scala], {
    'lib/Thing.scala': `package lib
object Thing { val one = 1 }
class Thing`,
    'lib/sub/package.scala': `package lib
package object sub { def sub(): Int = 1 }`,
    'lib/sub/Use.scala': `package lib.sub
class Use {
  val a = Map.empty[lib.Thing, Int]
  def b(xs: Any): Any = xs.asInstanceOf[lib.Thing]
  def c(): Int = lib.Thing.one
}`,
    'lib/sub/Block.scala': `package lib.sub {
  class Block
}`,
  })
  const edges = (name: string): string[] =>
    from(`lib/sub/Use.scala#Use.${name}`).map((edge) => edge.replace(/^\S+ -|lib\/Thing.scala#| \(.*/g, ''))
  assert.deepEqual(edges('a'), ['uses-type-> Thing~2'])
  assert.deepEqual(edges('b'), ['uses-type-> Thing~2'])
  assert.deepEqual(edges('c'), ['references-> Thing.one', 'uses-type-> Thing'])
  assert.deepEqual([from('lib/sub/Use.scala'), from('lib/sub/Block.scala')], [[], []])
  assert.ok(analysis.components.some(({ id }) => id === 'lib/sub/Block.scala#Block'))
})

test('a call of a type runs apply of its companion, a call of a value that of its class, unless a case class is made', async () => {
  const { from } = await analyseTexts([scala], {
    'lib/Thing.scala': `package lib
class Thing(n: Int) { def apply(key: String): Other = new Other; def go(): Unit = () }
object Thing { def apply(n: Int): Thing = new Thing(n) }
class Other { def hit(): Unit = () }
case class Box(n: Int, name: String = "")
object Box { def apply(other: Other): Box = Box(1); def apply(a: Int, b: Int, c: Int): Box = Box(a) }
object Tool { def apply(n: Int): Other = new Other }
trait Maker { def apply(n: Int): Other = new Other }
object Made extends Maker`,
    'app/Use.scala': `package app
import lib._
class Use(held: Thing) {
  def a(): Unit = Thing(1).go()
  def b(thing: Thing): Unit = thing("x").hit()
  def c(): Unit = { Box(1); Box(1, "x") }
  def d(): Unit = Box(1, 2, 3)
  def e(): Unit = Tool(1).hit()
  def f(): Unit = held("x")
  def g(): Unit = Made(1)
}`,
  })
  const edges = (name: string): string[] =>
    from(`app/Use.scala#Use.${name}`)
      .filter((edge) => /-(?:calls|instantiates|uses-type)->/.test(edge))
      .map((edge) =>
        edge
          .replace(/^\S+ -/, '')
          .replace(/->.*#/, ' ')
          .replace(/ \(.*/, ''),
      )
  assert.deepEqual(edges('a'), ['calls Thing.apply~2', 'calls Thing.go', 'uses-type Thing~2'])
  assert.deepEqual(edges('b'), ['calls Other.hit', 'calls Thing.apply', 'uses-type Thing'])
  assert.deepEqual(edges('c'), ['instantiates Box'])
  assert.deepEqual(edges('d'), ['calls Box.apply~2', 'uses-type Box~2'])
  assert.deepEqual(edges('e'), ['calls Other.hit', 'calls Tool.apply', 'uses-type Tool'])
  assert.deepEqual(edges('f'), ['calls Thing.apply'])
  assert.deepEqual(edges('g'), ['calls Made', 'calls Maker.apply'])
})

test('an import renames in Scala 3, and names may contain `as`', async () => {
  const { from } = await analyseTexts([scala], {
    ...LIBRARY,
    'as/Case.scala': 'package lib.as\nclass Case { def hit(): Unit = () }\n',
    'app/Use.scala': `package app
import lib.Thing as Renamed, lib.as.Case
import lib.Tools as \`T\`
import lib.{given Other, Box as Crate}
class Use {
  def a(): Unit = Renamed(1).make.go()
  def b(c: Case): Unit = c.hit()
  def c(): Unit = T.each { t => t.make }
  def d(box: Crate): Unit = box.thing.make
  def e(other: Other): Unit = other.go()
}`,
  })
  const calls = (name: string): string[] =>
    from(`app/Use.scala#Use.${name}`)
      .filter((edge) => edge.includes('-calls->'))
      .map((edge) => edge.slice(edge.indexOf('#', 20) + 1).replace(/ .*/, ''))
  assert.deepEqual(calls('a'), ['Other.go', 'Thing.apply', 'Thing.make'])
  assert.deepEqual(calls('b'), ['Case.hit'])
  assert.deepEqual(calls('c'), ['Thing.make', 'Tools.each'])
  assert.deepEqual(calls('d'), ['Thing.make'])
  assert.deepEqual(calls('e'), [])
})

test('a lambda implements the method of a trait that has no body, whatever its parameters', async () => {
  const { from } = await analyseTexts([scala], {
    'K.scala': `package k
class Thing { def go(): Unit = () }
trait Taker { def log(n: Int): Unit = (); def run(x: Thing = null, y: Int => Int): Unit }
class Use {
  def take(t: Taker): Unit = ()
  def use(): Unit = take { (x, y) => x.go() }
}
`,
  })
  assert.ok(from('K.scala#Use.use').includes('K.scala#Use.use -calls-> K.scala#Thing.go (receiver-type)'))
})

test('a bare name is a function in scope, not a method that an implicit class adds to `this`', async () => {
  const { from } = await analyseTexts([scala], {
    'A.scala':
      'package a\nobject Tools {\n  def plan(x: Int)(f: Int => Int): Int = f(x)\n  implicit class Ops(t: Any) {\n    def plan(f: Int => Int): Int = again(f)\n    def again(f: Int => Int): Int = 1\n  }\n}\n',
    'B.scala':
      'package b\nimport a.Tools._\nclass Use {\n  def use(): Int = plan(1)(x => x)\n  def other(): Int = this.again(x => x)\n}\n',
  })
  assert.deepEqual(from('B.scala#Use.use'), ['B.scala#Use.use -calls-> A.scala#Tools.plan (import)'])
  assert.deepEqual(from('B.scala#Use.other'), ['B.scala#Use.other -calls-> A.scala#Tools.Ops.again (receiver-type)'])
  assert.deepEqual(from('A.scala#Tools.Ops.plan'), [
    'A.scala#Tools.Ops.plan -calls-> A.scala#Tools.Ops.again (same-file)',
  ])
})

test('what is compiled for one version of Scala uses nothing that is compiled for another one only', async () => {
  const code = (own: string): string =>
    `package a\nobject Tools {\n  def plan(x: Int): Int = x\n}\nclass Only${own} {\n  def go(): Int = Tools.plan(1)\n}\n`
  const test = 'package a\nclass UseTest {\n  def use(x: Only2): Int = Tools.plan(x.go())\n}\n'
  const { from } = await analyseTexts([scala], {
    'src/main/scala-2.13+/Tools.scala': code('2'),
    'src/main/scala-2.13-/Tools.scala': code('1'),
    'src/main/scala-3/Tools.scala': code('3'),
    'src/main/scala-2/Both.scala': 'package a\nclass Both(x: Only2)\n',
    'src/test/scala-3/UseTest.scala': test,
    'src/test/scala-2/Use2Test.scala': test.replace('UseTest', 'Use2Test'),
  })
  const inTest = from('src/test/scala-3/UseTest.scala#UseTest.use').join('\n')
  assert.match(inTest, /-calls-> src\/main\/scala-3\/Tools\.scala#Tools\.plan/)
  assert.doesNotMatch(inTest, /scala-2/)
  assert.match(
    from('src/test/scala-2/Use2Test.scala#Use2Test.use').join('\n'),
    /-> src\/main\/scala-2\.13\+\/Tools\.scala#Only2 /,
  )
  assert.match(
    from('src/main/scala-2.13-/Tools.scala#Only1.go').join('\n'),
    /-> src\/main\/scala-2\.13-\/Tools\.scala#Tools\.plan/,
  )
  assert.match(from('src/main/scala-2/Both.scala#Both.x').join('\n'), /#Only2 /)
})

test('nested package clauses bring the names of the packages around', async () => {
  const { from } = await analyseTexts([scala], {
    'A.scala': 'package a\nclass Outer',
    'B.scala': 'package a\npackage b\nclass Inner(o: Outer)',
    'C.scala': 'package a.c\nclass Other(o: Outer)',
  })
  assert.deepEqual(from('B.scala#Inner.o'), ['B.scala#Inner.o -uses-type-> A.scala#Outer (package)'])
  assert.deepEqual(from('C.scala#Other.o'), [])
})

test('a method ends with its body, not with the comment of the next member', async () => {
  const { component } = await analyseTexts([scala], {
    'K.scala': `trait T {
  /** One. */
  def one: Int =
    wrap(1)

  /** Two. */
  def two(x: Int) =
    x match {
      case a => b; c
    }

  /* said */
  // twice
  val three = 3
  // last
}
`,
  })
  const lines = ['T.one', 'T.two', 'T.three', 'T'].map((name) => {
    const { startLine, endLine, doc } = component(`K.scala#${name}`)
    return `${name} ${startLine}-${endLine} ${doc ?? ''}`
  })
  assert.deepEqual(lines, ['T.one 3-4 One.', 'T.two 7-10 Two.', 'T.three 14-14 ', 'T 1-16 '])
})

test('types mean the trait, values its companion object', async () => {
  const { from } = await analyseTexts([scala], {
    'M.scala': 'package m\nsealed trait Mode\nobject Mode { case object One extends Mode; val all = 1 }\n',
    'U.scala': `package m
class U {
  def typed(mode: Mode): Unit = ()
  def valued(): Unit = Mode.One
  def whole(): Any = Mode
}
`,
  })
  assert.deepEqual(from('U.scala#U.typed'), ['U.scala#U.typed -uses-type-> M.scala#Mode (package)'])
  assert.deepEqual(from('U.scala#U.valued'), [
    'U.scala#U.valued -uses-type-> M.scala#Mode.One (receiver-type)',
    'U.scala#U.valued -uses-type-> M.scala#Mode~2 (package)',
  ])
  assert.deepEqual(from('U.scala#U.whole'), ['U.scala#U.whole -uses-type-> M.scala#Mode~2 (package)'])
})

test('code of Scaladoc is a code block', async () => {
  const { component } = await analyseTexts([scala], {
    'K.scala': `/**
 * Parses. Use {{{run()}}} or [[Other the other]]:
 * {{{
 * val parser = {
 *   opt[Int]('f', "<li> @tag").action((x, c) => x)
 *
 *   end
 * }
 * }}}
 * Then it ends with a [[T]].
 * @param x {{{a}}} first
 */
class K(x: Int)
`,
  })
  const { doc, details } = component('K.scala#K')
  assert.equal(
    doc,
    'Parses. Use `run()` or [the other](symbol:Other):\n\n```scala\nval parser = {\n  opt[Int](\'f\', "<li> @tag").action((x, c) => x)\n\n  end\n}\n```\n\nThen it ends with a `T`.',
  )
  assert.equal(details?.parameters?.[0]?.text, '`a` first')
})

test('members of instances stay in them, whatever their braces, and extensions keep their receivers', async () => {
  const { analysis } = await analyseTexts([scala], {
    'Box.scala': `package shop
package object boxes {
  trait Order[A] { def less(a: A, b: A): Boolean }
  object Order {
    given [A]: Order[List[A]] with {
      def less(a: List[A], b: List[A]): Boolean = {
        a.size < b.size
      }
    }

    given ints: Order[Int] with {
      def less(a: Int, b: Int): Boolean = a < b
    }

    given Order[String] with
      override def less(a: String, b: String): Boolean = a < b

    val last = 1
  }

  extension [F[_]: Order, A](box: F[A])
    @open
    def each: A = ???

    private def at(index: Int): A = {
      def inner = 1
      ???
    }

  extension (text: String) def loud: String = text
  def plain(text: String): String = text
}
`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.qualifiedName}: ${one.signature}`),
    [
      'Order: trait Order[A]',
      'Order.less: def less(a: A, b: A): Boolean',
      'Order: object Order',
      'Order.ints: given ints: Order[Int]',
      'Order.ints.less: def less(a: Int, b: Int): Boolean',
      'Order.last: val last',
      'each: extension [F[_]: Order, A](box: F[A]) def each: A',
      'at: extension [F[_]: Order, A](box: F[A]) private def at(index: Int): A',
      'loud: extension (text: String) def loud: String',
      'plain: def plain(text: String): String',
    ],
  )
  assert.deepEqual(
    analysis.exports['Box.scala']?.map(({ name }) => name),
    ['shop.boxes.Order', 'shop.boxes.Order', 'shop.boxes.each', 'shop.boxes.loud', 'shop.boxes.plain'],
  )
})

test('the comment and the keyword of a case class are not those of its parameters', async () => {
  const { component } = await analyseTexts([scala], {
    'R.scala':
      '/** It failed. */\ncase class Failed(\n  arg: Int,\n  /** What was given. */\n  tokens: Seq[String] = Nil\n)\n',
  })
  const [arg, tokens] = ['arg', 'tokens'].map((name) => component(`R.scala#Failed.${name}`))
  assert.deepEqual([arg?.signature, arg?.doc, arg?.startLine], ['arg: Int', null, 3])
  assert.deepEqual([tokens?.signature, tokens?.doc], ['tokens: Seq[String] = Nil', 'What was given.'])
  assert.equal(arg?.visibility, 'public')
})

test('an annotation deprecates the overload that it stands before, and its words are no modifiers', async () => {
  const { component } = await analyseTexts([scala], {
    'A.scala': `package a
trait Compare {
  /** Throws an exception. */
  // for compatibility
  @deprecated("Use the private one", "1.0.4")
  def fail(a: Int, b: Int): Nothing = { fail(a) }
  def fail(a: Int): Nothing = { throw new Exception }
}
`,
  })
  const [first, second] = ['A.scala#Compare.fail', 'A.scala#Compare.fail~2'].map(component)
  assert.equal(first?.details?.deprecated, 'Use the private one')
  assert.equal(first?.visibility, 'public')
  assert.equal(second?.details, undefined)
})

test('a definition whose name the grammar cannot read gives no other name, and no members outside', async () => {
  const { analysis } = await analyseTexts([scala], {
    'S.scala': `package a
object Types {
  type ⊤ = Any
}
class Eq[A](implicit ev: A) extends Base[A]()(ev) {
  def eqv(x: A): Boolean = true
}
@deprecated("Use another", "2")
class StreamHash[A](implicit ev: A) extends Eq[A]()(ev) with Hash[Stream[A]] {
  def hash(x: A): Int = 1
}
`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.kind} ${one.id}`),
    ['class S.scala#Types', 'class S.scala#Eq', 'field S.scala#Eq.ev', 'method S.scala#Eq.eqv'],
  )
})
