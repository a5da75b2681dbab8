import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hideMacros } from '#generate/analyse/languages/c-family/hide-macros.ts'
import { cpp } from '#generate/analyse/languages/cpp/cpp.ts'
import { languageOfText } from '#generate/inventory/language-of-text.ts'
import { analyseTexts } from './analyse-texts.ts'

const SHAPES = {
  'shape.hpp': `#pragma once
namespace a { namespace b {
/// A shape.
class Shape {
 public:
  virtual ~Shape();
  virtual double area() const = 0;
  int id; ///< The id.
 protected:
  void helper(int x);
 private:
  int secret_;
};
class Circle : public Shape {
 public:
  explicit Circle(double r);
  double area() const override;
};
template <typename T> class Box { public: T get() const { return value_; } private: T value_; };
enum class Color { Red };
int over(int x);
int over(const char* s);
} }
`,
  'shape.cpp': `#include "shape.hpp"
namespace a { namespace b {
Circle::Circle(double r) {}
double Circle::area() const { helper(1); return 1; }
void Shape::helper(int x) { secret_ = x; }
int over(int x) { return x; }
int over(const char* s) { return 1; }
} }
`,
}

test('members have the visibility of their section; those defined elsewhere belong to the class', async () => {
  const { component, from } = await analyseTexts([cpp], SHAPES)
  const shape = 'shape.hpp#a.b.Shape'
  assert.equal(component(shape).doc, 'A shape.')
  assert.equal(component(`${shape}.id`).doc, 'The id.')
  assert.equal(component(`${shape}.area`).visibility, 'public')
  assert.equal(component(`${shape}.helper`).visibility, 'protected')
  assert.equal(component(`${shape}.secret_`).visibility, 'private')
  assert.equal(component(`${shape}.secret_`).exported, false)
  assert.equal(component('shape.cpp#a.b.Circle.area').kind, 'method')
  assert.equal(component('shape.cpp#a.b.over~2').kind, 'function')
  assert.ok(from('shape.hpp#a.b.Circle').includes('shape.hpp#a.b.Circle -extends-> shape.hpp#a.b.Shape (same-file)'))
  assert.ok(
    from('shape.cpp#a.b.Circle.area').includes(
      'shape.cpp#a.b.Circle.area -calls-> shape.cpp#a.b.Shape.helper (inheritance)',
    ),
  )
  assert.ok(
    from('shape.cpp#a.b.Circle.area').includes(
      'shape.cpp#a.b.Circle.area -overrides-> shape.hpp#a.b.Shape.area (inheritance)',
    ),
  )
})

test('overloads with built-in types have the documentation of their own prototypes', async () => {
  const { analysis } = await analyseTexts([cpp], {
    'put.hpp':
      'namespace io {\n/** Puts a whole string. */\nvoid put(const char *s);\n/** Puts one. */\nvoid put(char c);\n}\n',
    'put.cpp':
      '#include "put.hpp"\nnamespace io {\nvoid put(char c) {}\nvoid put(const char *text) { while (*text) put(*text++); }\n}\n',
  })
  const docs = analysis.components
    .filter(({ kind }) => kind === 'function')
    .map(({ signature, doc }) => [signature, doc])
  assert.deepEqual(docs, [
    ['void put(char c)', 'Puts one.'],
    ['void put(const char *text)', 'Puts a whole string.'],
  ])
})

test('what a module imports is no variable, and what it exports is there', async () => {
  const { analysis } = await analyseTexts([cpp], {
    'a.cppm': `module;
#include <vector>
export module orbit.plan;
import std;
import std.compat;
export import <vector>;

/// A plan.
export class Plan { public: int length() const { return 1; } };
export template <class T> T twice(T a) { return a; }
export namespace orbit { int fly(int a); }
`,
  })
  assert.deepEqual(analysis.components.map(({ qualifiedName }) => qualifiedName).sort(), [
    'Plan',
    'Plan.length',
    'orbit',
    'orbit.fly',
    'twice',
  ])
})

