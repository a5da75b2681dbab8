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
  protected def m(a: Int, b: Int*)(c: Int): Int = { val local = 1; local }
  type Alias = Map[String, Int]
  def this(a: Int) = this(a, "")
}
object K { private def make = new K(1, "") }
case class C(a: Int)
trait T { def abs: Int }
enum Color { case Red, Green }
`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.kind} ${one.id.slice(8)} ${one.visibility}`),
    [
      'class K public',
      'field K.x public',
      'field K.y private',
      'field K.p internal',
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
  assert.deepEqual(calls('a'), [go, 'Thing.make (receiver-type)'])
  assert.deepEqual(calls('b'), [go, 'Thing./ (receiver-type)'])
  assert.deepEqual(calls('c'), [go, 'Tools.Ext.extend (receiver-type)'])
  assert.deepEqual(calls('d'), [go, 'Thing.make (receiver-type)', 'Tools.each (import)'])
  assert.deepEqual(calls('e'), [go, 'Thing.make (receiver-type)'])
  assert.deepEqual(calls('f'), ['Thing.make (receiver-type)'])
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
