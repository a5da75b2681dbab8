/** A text in each language on tree-sitter, with what grammars make hidden nodes, aliases and extras of, and broken places. */
export const SAMPLES: Readonly<Record<string, string>> = {
  bash: `#!/bin/bash
# é comment
source ./lib.sh
readonly -a NAMES=(one "two $x")
greet() { local who=$1; echo "hi \${who:-you}" # trailing
  cat <<EOT
  text $(date)
EOT
}
if greet "$@"; then trap cleanup EXIT; fi
for f in *.sh; do . "$f"
`,
  c: `/* é */
#include "a.h"
#include <stdio.h>
#define MAX(a, b) ((a) > (b) ? (a) : (b))
typedef struct point { int x, y; } point;
enum kind { ONE = 1, TWO };
static inline int *find(const point *p, int (*each)(int)) /* why */ {
  for (int i = 0; i < MAX(p->x, 3); i++) if (each(i) /* here */) return &(*p).y;
  return ((point){ .x = 1 }).x ? NULL : 0;
}
int broken( { return f(1 2); }
`,
  cpp: `#pragma once
namespace a::b { template <typename T, int N = 3> class Box : public Base<T>, private Other {
 public:
  explicit Box(T t) : value_{t} {}
  ~Box() = default;
  virtual auto get() const -> T { return this->value_; }
  friend bool operator==(const Box& x, const Box& y);
 private:
  T value_ = make<T>(1, /* c */ 2);
}; }
using a::b::Box;
auto x = [&](int i) { return i + 1; };
template <> struct Box<int, 1> { operator bool() const; };
int main() { Box<int> b{1}; b.get().call(x(2), {1, 2}); throw 1 }
`,
  csharp: `using System; using static A.B;
namespace N { [Attr(1)] public sealed class C<T> : Base, IThing where T : new() {
  private readonly int x = 1, y; public string Name { get; set; } = "é";
  public event Action E; public C(int a) : base(a) { }
  public static async Task<int> F(this C<T> c, params int[] xs) { var z = await c?.G(x: 1) ?? 2; return z switch { 1 => 2, _ => xs[0] }; }
  record R(int A); enum K { One = 1, Two }
#if DEBUG
  int q;
#endif
} }
class {`,
  go: `package p // é
import ( "fmt"; x "a/b" )
type T[K comparable] struct { Base; m map[K]int \`tag\`; n, o int }
type I interface { M(int) (string, error); ~int | string }
func (t *T[K]) M(a, b int, rest ...string) (s string, err error) {
  for i, v := range rest { defer func() { fmt.Println(i, v, t.m[0]) }() }
  if x, ok := any(t).(I); ok { return x.M(1) } else { return T[int]{n: 1}.String(), nil }
}
const ( A = iota; B )
var c, d = f(), g
func broken( {
`,
  java: `package a.b; /* é */
import java.util.*; import static a.C.d;
@Deprecated public abstract class C<T extends Number & Runnable> extends D<T> implements E, F {
  private final int x = 1, y; static { init(); }
  public C(int... a) { this(a, null); }
  @Override public <R> R f(List<? super T> l, final int b) throws Exception { for (var q : l) { q.g(b -> b + 1, C::new); } return switch (b) { case 1 -> null; default -> { yield (R) l; } }; }
  enum K { ONE(1) { void m() {} }, TWO; } record P(int a, String b) {} interface Z { default void m() {} }
}
class Broken { void f( { } }
`,
  kotlin: `package a.b
import x.y.Z as W
/** é */
@JvmInline value class V<T : Any>(private val x: Int, y: String = "\${x.y} $z") : Base(y), I by z {
  companion object { const val A = 1; fun make(): V<Int> = V(1) }
  val p: Int by lazy { 1 }
  override suspend fun <R> String.f(vararg a: R, block: (Int) -> R?): R? = a.map { it?.let { q -> block(q ?: 1) } }.first()
}
fun g() { when (val x = h()) { is V<*> -> x.f(); in 1..2 -> 3; else -> {} } ; val (a, b) = p() }
fun broken( {
`,
  php: `<?php
namespace A\\B; use C\\{D, E as F}; use function G\\h;
/** é */
abstract class K extends D implements I, J { use T; const X = 1; private static ?int $y = 2;
  public function __construct(private readonly string $p, ...$rest) { parent::__construct($p); self::$y = $this->z()->w(...); }
  abstract function z(): static|null; }
enum S: string { case One = 'a'; } interface I {} trait T { function q() { return fn(int $x) => new F($x, name: 1); } }
echo "a {$x->y} $z[0]" ?> text <?= h() ?>
<?php function broken( {`,
  python: `# é
from a.b import c as d, (e
import f.g
@deco(1)
class A(B, metaclass=M):
    """Doc {x}."""
    x: int = 1
    async def f(self, a, *args, b=2, **kw) -> "C":
        return await self.g(f"{a!r:>{b}}", lambda y: y)[1:2] if a else [z for z in kw if z]
def broken(:
    match x:
        case A(b=1) | None: pass
`,
  ruby: `# é
require_relative "a/b"
module A; class B < C::D
  include E
  attr_accessor :x, :y
  CONST = %w[a b].freeze
  def f(a, b = 1, *c, d:, e: 2, **g, &h) = a.each { |x, (y, z)| yield x&.w(y) }
  class << self; def s; @t ||= <<~TEXT; end; end
    text #{interp}
  TEXT
  private def q? ; return super unless x in {a: Integer => n} ; end
end end
def broken( ; end
`,
  rust: `//! é
use a::{b::{self, C as D}, *};
#[derive(Debug)] pub struct S<'a, T: Tr + ?Sized> where T: Copy { pub(crate) x: &'a T, y: Vec<u8> }
pub enum E { A, B(u32, String), C { z: i32 } }
impl<'a, T> Tr for S<'a, T> { type O = E; const N: usize = 1; fn f(&mut self, n: impl Fn(u8) -> u8) -> Result<(), Box<dyn Err>> { let Some((a, b)) = self.g()? else { return Ok(()) }; for i in 0..n(1) { println!("{}", a.h::<u8>(|x| x + i)); } match b { E::B(q, ..) if q > 1 => (), _ => unsafe { w() } } Ok(()) } }
macro_rules! m { ($a:expr) => { let r = $a; match r { Some(x) => 1, None => 2 } } }
extern "C" { fn c(x: i32); }
fn broken( {
`,
  scala: `package a.b
import c.{d => e, _}
/** é */
sealed abstract class A[+T <: B](private val x: Int = 1)(implicit y: Y) extends C(x) with D with E { self: F =>
  lazy val p: Int = 1; def f[R](g: Int => R*): R = { case class L(z: Int); xs.map { case (a, b) if a > 1 => b; case _ => new L(2) } }
  type Q = (Int, String) => A[_]
}
object O { def apply(s: String) = s match { case "a" => s"\${s.x} $s"; case O(y) => y } ; given Ord[Int] with { def c = 1 } }
def broken( = {
`,
  swift: `import A.B
/// é
@available(iOS 13, *) public final class C<T: P>: D, E where T.X == Int {
  private(set) var x: Int = 1 { didSet { f() } } ; static let y = [1: "a \\(z)"]
  init?(_ a: Int, b c: String...) throws { super.init(); guard let q = a?.r, case .one(let s) = q else { return nil } }
  func f<R>(g: @escaping (Int) -> R) async rethrows -> [R]? { return try await xs.map { $0.h(1) { k in k + 1 } } }
  enum K: String { case one = "1", two; indirect case three(Int) } ; subscript(i: Int) -> Int { get { i } }
}
extension C: F { func m() {} } ; protocol P { associatedtype X; var v: Int { get } }
func broken( {
`,
}