test('calls are found through namespaces, using, aliases, templates, lambdas and casts, overloads by their types', async () => {
  const { from } = await analyseTexts([cpp], {
    ...SHAPES,
    'main.cpp': `#include "shape.hpp"
using namespace a::b;
namespace ab = a::b;
void one() { over("x"); }
void two() { ab::over(3); }
void three(Box<Circle> box) { auto c = box.get(); c.area(); }
void four(void* p) { static_cast<a::b::Circle*>(p)->area(); }
void five() { auto f = [](const Circle& q) { q.area(); }; }
void six() { Color c = Color::Red; }
void seven() { auto* n = new Circle(1); n->id = 2; }
`,
  })
  const line = (of: string, to: string): boolean => from(`main.cpp#${of}`).some((edge) => edge.includes(`-> ${to} (`))
  assert.ok(line('one', 'shape.cpp#a.b.over~2') && !line('one', 'shape.cpp#a.b.over'))
  assert.ok(line('two', 'shape.cpp#a.b.over') && !line('two', 'shape.cpp#a.b.over~2'))
  assert.ok(line('three', 'shape.hpp#a.b.Box.get') && line('three', 'shape.cpp#a.b.Circle.area'))
  assert.ok(line('four', 'shape.cpp#a.b.Circle.area'))
  assert.ok(line('five', 'shape.cpp#a.b.Circle.area'))
  assert.ok(line('six', 'shape.hpp#a.b.Color.Red'))
  assert.ok(line('seven', 'shape.hpp#a.b.Shape.id'))
  assert.ok(from('main.cpp#seven').includes('main.cpp#seven -instantiates-> shape.hpp#a.b.Circle (import)'))
})

test('only what is virtual is overridden', async () => {
  const { analysis } = await analyseTexts([cpp], {
    'a.cpp': 'struct A { void f() {} virtual void g() {} };\nstruct B : A { void f() {} void g() {} };\n',
  })
  const overrides = analysis.edges.filter(({ kind }) => kind === 'overrides').map(({ from }) => from)
  assert.deepEqual(overrides, ['a.cpp#B.g'])
})

test('a method that overrides a virtual one is virtual without the keyword', async () => {
  const { from } = await analyseTexts([cpp], {
    'a.cpp':
      'struct Base { virtual void f(int); };\nstruct Mid : Base { void f(int); };\nstruct Leaf : Mid { void f(int); };\n',
  })
  assert.deepEqual(
    from('a.cpp#Leaf.f').filter((edge) => edge.includes('overrides')),
    ['a.cpp#Leaf.f -overrides-> a.cpp#Mid.f (inheritance)'],
  )
})

test('what takes something else, or stands for what is not virtual, overrides nothing, wherever it is defined', async () => {
  const { analysis } = await analyseTexts([cpp], {
    'a.hpp':
      'struct Text {};\nstruct A { int* add(int* x); virtual void run(int x); virtual ~A(); void plain(int x); };\nstruct B : A { int* add(Text x) { return 0; } void run(int x); void run(Text x); void plain(int x); };\n',
    'a.cpp':
      '#include "a.hpp"\nint* A::add(int* x) { return x; }\nvoid A::run(int x) {}\nvoid A::plain(int x) {}\nvoid B::run(int x) {}\nvoid B::run(Text x) {}\nvoid B::plain(int x) {}\n',
  })
  const overrides = analysis.edges.filter(({ kind }) => kind === 'overrides').map(({ from }) => from)
  assert.deepEqual([...new Set(overrides)].sort(), ['a.cpp#B.run', 'a.hpp#B.run'])
})

test('that the compiler has to write out a template is no use of it', async () => {
  const { from } = await analyseTexts([cpp], {
    'a.hpp': 'struct Plan { template <class T> Plan* draw(bool x); };\n',
    'a.cpp': '#include "a.hpp"\ntemplate Plan* Plan::draw<int>(bool);\n',
  })
  assert.deepEqual(from('a.cpp'), ['a.cpp -imports-> a.hpp (import)'])
})

