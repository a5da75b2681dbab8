import assert from 'node:assert/strict'
import { test } from 'node:test'
import { c } from '#generate/analyse/languages/c/c.ts'
import { cpp } from '#generate/analyse/languages/cpp/cpp.ts'
import { isSpecialization } from '#generate/analyse/languages/cpp/specializations.ts'
import { analyseTexts } from './analyse-texts.ts'

/** What each edge that leaves a component leads to, sorted. */
async function targets(texts: Record<string, string>, from: string): Promise<string[]> {
  const { analysis } = await analyseTexts([c, cpp], texts)
  return analysis.edges
    .filter((edge) => edge.from === from && edge.kind !== 'imports')
    .map(({ to }) => to)
    .sort()
}

const MACROS = `#define LIB_BEGIN namespace lib { inline namespace v1 {
#define LIB_END \\
  } /* lib */ }
#define IMPL_BEGIN namespace impl {
#define IMPL_END }
`

test('a macro that opens a namespace is over where one closes it', async () => {
  const texts = {
    'lib.hpp': `${MACROS}LIB_BEGIN\nstruct size {};\nnamespace detail { void run(); }\n#define CHECK(x) x\nLIB_END\n`,
    'a.cpp': `#include "lib.hpp"
enum { size = 256 };
LIB_BEGIN
IMPL_BEGIN
void inner();
IMPL_END
void within(size s) { detail::run(); impl::inner(); }
LIB_END
void behind() { int x = size; lib::detail::run(); CHECK(x); }
`,
  }
  assert.deepEqual(await targets(texts, 'a.cpp#within'), ['a.cpp#inner', 'lib.hpp#detail.run', 'lib.hpp#size'])
  assert.deepEqual(await targets(texts, 'a.cpp#behind'), ['a.cpp#size', 'lib.hpp#CHECK', 'lib.hpp#detail.run'])
})

test('a macro that closes an inline namespace or `extern "C"` closes no other namespace', async () => {
  const texts = {
    'lib.hpp': `${MACROS}#define ABI_BEGIN inline namespace v1 {
#define ABI_END }
#define C_BEGIN extern "C" {
#define C_END }
LIB_BEGIN
ABI_BEGIN
struct size {};
ABI_END
C_BEGIN
void start();
C_END
void run();
LIB_END
`,
    'a.cpp': '#include "lib.hpp"\nvoid use() { lib::run(); }\n',
  }
  assert.deepEqual(await targets(texts, 'a.cpp#use'), ['lib.hpp#run'])
})

test('a name means the template, not a specialization that is nearer', async () => {
  const texts = {
    'hash.hpp': 'namespace n { template <typename T> struct hash { int of(T x); }; }\n',
    'a.cpp': `#include "hash.hpp"
#include <tuple>
namespace n { template <> struct hash<int> { int own() { return 1; } }; }
namespace std { template <> struct tuple_size<int> {}; }
void use() { n::hash<char> h; }
void other() { std::tuple_size<char> t; }
`,
  }
  assert.deepEqual(await targets(texts, 'a.cpp#use'), ['hash.hpp#n.hash'])
  assert.deepEqual(await targets(texts, 'a.cpp#other'), [])
})

test('a specialization is told from what is only derived from a template', () => {
  assert.ok(isSpecialization('template <> struct hash<Key>', 'hash'))
  assert.ok(isSpecialization('template <typename T> struct a::hash<T*> : base<T>', 'hash'))
  assert.ok(isSpecialization('template <template <typename> class C, class T> class K<C<T>>', 'K'))
  assert.ok(!isSpecialization('template <typename T, class U = x<T>> class box : public box<T>', 'box'))
  assert.ok(!isSpecialization('struct x : hash<x>', 'x'))
  assert.ok(!isSpecialization('class hashes : hash<x>', 'hash'))
})