test('names that no include brings, and overloads of several files that are undecided, are no edge', async () => {
  const { analysis } = await analyseTexts([cpp], {
    'a.hpp': 'namespace n { int seen(); template <typename T> int both(T x); }\n',
    'b.hpp': '#include "a.hpp"\nnamespace n { int far(); template <typename T> int both(T* x); }\n',
    'c.cpp': '#include "a.hpp"\nnamespace n { void here() { seen(); far(); } }\n',
    'd.cpp': '#include "b.hpp"\nvoid there(int* x) { n::far(); n::both(x); }\n',
  })
  const calls = analysis.edges.filter(({ kind }) => kind === 'calls').map(({ from, to }) => `${from} ${to}`)
  assert.deepEqual(calls.sort(), ['c.cpp#n.here a.hpp#n.seen', 'd.cpp#there b.hpp#n.far'])
})

test('macros open namespaces and define tests', async () => {
  const { component, from } = await analyseTexts([cpp], {
    'config.hpp': '#define LIB_BEGIN namespace lib {\n#define LIB_END }\n',
    'lib.hpp': '#include "config.hpp"\nLIB_BEGIN\n\nnamespace detail { int z(); }\nint run();\n\nLIB_END\n',
    'test.cpp':
      '#include "lib.hpp"\nTEST(Suite, Case) { lib::run(); lib::detail::z(); }\n#if A\n#else\nTEST(Suite, Other) {}\n#endif\n',
  })
  assert.equal(component('test.cpp#TEST(Suite,Case)').kind, 'function')
  assert.equal(component('test.cpp#TEST(Suite,Other)').kind, 'function')
  const calls = from('test.cpp#TEST(Suite,Case)').filter((edge) => edge.includes('-calls->'))
  assert.deepEqual(
    calls.map((edge) => edge.split(' ')[2]),
    ['lib.hpp#detail.z', 'lib.hpp#run'],
  )
})

test('a macro before the attributes of a class is hidden', () => {
  assert.equal(hideMacros('class API_ [[nodiscard]] Plan {};\n').text, 'class      [[nodiscard]] Plan {};\n')
})

test('macros among the qualifiers of a function, and calling conventions, are hidden', () => {
  const hidden = (text: string): string => hideMacros(text).text.replace(/ +/g, ' ')
  assert.equal(
    hidden('struct S { bool f() const MACRO { return true; } };'),
    'struct S { bool f() const { return true; } };',
  )
  assert.equal(hidden('struct S { void f() MACRO override; };'), 'struct S { void f() override; };')
  assert.equal(hidden('extern "C" int __stdcall f();\nclass K {};'), 'extern "C" int f();\nclass K {};')
})

test('members are read that are defined outside of their class, with three qualifiers', async () => {
  const text =
    'a::b::C::C() {}\ntemplate <typename T> a::b::D<T>::D() {}\na::b::C::~C() {}\nint &a::b::C::get() {}\nint *a::b::C::all() {}\n'
  const { analysis } = await analyseTexts([cpp], { 'a.cpp': text })
  assert.deepEqual(
    analysis.components.map(({ name }) => name),
    ['C', 'D', '~C', 'get', 'all'],
  )
})

test('what only the preprocessor understands hides no declaration around it', async () => {
  const text = [
    '#if HAS(<x.h>) || HAS(a::b)',
    '#endif',
    '#ifdef __cplusplus',
    'extern "C" {',
    '#endif',
    'KIND(int, first);',
    'PRAGMA(push all)',
    'int tail(char& x MACRO, int y) {',
    '  if MACRO (x) return unsigned(y) << 2;',
    '  DO_TRY { tail(x, y); }',
    '  DO_CATCH(...) {}',
    '  EXPECT(throw y, error);',
    '  return CALLED(x, y);',
    '}',
    'class WIDE {',
    '  WIDE(int, int);',
    '  MACRO ~WIDE();',
    '};',
    'INLINE a::B::B(int x) : y(x) {}',
    'void INLINE a::B::f() {}',
    'template <typename T>',
    'INLINE C<T>::C() {}',
    '#ifdef __cplusplus',
    '}',
    '#endif',
    '',
  ].join('\n')
  const { text: hidden, refs } = hideMacros(text)
  assert.equal(hidden.length, text.length)
  assert.deepEqual(
    hidden.split('\n').map((line) => line.trimEnd()),
    [
      '#if HAS(_x_h_) || HAS(a__b)',
      '#endif',
      '#ifdef __cplusplus',
      '',
      '#endif',
      '                ;',
      '',
      'int tail(char& x      , int y) {',
      '  if       (x) return         (y) << 2;',
      '         { tail(x, y); }',
      '                {}',
      '  EXPECT(      y, error);',
      '  return CALLED(x, y);',
      '}',
      'class WIDE {',
      '  WIDE(int, int);',
      '        ~WIDE();',
      '};',
      '       a::B::B(int x) : y(x) {}',
      'void        a::B::f() {}',
      'template <typename T>',
      '       C<T>::C() {}',
      '#ifdef __cplusplus',
      '',
      '#endif',
      '',
    ],
  )
  assert.equal(refs.length, 10)
  const { analysis } = await analyseTexts([cpp], { 'a.cpp': text })
  const ids = analysis.components.map(({ id }) => id)
  assert.ok(ids.includes('a.cpp#tail') && ids.includes('a.cpp#WIDE'))
})

test('a header is C++ when it says what C cannot, outside of what it has for C++ alone', () => {
  assert.equal(languageOfText('c', 'a.h', '#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n'), 'c')
  assert.equal(languageOfText('c', 'a.h', '#ifdef __cplusplus\nnamespace a {\n#endif\nint f(void);\n'), 'c')
  assert.equal(languageOfText('c', 'a.h', '#pragma once\nnamespace a {\nint f();\n}\n'), 'cpp')
  assert.equal(languageOfText('c', 'a.h', 'template <typename T>\nT f();\n'), 'cpp')
  assert.equal(languageOfText('c', 'a.h', 'INLINE bool a::B::f(int x) {\n}\n'), 'cpp')
  assert.equal(languageOfText('c', 'a.h', '/* As in\n a::B::f(x) */\n// a::g()\nint f(int x);\n'), 'c')
})

test('comments of pragmas and empty branches are of no declaration, one over a line of the preprocessor is', async () => {
  const { analysis } = await analyseTexts([cpp], {
    'b.hpp': '/** Copyright (C) 2012 A. All rights reserved. */\n#ifndef B\n#define B\n/** Of the file. */\n#endif\n',
    'a.hpp': `// vim: ts=2:sw=2
#pragma once
namespace n {
static constexpr struct {
  int major, minor;
} version = { 1, 2 };
class Dog {
public:
  Dog(int a) : a_(a) {}
  explicit Dog(char *s) noexcept : a_{0} {}
  int a_;
};
/// Over a line.
#ifdef X
int over(int a);
#endif
/** Apart. */

int apart(int b) { return b; }
#if defined(__GNUC__)
#define PUSH DO(x)
#else
// define other compilers here if needed
#define PUSH
#endif
WARN_OFF("-Wx")
// This will be ignored under other compilers.
class It { int a; };
}
`,
  })
  const said = analysis.components
    .filter(({ file }) => file === 'a.hpp')
    .map(({ id, signature, doc }) => `${id.slice(6)}: ${signature} ${doc}`)
  assert.deepEqual(said, [
    'n: namespace n null',
    'n.version: static constexpr struct { int major, minor; } version null',
    'n.version.major: int major null',
    'n.version.minor: int minor null',
    'n.Dog: class Dog null',
    'n.Dog.Dog: Dog(int a) null',
    'n.Dog.Dog~2: explicit Dog(char *s) noexcept null',
    'n.Dog.a_: int a_ null',
    'n.over: int over(int a) Over a line.',
    'n.apart: int apart(int b) Apart.',
    'PUSH: #define PUSH null',
    'PUSH~2: #define PUSH null',
    'n.It: class It null',
    'n.It.a: int a null',
  ])
  assert.deepEqual(
    analysis.components.filter(({ file }) => file === 'b.hpp').map(({ doc }) => doc),
    [null],
  )
})