test('of overloads in several files the one is meant that takes the arguments', async () => {
  const texts = {
    'text.hpp': `template <typename C> struct text { text(const C* s); };
struct style { style(int code); };
using plain = text<char>;
using wide = text<wchar_t>;
template <typename... T> void print(plain format, T&&... args);
`,
    'wide.hpp': '#include "text.hpp"\ntemplate <typename... T> void print(wide format, T&&... args);\n',
    'style.hpp': '#include "text.hpp"\ntemplate <typename... T> void print(style s, plain format, T&&... args);\n',
    'any.hpp': `#include "text.hpp"
template <typename S, ENABLE_IF(is_compiled<S>::value)> void print(const S& s, const S& t);
`,
    'a.cpp': `#include "wide.hpp"
#include "style.hpp"
#include "any.hpp"
void use() { print("{}", 1, 2); }
void made(style s) { print(s, "{}", 1); }
`,
  }
  assert.deepEqual(await targets(texts, 'a.cpp#use'), ['text.hpp#print'])
  const numbers = `void set(int v); void set(unsigned v); void set(double v); void set(float v);
void a() { set(1); } void b() { set(0x1U); } void c() { set(1.5); } void d() { set(1e3f); }
`
  for (const [name, number] of ['a', 'b', 'c', 'd'].entries())
    assert.deepEqual(await targets({ 'set.cpp': numbers }, `set.cpp#${number}`), [
      `set.cpp#set${name === 0 ? '' : `~${name + 1}`}`,
    ])
  assert.deepEqual(
    (await targets(texts, 'a.cpp#made')).filter((to) => to.endsWith('print')),
    ['style.hpp#print'],
  )
})

test('a function may be defined by the path of its namespace; a destructor names no type', async () => {
  const texts = {
    'a.hpp': 'namespace n { int open(); struct lock { ~lock(); }; }\nstruct lock {};\n',
    'b.cpp': '#include "a.hpp"\nint n::open() { return 1; }\n',
    'c.cpp': '#include "a.hpp"\nint use(n::lock* l) { l->~lock(); return n::open(); }\n',
  }
  const { component } = await analyseTexts([cpp], texts)
  assert.equal(component('b.cpp#n.open').kind, 'function')
  assert.deepEqual(await targets(texts, 'c.cpp#use'), ['a.hpp#n.lock', 'a.hpp#n.lock.~lock', 'b.cpp#n.open'])
})

test('the type of what is only announced in a class is used by that', async () => {
  const texts = {
    'a.hpp': 'struct A {};\n',
    'b.hpp': '#include "a.hpp"\nclass B {\n public:\n  A& make();\n  A one;\n};\ntypedef A Other;\n',
  }
  assert.deepEqual(await targets(texts, 'b.hpp#B.make'), ['a.hpp#A'])
  assert.deepEqual(await targets(texts, 'b.hpp#B'), [])
  assert.deepEqual(await targets(texts, 'b.hpp#Other'), ['a.hpp#A'])
})

test('what only announces a type is no use of it; the value of a field is used by the field', async () => {
  const texts = {
    'a.hpp': 'class A {};\ntemplate <typename T> class C {};\nenum E { first };\n',
    'b.hpp': `#include "a.hpp"
class A;
namespace n {
template <typename T> class C;
}
class B {
  friend class A;
  int one{first}, two = first;
};
`,
  }
  assert.deepEqual(await targets(texts, 'b.hpp'), [])
  assert.deepEqual(await targets(texts, 'b.hpp#n'), [])
  assert.deepEqual(await targets(texts, 'b.hpp#B'), ['a.hpp#A'])
  assert.deepEqual(await targets(texts, 'b.hpp#B.one'), ['a.hpp#E.first'])
  assert.deepEqual(await targets(texts, 'b.hpp#B.two'), ['a.hpp#E.first'])
})

test('an alias that stands for several types has no members', async () => {
  const texts = {
    'a.hpp': 'struct A { int get(); };\nstruct B { int get(); };\n#if ONE\nusing T = A;\n#else\nusing T = B;\n#endif\n',
    'b.cpp': '#include "a.hpp"\nint use(T t) { return t.get(); }\n',
  }
  assert.deepEqual(await targets(texts, 'b.cpp#use'), ['a.hpp#T'])
})

test('functions of other files are overloads of a file that has one of the name itself', async () => {
  const texts = {
    'a.hpp': 'struct A { int get(); };\nA open();\nnamespace n { A make(); }\n',
    'b.cpp': `#include "a.hpp"
static int open(int x, int y) { return x; }
namespace n {
static int make(int x) { return x; }
int use() { make(); return open().get(); }
}
`,
  }
  assert.deepEqual(await targets(texts, 'b.cpp#n.use'), ['a.hpp#A.get', 'a.hpp#n.make', 'a.hpp#open'])
})