test('labels in comments and strings begin no section', async () => {
  const { analysis } = await analyseTexts([cpp], {
    'a.hpp': `class A {
 public:
  // private: do not call.
  void f();
  /* protected: */
  const char* s = "private: no";
  void g();
 protected:
  void h();
};
`,
  })
  assert.deepEqual(
    analysis.components.slice(1).map(({ name, visibility }) => `${name} ${visibility}`),
    ['f public', 's public', 'g public', 'h protected'],
  )
})

test('a macro opens a section of a class as far as its name says so, and ends no class', async () => {
  const { analysis } = await analyseTexts([cpp], {
    'a.hpp': `class A {
  using own = int;
  PRIVATE_UNLESS_TESTED:
    union state {
      /// A number.
      int number;
      state() = default;
    };
  ORBIT_SLOTS:
    void inner();
  ORBIT_PUBLIC:
    int level() { if (true) goto END; END: return 1; }
  public:
    void f();
};
`,
  })
  assert.deepEqual(
    analysis.components.map(({ qualifiedName, visibility }) => `${qualifiedName} ${visibility}`),
    [
      'A public',
      'A.own private',
      'A.state private',
      'A.state.number public',
      'A.state.state public',
      'A.inner private',
      'A.level public',
      'A.f public',
    ],
  )
})

test('a comment on a group of members, and what is marked as internal, is no doc of a member', async () => {
  const { component } = await analyseTexts([cpp], {
    'a.hpp': `/****************\\
 * Plans burns of ships. *
 * It takes their time.  *
\\****************/
class A {
 public:
  /// @name types
  /// Types of the standard library.
  /// @{

  using size = int;
  /*!
  @brief Plans one.
  @internal
  Uses a table.
  @endinternal
  @nosubgrouping
  @note Twice.
  */
  void plan
  (
    int count
  );
  A(list ways = {}, int size = 1) noexcept : ways(ways) {}
  /* #define SLOW // uncomment for slow plans */
  void slow();
};
`,
  })
  assert.equal(component('a.hpp#A').doc, 'Plans burns of ships.\nIt takes their time.')
  assert.equal(component('a.hpp#A.size').doc, null)
  assert.equal(component('a.hpp#A.slow').doc, null)
  assert.equal(component('a.hpp#A.plan').doc, 'Plans one.\n\n**Note:** Twice.')
  assert.equal(component('a.hpp#A.plan').signature, 'void plan(int count)')
  assert.equal(component('a.hpp#A.A').signature, 'A(list ways = {}, int size = 1) noexcept')
})

test('variables of a constructor whose braces are misread belong to no namespace', async () => {
  const { analysis } = await analyseTexts([cpp], {
    'session.cpp': `namespace orbit {
    int burns = 1;
    Session::Session() {
        static bool isMade = false;
        if( isMade ) {
            ORBIT_TRY { ORBIT_ERROR( "Only one" ); }
            ORBIT_CATCH_ALL { hub().add(); }
        }
#if !defined(ORBIT_QUIET)
        const auto& all = hub().all();
        if ( !all.empty() ) {
            auto stream = makeStream( "%stderr" );
            stream->write() << "Errors" << '\\n';
        }
#endif
        isMade = true;
    }
}
`,
  })
  const names = analysis.components.map(({ name }) => name)
  assert.ok(names.includes('burns'), names.join())
  assert.deepEqual(
    names.filter((name) => /^(?:all|stream|isMade)$/.test(name)),
    [],
  )
})