test('a call with more arguments than any function of the repository takes means another one', async () => {
  const texts = {
    'a.hpp': 'int read(int file);\nint none(void);\nint some(int a, int b = 2);\n',
    'c.h': 'int plain(int);\n',
    'b.cpp':
      '#include "a.hpp"\n#include "c.h"\nint use() { return read(1, 2, 3); }\nint other() { return read(1) + none() + some(1) + plain(2); }\n',
  }
  assert.deepEqual(await targets(texts, 'b.cpp#use'), [])
  assert.deepEqual(await targets(texts, 'b.cpp#other'), ['a.hpp#none', 'a.hpp#read', 'a.hpp#some', 'c.h#plain'])
})

test('what a macro says of locks behind a function or a field is no name of it', async () => {
  const { analysis, from } = await analyseTexts([cpp], {
    'locks.hpp':
      '#define GUARDED_BY(x)\n#define LOCK_EXCLUDED_(x)\n#define EXCLUSIVE_LOCK_FUNCTION(...)\n#define HELD(x)\n',
    'a.hpp': `#include "locks.hpp"
class Unit {
 public:
  explicit Unit(int x) EXCLUSIVE_LOCK_FUNCTION(mutex_) : count_(x) {}
  const int* current() const LOCK_EXCLUDED_(mutex_);
  bool held() const HELD(mutex_) { return count_ > 0; }
  void both(int a) LOCK_EXCLUDED_(mutex_) HELD(mutex_);
  void run() override HELD(mutex_);
 private:
  Mutex mutex_;
  int count_ GUARDED_BY(mutex_);
  std::map<int, Unit*> all_ GUARDED_BY(mutex_) = {};
};
`,
    'a.cc': `#include "a.hpp"
const int* Unit::current() const
    LOCK_EXCLUDED_(mutex_) {
  if (count_) HELD(mutex_);
  return &count_;
}
`,
  })
  assert.deepEqual(
    analysis.components.filter(({ kind }) => kind !== 'macro').map(({ id }) => id),
    [
      'a.hpp#Unit',
      'a.hpp#Unit.Unit',
      'a.hpp#Unit.current',
      'a.hpp#Unit.held',
      'a.hpp#Unit.both',
      'a.hpp#Unit.run',
      'a.hpp#Unit.mutex_',
      'a.hpp#Unit.count_',
      'a.hpp#Unit.all_',
      'a.cc#Unit.current',
    ],
  )
  assert.deepEqual(from('a.cc#Unit.current'), [
    'a.cc#Unit.current -calls-> locks.hpp#HELD (import)',
    'a.cc#Unit.current -references-> a.hpp#Unit.count_ (receiver-type)',
    'a.cc#Unit.current -references-> a.hpp#Unit.mutex_ (receiver-type)',
    'a.cc#Unit.current -references-> locks.hpp#LOCK_EXCLUDED_ (import)',
    'a.cc#Unit.current -uses-type-> a.hpp#Unit (import)',
  ])
  assert.ok(from('a.hpp#Unit.all_').includes('a.hpp#Unit.all_ -references-> locks.hpp#GUARDED_BY (import)'))
})

test('what is called by a pointer to a member leaves what is around it whole', async () => {
  const { from } = await analyseTexts([cpp], {
    'a.cc': `struct Task { int one; void (Task::*run)(int); };
int help(int x);
int all(Task* task, int Task::*field) { (task->*task->run)(help(1)); return (*task).*field + help(2); }
Task** list(int n) { return new Task*[help(n)]; }
`,
  })
  assert.ok(from('a.cc#all').includes('a.cc#all -calls-> a.cc#help (same-file)'))
  assert.ok(from('a.cc#list').includes('a.cc#list -calls-> a.cc#help (same-file)'))
})

test('a call goes behind the prototype, whatever the function gives and however its types are written', async () => {
  const { from } = await analyseTexts([c, cpp], {
    'a.hpp': `namespace n {
class Thing {};
Thing* make(const Thing& t);
Thing** list(char* d, int v);
Thing& one(int);
Thing* later(Thing* a, int (*run)(int));
Thing* none(void);
extern Thing *all;
}
`,
    'c.h': 'struct x;\nvoid run(struct x *);\nint count(void);\n',
    'a.cc': `#include "a.hpp"
#include "c.h"
void run(x* given) {}
int count() { return 0; }
namespace n {
typedef int (*Run)(int);
Thing* all;
Thing* make(const Thing& t) { return 0; }
Thing** list(char* d, int v) { return 0; }
Thing& one(int x) { return *all; }
Thing* later(Thing* a, Run b) { return a; }
Thing* none() { return 0; }
}
`,
    'b.cc': `#include "a.hpp"
namespace n {
void f(Thing& t, char* p) { make(t); list(p, 1); one(1); later(none(), 0); all = 0; }
}
`,
    'd.c': '#include "c.h"\nvoid go(struct x *y) { run(y); count(); }\n',
  })
  assert.deepEqual(
    from('b.cc#n.f').filter((edge) => !edge.includes('uses-type')),
    [
      'b.cc#n.f -calls-> a.cc#n.later (package)',
      'b.cc#n.f -calls-> a.cc#n.list (package)',
      'b.cc#n.f -calls-> a.cc#n.make (package)',
      'b.cc#n.f -calls-> a.cc#n.none (package)',
      'b.cc#n.f -calls-> a.cc#n.one (package)',
      'b.cc#n.f -references-> a.cc#n.all (package)',
    ],
  )
  assert.deepEqual(from('d.c#go'), ['d.c#go -calls-> a.cc#count (import)', 'd.c#go -calls-> a.cc#run (import)'])
})

test('what a header has in a namespace for itself is not exported, however deep; a source file has its own rules', async () => {
  const { analysis } = await analyseTexts([cpp], {
    'lib.hpp':
      'namespace lib {\nnamespace details {\nint join(int a);\nnamespace more { struct Inner { int field; }; }\n}\nnamespace detailed { int parse(int a); }\n}\n',
    'lib.cpp': '#include "lib.hpp"\nnamespace lib {\nint extra() { return 1; }\n}\n',
  })
  const exported = analysis.components.filter((one) => one.exported && one.kind !== 'namespace')
  assert.deepEqual(exported.map(({ qualifiedName }) => qualifiedName).sort(), ['lib.detailed.parse', 'lib.extra'])
})

test('a test of a fixture has the members of the fixture and its bases', async () => {
  const { from } = await analyseTexts([cpp], {
    'disk.hpp':
      'struct Disk { void Tick(); void Put(int a); };\nstruct Base { Disk disk_; void Load(); };\nstruct Other { void Tick(); };\n',
    'a_test.cc': `#include "disk.hpp"
struct Fixture : public Base { Other* other_; int size; };
TEST_F(Fixture, Runs) {
  disk_.Tick();
  for (;;) { other_->Tick(); Load(); }
}
TEST_F(Fixture, Hides) { Other disk_; disk_.Tick(); }
TEST(Fixture, Plain) { disk_.Tick(); Load(); }
TEST_F(Missing, One) { disk_.Tick(); }
`,
  })
  const calls = (name: string): string[] =>
    from(`a_test.cc#${name}`).flatMap((edge) => / -calls-> (.*)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(calls('TEST_F(Fixture,Runs)'), [
    'disk.hpp#Base.Load (inheritance)',
    'disk.hpp#Disk.Tick (receiver-type)',
    'disk.hpp#Other.Tick (receiver-type)',
  ])
  assert.deepEqual(calls('TEST_F(Fixture,Hides)'), ['disk.hpp#Other.Tick (receiver-type)'])
  assert.deepEqual(calls('TEST(Fixture,Plain)'), [])
  assert.deepEqual(calls('TEST_F(Missing,One)'), [])
})

test('a macro that closes the namespace that it opens declares names in no other place', async () => {
  const texts = {
    'lib.hpp': '#define FORWARD namespace other { class Plan; }\nFORWARD\nvoid run();\n',
    'a.cpp': '#include "lib.hpp"\nvoid use() { ::run(); }\n',
  }
  assert.deepEqual(await targets(texts, 'a.cpp#use'), ['lib.hpp#run'])
})
