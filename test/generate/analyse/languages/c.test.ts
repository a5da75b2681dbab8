import assert from 'node:assert/strict'
import { test } from 'node:test'
import { c } from '#generate/analyse/languages/c/c.ts'
import { hideMacros } from '#generate/analyse/languages/c-family/hide-macros.ts'
import { joinStringMacros } from '#generate/analyse/languages/c-family/string-macros.ts'
import { readValue } from '#generate/signature-values.ts'
import { analyseTexts } from './analyse-texts.ts'

test('an inline function of a header is public, also if a macro says `inline`', async () => {
  const { analysis } = await analyseTexts([c], {
    'a.h': `#ifdef _MSC_VER
#define ORBIT_INLINE __inline
#else
#define ORBIT_INLINE inline
#endif
static ORBIT_INLINE int orbit_keep(int a) { return a; }
static ORBIT_INLINE struct plan *orbit_plan(int a) { return 0; }
static __inline__ int orbit_old(int a) { return a; }
static int is_inline(int a) { return a; }
`,
    'a.c': '#include "a.h"\nstatic ORBIT_INLINE int hidden(void) { return 1; }\n',
  })
  assert.deepEqual(
    analysis.components.filter(({ kind, exported }) => kind === 'function' && exported).map(({ id }) => id),
    ['a.h#orbit_keep', 'a.h#orbit_plan', 'a.h#orbit_old'],
  )
})

test('types, members, functions and macros of C are components, a prototype of a known function is none', async () => {
  const { analysis, component } = await analyseTexts([c], {
    'a.h': `/** A node.\n * @param x not one */
typedef struct node { int value; /**< What it holds. */ struct { int z; } in; void (*fn)(int); } node_t;
typedef struct { int a; } pair;
enum kind { ONE, TWO = 2 };
#define LIMIT 3
#define MAX(a, b) ((a) > (b) ? (a) : (b))
/** Makes one. */
node_t *make(int value);
int outside(void);
extern int count;
typedef int plan_fn(int);
/** Plans. */
plan_fn plan;
`,
    'a.c':
      '#include "a.h"\nint count;\nint plan(int one) { return one; }\nnode_t *make(int value) { return 0; }\nstatic int hidden(void) { return 1; }\n',
  })
  assert.deepEqual(
    analysis.components.map(({ id, kind }) => `${id} ${kind}`).sort(),
    [
      'a.c#count constant',
      'a.c#hidden function',
      'a.c#make function',
      'a.c#plan function',
      'a.h#LIMIT macro',
      'a.h#MAX macro',
      'a.h#kind enum',
      'a.h#kind.ONE constant',
      'a.h#kind.TWO constant',
      'a.h#node struct',
      'a.h#node.fn field',
      'a.h#node.in field',
      'a.h#node.in.z field',
      'a.h#node.value field',
      'a.h#node_t type',
      'a.h#outside function',
      'a.h#pair struct',
      'a.h#pair.a field',
      'a.h#plan_fn type',
    ].sort(),
  )
  assert.equal(component('a.c#make').doc, 'Makes one.', 'the prototype documents')
  assert.equal(component('a.h#node.value').doc, 'What it holds.')
  assert.equal(component('a.c#make').exported, true)
  assert.equal(component('a.c#hidden').exported, false)
  assert.equal(component('a.h#MAX').signature, '#define MAX(a, b)')
})

test('a call goes to the definition behind the prototype that is included, of two programs to its own', async () => {
  const program = (name: string): Record<string, string> => ({
    [`${name}/run.h`]: 'int run(int x);\n',
    [`${name}/run.c`]: '#include "run.h"\nstatic int own(void) { return 1; }\nint run(int x) { return own(); }\n',
    [`${name}/main.c`]: '#include "run.h"\nint main(void) { return run(1); }\n',
  })
  const { from } = await analyseTexts([c], { ...program('one'), ...program('two') })
  assert.deepEqual(from('one/main.c#main'), ['one/main.c#main -calls-> one/run.c#run (import)'])
  assert.deepEqual(from('two/main.c#main'), ['two/main.c#main -calls-> two/run.c#run (import)'])
  assert.deepEqual(from('two/run.c#run'), ['two/run.c#run -calls-> two/run.c#own (same-file)'])
})

test('fields are found through declared types, typedefs, arrays and what functions give', async () => {
  const { from } = await analyseTexts([c], {
    'a.h':
      'typedef struct s { struct s *next; union { struct { int x; } p; } u; struct s *list[4]; } T;\nT *get(void);\n',
    'a.c':
      '#include "a.h"\nT *get(void) { return 0; }\nvoid f(struct s *p) { get()->next->u.p.x = p->list[1]->next; T t = { .next = p }; }\n',
  })
  assert.deepEqual(
    from('a.c#f').map((edge) => edge.slice('a.c#f -'.length)),
    [
      'calls-> a.c#get (same-file)',
      'references-> a.h#s.list (receiver-type)',
      'references-> a.h#s.next (receiver-type)',
      'references-> a.h#s.u (receiver-type)',
      'references-> a.h#s.u.p (receiver-type)',
      'references-> a.h#s.u.p.x (receiver-type)',
      'uses-type-> a.h#T (import)',
      'uses-type-> a.h#s (import)',
    ],
  )
})

test('a static function of another file, and one of two with equal claims, is not called', async () => {
  const { from } = await analyseTexts([c], {
    'a.c': 'int main(void) { hidden(); both(); }\n',
    'b.c': 'static void hidden(void) {}\nvoid both(void) {}\n',
    'c.c': 'void both(void) {}\n',
  })
  assert.deepEqual(from('a.c#main'), [])
})

test('an include leads to the file beside, to a folder of the build, and never to a header of the system', async () => {
  const { from } = await analyseTexts([c], {
    Makefile: 'CFLAGS=-Iinclude -I./lib\n',
    'src/a.c': '#include "a.h"\n#include "deep.h"\n#include <string.h>\n',
    'src/a.h': '',
    'other/a.h': '',
    'include/deep.h': '',
    'compat/deep.h': '',
    'compat/string.h': '',
  })
  assert.deepEqual(from('src/a.c'), [
    'src/a.c -imports-> include/deep.h (import)',
    'src/a.c -imports-> src/a.h (import)',
  ])
})

test('folders of headers in build files are relative to the project that a variable means; other variables are unknown', async () => {
  const { from } = await analyseTexts([c], {
    Makefile: 'CFLAGS=-Iports/$(ARCH)/include # -Iold\n',
    'CMakeLists.txt': 'project(orbit)\n',
    'src/CMakeLists.txt':
      'target_include_directories(lib PRIVATE ${CMAKE_SOURCE_DIR}/include "${CMAKE_CURRENT_SOURCE_DIR}/own" ${OTHER}/x)\n',
    'src/a.c': '#include "deep.h"\n#include "own.h"\n#include "port.h"\n',
    'include/deep.h': '',
    'compat/deep.h': '',
    'src/own/own.h': '',
    'compat/own.h': '',
    'ports/port.h': '',
    'compat/port.h': '',
  })
  assert.deepEqual(from('src/a.c'), [
    'src/a.c -imports-> include/deep.h (import)',
    'src/a.c -imports-> src/own/own.h (import)',
  ])
})

test('a macro among the arguments of one that gets a semicolon moves nothing', () => {
  const text = 'DISABLE_(\n    4251 MAYBE_ /* a\n  b */\n    /* c */)\n\nint g;\n'
  assert.equal(hideMacros(text).text, 'DISABLE_(\n    4251 MAYBE_ /* a\n  b */\n    /* c */);\nint g;\n')
})

test('macros that stand where the grammar knows none are taken away, and used all the same', async () => {
  const text = 'API int CALL f(void) {\n  return 1;\n}\nBEGIN_DECLS\nRUN(a)\nRUN(b)\nint g;\nint h = A | B;\n'
  const { text: hidden, refs } = hideMacros(text)
  assert.equal(hidden.length, text.length)
  assert.equal(hidden, '    int      f(void) {\n  return 1;\n}\n           \nRUN(a);RUN(b);int g;\nint h = A | B;\n')
  assert.deepEqual(
    refs.map(({ start, end }) => text.slice(start, end)),
    ['API', 'CALL', 'BEGIN_DECLS'],
  )
  const { from } = await analyseTexts([c], {
    'a.h': '#define API\n#define CALL\n#define BEGIN_DECLS\n#define RUN(x)\n',
    'a.c': `#include "a.h"\n${text}`,
  })
  assert.deepEqual(from('a.c#f'), ['a.c#f -references-> a.h#API (import)', 'a.c#f -references-> a.h#CALL (import)'])
})

test('random bytes, half a file and deep nesting keep what can be read', async () => {
  const { analysis } = await analyseTexts([c], {
    'bytes.c': String.fromCharCode(...Array.from({ length: 4_000 }, (_, index) => (index * 7_919) % 256)),
    'half.c': '\uFEFFint whole(void) { return 1; }\r\nint broken( { [ ( }}}\r\n',
    'deep.c': `int deep(void) { return ${'('.repeat(100_000)}1${')'.repeat(100_000)}; }\n`,
  })
  assert.ok(analysis.components.some(({ id }) => id === 'half.c#whole'))
  assert.ok(analysis.reports[0]?.failed.includes('half.c'))
})

test('an include guard is nobody’s to use, and what stands behind a body is no doc of it', async () => {
  const { analysis } = await analyseTexts([c], {
    'lib/thing.h': `#ifndef LIB_THING_H_
#define LIB_THING_H_
#define OTHER 1
struct pair {
  int a; /* The first. */
}; /* struct pair */
#endif
`,
  })
  const one = (name: string) => analysis.components.find((component) => component.name === name)
  assert.deepEqual([one('LIB_THING_H_')?.exported, one('OTHER')?.exported], [false, true])
  assert.deepEqual([one('pair')?.doc, one('a')?.doc], [null, 'The first.'])
})

test('a comment documents what follows it or stands before it on its line, and nothing else', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `#define RAW (1 << 7) /* raw text */
#define URL "http://x" // where it is
/* helper of the macro */
double help(double number);
#define SET(object, number) help(object, number)
/* Changes the text. */
char *change(char *text);
/* A number of nodes. */
struct sizes {
  /* Sizes */
  int all; /* Of all. */
  int some; // Of some,
            // not of many.
  int none;
  /** The last. */ int last; /* In bytes. */
};
/* ---- Others ---- */
int other(void);
/* Reads it. */
/* NOTE: not at once. */
int read_it(void);
`,
    'a.c': '#include "a.h"\ndouble help(double number) { return number; }\n',
  })
  const doc = (name: string): string | null => component(`a.h#${name}`).doc
  assert.equal(doc('RAW'), 'raw text')
  assert.equal(doc('URL'), 'where it is')
  assert.equal(component('a.c#help').doc, 'helper of the macro')
  assert.equal(doc('SET'), null, 'what follows is of the next')
  assert.equal(doc('change'), 'Changes the text.')
  assert.equal(doc('sizes.all'), 'Of all.', 'the remark goes before the head of a group')
  assert.equal(doc('sizes.some'), 'Of some,\nnot of many.')
  assert.equal(doc('sizes.none'), null)
  assert.equal(doc('sizes.last'), 'The last.')
  assert.equal(doc('other'), null, 'a heading is no comment')
  assert.equal(doc('read_it'), 'Reads it.\n\nNOTE: not at once.')
})

test('the title of a group describes none of its members, and a remark follows the comment of a group', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `/* Pretty form */
int to_text(void); /* returns 0 on failure */
int to_file(void);

/*
 * List API
 */
int list_new(void);

/* Comparing */
int equals(void);

/* These functions set a key. */
int set_all(void);
int set_one(void); /* copies the text */

/* Old codes */
#define WIDE 1
#define HIGH 2

/* Buffer size */
#define BUFFER_SIZE 10
#define LIMIT 2
`,
  })
  const doc = (name: string): string | null => component(`a.h#${name}`).doc
  assert.equal(doc('to_text'), 'returns 0 on failure')
  assert.equal(doc('to_file'), null)
  assert.equal(doc('list_new'), null)
  assert.equal(doc('equals'), null)
  assert.equal(doc('set_one'), 'These functions set a key.\n\ncopies the text')
  assert.equal(doc('WIDE'), null)
  assert.equal(doc('BUFFER_SIZE'), 'Buffer size')
  assert.equal(doc('LIMIT'), null)
})

test('a comment on several functions is of all that follow it directly', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `/* These functions check the type. */
int is_a(void);
int is_b(void);
/* Checks more. */
int is_c(void);
int is_d(void);
/* The parts */
int part_a(void);
int part_b(void);
/* Helper functions to make things. */
int make_a(void);

int make_b(void);
`,
  })
  const docs = ['is_a', 'is_b', 'is_c', 'is_d', 'part_a', 'part_b', 'make_a', 'make_b'].map(
    (name) => component(`a.h#${name}`).doc,
  )
  const all = 'These functions check the type.'
  assert.deepEqual(docs, [all, all, 'Checks more.', null, null, null, 'Helper functions to make things.', null])
})

test('comments between lines that begin with a macro are of the declarations below them', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `/* Gives the text. */
ORBIT_PUBLIC(char *) text_of(const void *item);
/* Gives the number that is written in it. */
ORBIT_PUBLIC(double) number_of(const void *item);
/* Memory: whoever calls it has to free what it gives. */
/* Reads a text and gives what is in it. */
ORBIT_PUBLIC(void *) read_text(const char *text);
/* The parts */
/* Reads a part of a text that is named by its end. */
ORBIT_PUBLIC(void *) read_part(const char *text);

/* These calls create an item. */
ORBIT_PUBLIC(void *) make_a(void);
/* raw text */
ORBIT_PUBLIC(void *) make_b(void);
ORBIT_PUBLIC(void *) make_c(void);

/* Update items. */
ORBIT_PUBLIC(int) insert(void *item); /* Moves the others on. */
/* helper of the macro */
ORBIT_PUBLIC(int) set_number(void *item);
`,
    'a.c': `#include "a.h"
/* don't ask me, but it gives a number however it is called */
ORBIT_PUBLIC(int) set_number(void *item) { return 0; }
`,
  })
  const doc = (name: string): string | null => component(`a.h#${name}`).doc
  assert.equal(doc('number_of'), 'Gives the number that is written in it.')
  assert.equal(
    doc('read_text'),
    'Reads a text and gives what is in it.\n\nMemory: whoever calls it has to free what it gives.',
  )
  assert.equal(doc('read_part'), 'Reads a part of a text that is named by its end.')
  assert.deepEqual(
    ['make_a', 'make_b', 'make_c'].map(doc),
    ['These calls create an item.', 'raw text', 'These calls create an item.'],
    'a remark on one of a group does not end it',
  )
  assert.equal(doc('insert'), 'Update items.\n\nMoves the others on.')
  assert.equal(component('a.c#set_number').doc, 'helper of the macro')
})

test('what is about a condition or a macro at the head of a file, or marks a part of it, does not describe it', async () => {
  const { analysis } = await analyseTexts([c], {
    'a.c':
      '/* Copyright (c) Orbit */\n\n/* no warnings about old functions */\n#if !defined(OLD) && defined(_MSC_VER)\n#define OLD\n#endif\nint a(void) { return 0; }\n',
    'b.c': '/* Draws the orbits of planets. */\n\n#ifdef _MSC_VER\n#endif\nint b(void) { return 0; }\n',
    'c.h': '/* Plans of flights, and how they are drawn. */\n#ifndef C_H\n#define C_H\nint c(void);\n#endif\n',
    'e.c':
      '/*\n * Burns fuel on the way, and says how much.\n */\n/*\n * Of other things.\n */\n\n#include <a.h>\nint e(void) { return 0; }\n',
    'd.h': '#pragma once\n// [Orbit:public:set]\n\n#include <a.h>\nint d(void);\n',
  })
  assert.deepEqual(
    { ...analysis.fileDocs },
    {
      'b.c': 'Draws the orbits of planets.',
      'c.h': 'Plans of flights, and how they are drawn.',
      'e.c': 'Burns fuel on the way, and says how much.',
    },
  )
})

test('the words of a header come before those of the source, unless they are few; the own ones of a file before a prototype in it', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `/* Reads a block of text and gives what is in it. */\nint parse(char *text);\n/* It. */\nint rest(void);\n/* list.c -- lists and all that is done with them */\nint list(void);\n/* Operations on queues */\nint queue(void);\n`,
    'a.c': `#include "a.h"
/* forward declarations */
static int own(void);
/* Default options for parse */
int parse(char *text) { return 0; }
/* What is left when all has been read. */
int rest(void) { return 1; }
/* Lists. */
int list(void) { return 2; }
/* Makes a queue of what is there. */
int queue(void) { return 2; }
/* Own. */
static int own(void) { return 2; }
`,
  })
  assert.equal(component('a.c#parse').doc, 'Reads a block of text and gives what is in it.')
  assert.equal(component('a.c#rest').doc, 'What is left when all has been read.')
  assert.equal(component('a.c#list').doc, 'Lists.', 'the name of a file is a title')
  assert.equal(component('a.c#queue').doc, 'Makes a queue of what is there.', 'so may be what is no sentence')
  assert.equal(component('a.c#own').doc, 'Own.')
})

test('a signature is a prototype: without macros of linkage, without the other names and the body of a statement', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `#define PUBLIC(type) type
PUBLIC(node *) parse(const char *value);
PUBLIC(const char*) version(void);
LIB_API int LIB_CDECL call(int x);
extern int first, *second;
static
#ifdef ORBIT
UNUSED
#endif
int chosen = 1;
typedef struct node { int value; struct { int x; } in; } node;
`,
  })
  const signatures = ['parse', 'version', 'second'].map((name) => component(`a.h#${name}`).signature)
  assert.deepEqual(signatures, ['node *parse(const char *value)', 'const char* version(void)', 'extern int *second'])
  assert.equal(component('a.h#call').signature, 'int call(int x)')
  assert.equal(component('a.h#chosen').signature, 'static int chosen')
  assert.match(component('a.h#node').signature, /^typedef struct node$|^typedef struct node \{…\} node$/)
})

test('of a statement over several lines each name has its own signature and the remark of its own line', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `struct shared {
    char *ok, *err,
    *first[10], /* the first */
    *second[10],  /* the second */
    *last[10];   /* the last */
    int x, y; /* a place */
};
`,
  })
  const told = ['ok', 'err', 'first', 'second', 'last', 'x', 'y'].map((name) => {
    const { signature, doc } = component(`a.h#shared.${name}`)
    return `${signature}: ${doc}`
  })
  assert.deepEqual(told, [
    'char *ok: null',
    'char *err: null',
    'char *first[10]: the first',
    'char *second[10]: the second',
    'char *last[10]: the last',
    'int x: a place',
    'int y: a place',
  ])
})

test('a guard is known by what its header is, not by its name; in what was put together from headers by that', async () => {
  const { component } = await analyseTexts([c], {
    'utils.h': '/* Utils. */\n#pragma once\n#ifndef cUtils\n#define cUtils\nint go(void);\n#endif /* cUtils */\n',
    'other.h': '#if !defined(other)\n#define other 1\n#ifdef A\n#endif\n#endif\n',
    'usage.h':
      '/* Usage:\n#ifdef ORBIT\n#include "orbit.h"\n#endif\n*/\n#ifndef __USAGE__\n#define __USAGE__\nint plan(int height);\n#endif\n',
    'third.h':
      '#ifndef THIRD_API\n#define THIRD_API\n/**\n * Set this:\n#if 1\n */\nint third(int a);\nchar *of = "/*";\n#endif\n',
    'version.h': '#ifndef VERSION\n#define VERSION\n#endif\nint more(void);\n#ifdef A\n#endif\n',
    'config.h': '#define HAVE_UNISTD_H\n#ifndef HAVE_TIME_H\n#define HAVE_TIME_H\n#endif\n',
    'all.h': '#ifndef A_H\n#define A_H\nint a;\n#endif\n#ifndef B_H_\n#define B_H_\nint b;\n#endif\n',
  })
  const exported = (ids: readonly string[]) => ids.filter((id) => component(id).exported)
  assert.deepEqual(
    exported(['utils.h#cUtils', 'other.h#other', 'usage.h#__USAGE__', 'third.h#THIRD_API', 'all.h#A_H', 'all.h#B_H_']),
    [],
  )
  const others = ['version.h#VERSION', 'config.h#HAVE_UNISTD_H', 'config.h#HAVE_TIME_H']
  assert.deepEqual(exported(others), others)
})

test('a remark behind a prototype is no doc of what is defined directly below it, or in another source', async () => {
  const { component } = await analyseTexts([c], {
    'a.c': `#include "a.h"
int one(void); /* required by C89 */

int one(void) { return 1; }
static int two(void); /* Gives two. */
static int three(void) { return two(); }
static int two(void) { return 2; }
/** Gives four. */
int four(void); // not here
int four(void) { return 4; }
int five(void) { return 5; }
`,
    'a.h': 'int five(void); /* Gives five. */\n',
    'b.c': 'int one(void); /* from a.c */\nint main(void) { return one(); }\n',
  })
  assert.deepEqual(
    ['one', 'two', 'four', 'five'].map((name) => component(`a.c#${name}`).doc),
    [null, 'Gives two.', 'Gives four.', 'Gives five.'],
  )
})

test('a title above several fields, macros or prototypes is about none of them, above one about that', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `struct plan {
    // user supplied
    const char *const *usages;
    int flags;         // which are set
    int depth;
    // internal context
    int count;

    int after;
    // The lock.
    int lock;
    int behind;
};
// built-in callbacks
int help(void);
int version(void);

/* Handle types. */
typedef struct loop_s loop_t;
typedef struct tcp_s tcp_t;

/* None of the above. */
typedef struct item_s item_t;
typedef struct user_s user_t;

/* An opaque handle. */
typedef struct dir_s dir_t;
typedef struct file_s file_t;

enum {
  /* Used by all handles. */
  CLOSING = 1,
  CLOSED = 2,
  /* Set while it is being read. */
  READING = 4,
  READABLE = 8
};

// built-in macros
#define ONE 1
#define TWO(a) ((a) + 1)
`,
  })
  const doc = (name: string): string | null => component(`a.h#${name}`).doc
  assert.deepEqual(
    ['usages', 'flags', 'depth', 'count', 'after', 'lock', 'behind'].map((name) => doc(`plan.${name}`)),
    [null, 'which are set', null, 'internal context', null, 'The lock.', null],
  )
  assert.deepEqual(['help', 'version', 'ONE', 'TWO'].map(doc), [null, null, null, null])
  assert.deepEqual(['loop_t', 'item_t', 'CLOSING'].map(doc), [null, null, null])
  assert.deepEqual(['dir_t', 'READING'].map(doc), ['An opaque handle.', 'Set while it is being read.'])
  const { signature } = component('a.h#plan.usages')
  assert.equal(readValue(signature, 'usages', 'c')?.type, 'const char *const *')
})

test('a heading apart from what follows, and a comment above a guard, describe neither the file nor a declaration', async () => {
  const struct = 'typedef struct plan {\n  int b;\n} plan;\n'
  const rows: [text: string, ofFile: string | undefined, id: string, doc: string | null][] = [
    [`#include <a.h>\n\n/*\n * Internal refcounting helpers\n */\n\n${struct}`, undefined, 'plan', null],
    [`#include <a.h>\n\n/*\n * Counts the references\n */\n\n${struct}`, 'Counts the references', 'plan', null],
    [`#include <a.h>\n\n/*\n * Counts references.\n */\n\n${struct}`, 'Counts references.', 'plan', null],
    [`#include <a.h>\nORBIT_START(1)\n\n/*\n * Counts references.\n */\n\n${struct}`, undefined, 'plan', null],
    ['/*\n * Internal helpers\n */\n\n#include <a.h>\nint a(void);\n', 'Internal helpers', 'a', null],
    ['int b;\n/** Memory of plans */\n\nint a(void) { return 0; }\n', undefined, 'a', null],
    ['int b;\n/** Weight of a plan */\nint a(void) { return 0; }\n', undefined, 'a', 'Weight of a plan'],
    ['int b;\n/** Frees all the plans. */\n\nint a(void) { return 0; }\n', undefined, 'a', 'Frees all the plans.'],
    ['int b;\n/*\n * Memory management\n */\nint a(void) { return 0; }\n', undefined, 'a', null],
    ['int b;\n/* Says what is on. */\n#ifndef A\n#define A\n#endif\n', undefined, 'A', null],
    ['int b;\n/** Says what is on. */\n#if !defined(A)\n#define A\n#endif\n', undefined, 'A', null],
    ['int b;\n/** Says what is on. */\n#ifndef A\n#define A 1\n#endif\n', undefined, 'A', 'Says what is on.'],
  ]
  for (const [text, ofFile, id, doc] of rows) {
    const { analysis, component } = await analyseTexts([c], { 'a.c': text })
    assert.deepEqual([analysis.fileDocs['a.c'], component(`a.c#${id}`).doc], [ofFile, doc], text)
  }
})

test('a comment above the condition of a default, or of one of two variants, is about what it declares', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `/* A parser. */
#ifndef A_H
#define A_H
#include <stdio.h>

/* Whether lines have numbers. */
#ifndef WITH_LINES
#define WITH_LINES 0
#endif

/* Called for each pair. */
#if WITH_LINES
typedef int (*handler)(const char *name, int line);
#else
typedef int (*handler)(const char *name);
#endif

/* What Windows needs. */
#ifdef _WIN32
#define SLASH 1
#endif
/* Marks. */
#ifndef A_API
#if defined _WIN32
# define A_API __declspec(dllexport)
#else
# define A_API
#endif
#endif
#endif
`,
  })
  const doc = (name: string): string | null => component(`a.h#${name}`).doc
  assert.deepEqual(['WITH_LINES', 'handler', 'SLASH', 'A_H'].map(doc), [
    'Whether lines have numbers.',
    'Called for each pair.',
    null,
    null,
  ])
  assert.equal(component('a.h#A_API').exported, false)
})

test('statements that stand alone in a comment stay code', async () => {
  const { component } = await analyseTexts([c], {
    'a.c': `/* Appends to 's' what is made of a format.
 *
 * Example:
 *
 * s = make("Sum is: ");
 * s = append(s,"%d = %d",a,b).
 * cut(s,1); => "um"
 *
 * Otherwise:
 *   for (;;) {
 *     next(s);
 *   }
 *
 * It is fast (see there);
 *
 * If (and only if) it is s;
 * x = 1 is not kept.
 */
void append(char *s) {}
`,
  })
  assert.equal(
    component('a.c#append').doc,
    [
      "Appends to 's' what is made of a format.",
      'Example:',
      '```c\ns = make("Sum is: ");\ns = append(s,"%d = %d",a,b).\ncut(s,1); => "um"\n```',
      'Otherwise:',
      '```c\nfor (;;) {\n  next(s);\n}\n```',
      'It is fast (see there);',
      'If (and only if) it is s;\nx = 1 is not kept.',
    ].join('\n\n'),
  )
})

test('a comment on a function may stand above a constant that it needs', async () => {
  const { component } = await analyseTexts([c], {
    'a.c': `int first;

/* Writes a number. The function returns the length. */
#define ROOM 21
int write_number(char *s) { return ROOM; }

/* The most that is kept. */
#define MOST 5
int keep(int a) { return MOST; }
`,
  })
  assert.match(component('a.c#write_number').doc ?? '', /^Writes a number/)
  assert.equal(component('a.c#keep').doc, null)
})

test('constants between a comment and its function do not take it away where it speaks of a parameter', async () => {
  const { component } = await analyseTexts([c], {
    'a.c': `#include <stdio.h>

/* Shows the next or previous line
 * as told by 'dir'. */
#define LINE_NEXT 0
#define LINE_PREV 1
void show(struct state *l, int dir) {
}

/* Numbers of "lines" as told. */
#define LINE_A 0
#define LINE_B 1
void hide(int dir) {
}
`,
  })
  assert.equal(component('a.c#show').doc, "Shows the next or previous line\nas told by 'dir'.")
  assert.equal(component('a.c#hide').doc, null)
})

test('the title of several declarations in a header does not replace the comment of a definition', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': '/* Other utilities. */\nvoid clear(void);\nvoid keep(void);\n',
    'a.c':
      '#include "a.h"\n\n/* Clear the screen. Used to handle keys. */\nvoid clear(void) {}\n\nvoid keep(void) {}\n',
  })
  assert.match(component('a.c#clear').doc ?? '', /^Clear the screen\./)
})

test('a comment that ends with a colon and is apart is the heading of what follows', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `#define FIRST 1

// Presence of features:

#ifdef OTHER
# define HAS_A OTHER
#else
# define HAS_A 0
#endif

// half-open range [lo..hi):
#define BETWEEN(v, lo, hi) ((lo) <= (v) && (v) < (hi))
`,
  })
  assert.equal(component('a.h#HAS_A').doc, null)
  assert.equal(component('a.h#BETWEEN').doc, 'half-open range [lo..hi):')
})

test('a call is linked without a declaration, unless it may mean what an unread file declares', async () => {
  const { analysis, from } = await analyseTexts([c], {
    'a.c': '#include "a.h"\nint f(void) { return made() + other(); }\n',
    'a.h': '#include "deps/made.inc"\n',
    'b.c': 'int g(void) { return made(); }\n',
    'made.c': '#include "made.h"\nint made(void) { return 1; }\nint other(void) { return 2; }\n',
    'made.h': 'int made(void);\n',
    'deps/made.inc': 'int made(void);\n',
  })
  assert.deepEqual(from('a.c#f'), [])
  assert.deepEqual(from('b.c#g'), ['b.c#g -calls-> made.c#made (package)'])
  assert.equal(analysis.reports[0]?.callsUnresolved, 1, 'only `other` may be declared by the unread file')
})

test('directives of Objective-C declare nothing', async () => {
  const { analysis } = await analyseTexts([c], {
    'Ring.h': '@import Foundation;\n@class Plan;\n\nextern double RingVersion;\n',
  })
  assert.deepEqual(
    analysis.components.map(({ name }) => name),
    ['RingVersion'],
  )
})

test('a macro that makes a string may stand beside string literals', async () => {
  const { analysis, from } = await analyseTexts([c], {
    'a.c': `#define QL(x) "'" x "'"
void fail(const char *text);
void f(int c) {
  switch (c) { case 1: break; default: fail(QL("=") " or ) " QL("in") " expected"); }
}
void g(void) { fail("not"
  QL("x")); }
`,
  })
  const functions = analysis.components.filter(({ id }) => /#[fg]$/.test(id))
  assert.deepEqual(
    functions.map(({ id, startLine, endLine }) => [id, startLine, endLine]),
    [
      ['a.c#f', 3, 5],
      ['a.c#g', 6, 7],
    ],
  )
  assert.ok(from('a.c#f').includes('a.c#f -calls-> a.c#QL (same-file)'))
  const others = ['#define BOTH "a" QL("b")', '/* "a" QL("b") */', 'extern "C" EXPORT(int) h(void);', 'g("(A(b) ", x);']
  for (const text of others) assert.equal(joinStringMacros(text), text)
})

test('the body of a macro uses what it calls, constants and types, but neither its parameters nor variables or members', async () => {
  const { from } = await analyseTexts([c], {
    'a.h':
      '#define IS_TRUE(x) ((x)->kind() == KIND_TRUE)\n#define KIND_TRUE 1\ntypedef struct { int a; } pair_t;\nint count;\nint test(int x);\nint kind(void);\n/* calls kind() */\n#define BOTH(count, x) do { \\\n  /* kind() */ pair_t pair; log("kind()"); \\\n  if (test(x) && IS_TRUE(x)) count = 1; \\\n} while (0)\n#define MAKE(test) test(1)\n#define PASTE(x) kind##x()\n',
    'a.c': '#include "a.h"\nint test(int x) { return x; }\nint kind(void) { return 1; }\n',
  })
  assert.deepEqual(from('a.h#BOTH'), [
    'a.h#BOTH -references-> a.c#test (package)',
    'a.h#BOTH -references-> a.h#IS_TRUE (same-file)',
    'a.h#BOTH -uses-type-> a.h#pair_t (same-file)',
  ])
  assert.deepEqual(from('a.h#IS_TRUE'), ['a.h#IS_TRUE -references-> a.h#KIND_TRUE (same-file)'])
  assert.deepEqual([...from('a.h#MAKE'), ...from('a.h#PASTE')], [])
})

test('an include in angle brackets leads to the only file of that name, unless that is beside or of the system', async () => {
  const { from } = await analyseTexts([c], {
    'src/plan.h': 'int plan(void);\n',
    'src/event.h': 'int fire(void);\n',
    'src/string.h': 'int text(void);\n',
    'src/a.c': '#include <event.h>\nint a(void) { return 1; }\n',
    'test/check.c': '#include <plan.h>\n#include <string.h>\nint check(void) { return plan(); }\n',
  })
  assert.deepEqual(from('src/a.c'), [])
  assert.deepEqual(from('test/check.c'), ['test/check.c -imports-> src/plan.h (import)'])
})

test('macros that their names call attributes are no functions and no types of parameters', async () => {
  const { analysis, component } = await analyseTexts([c], {
    'a.h': `/* Copies it. */
ATTR_NONNULL ATTR_ACCESS_W(1, 3) ATTR_ACCESS_R(2, 3)
size_t copy(char* to, const char* from, size_t size);
/* Logs it. */
ATTR_FORMAT(printf, 1, 2)
void put(const char* format, ATTR_UNUSED int level);
ATTR_ALLOC_SIZE1(1) void* make(size_t size);
REGISTER(copy)
int count(ATTR_UNUSED const char* name);
`,
  })
  assert.deepEqual(analysis.components.map(({ id, kind }) => `${id} ${kind}`).sort(), [
    'a.h#copy function',
    'a.h#count function',
    'a.h#make function',
    'a.h#put function',
  ])
  assert.equal(component('a.h#put').signature, 'void put(const char* format, int level)')
  assert.equal(component('a.h#count').signature, 'int count(const char* name)')
  assert.equal(component('a.h#copy').doc, 'Copies it.')
  assert.equal(component('a.h#put').doc, 'Logs it.')
})

test('types whose names look like macros stay in signatures', async () => {
  const kept = [
    'int count(const X509_ATTRIBUTE *attr)',
    'X509_ATTRIBUTE *dup(const X509_ATTRIBUTE *xa)',
    'int event(LPSECURITY_ATTRIBUTES lpEventAttributes, int b)',
    'int copy(TPM2B_PUBLIC const *src, X509_ATTRIBUTE)',
    'int tagged(struct X509_ATTRIBUTE *a)',
    'void use(API *api)',
  ]
  const removed: [string, string][] = [
    ['void hook(void (WINAPI *call)(int))', 'void hook(void (*call)(int))'],
    ['char * LIB_API name1(ATTR_UNUSED int)', 'char * name1(int)'],
    ['LIB_API const char *name2(ATTR_UNUSED char *a)', 'const char *name2(char *a)'],
    ['int WINAPI *name3(int a UNUSED)', 'int *name3(int a)'],
  ]
  for (const [header, expected] of [...kept.map((one) => [one, one] as const), ...removed]) {
    const { analysis } = await analyseTexts([c], { 'a.h': `${header};\n` })
    assert.deepEqual(
      analysis.components.map(({ signature }) => signature),
      [expected],
    )
  }
})

test('a macro that writes the head of a function names it by its arguments', async () => {
  const { component, analysis, from } = await analyseTexts([c], {
    'hook.c': `#define HOOK(R, N, args...) R N ( EXPAND(args) )
static int real(int fd) { return fd; }
HOOK(int, close, int fd) {
  return real(fd);
}
HOOK(struct host *, lookup, const char *name,
     int flags) { return 0; }
OTHER(int, open, int fd) { return real(fd); }
int also(void) { return close(1); }
`,
    'daemon.c': 'int run(void) { return close(1); }\n',
  })
  assert.equal(component('hook.c#close').signature, 'int close(int fd)')
  assert.match(component('hook.c#lookup').signature, /^struct host \* lookup\(const char \*name, int flags\)$/)
  assert.match(from('hook.c#also').join(), /^\S+ ?-calls-> hook\.c#close \(same-file\)$/)
  assert.deepEqual(from('daemon.c#run'), [], 'another program calls the library')
  assert.equal(
    analysis.components.some(({ signature }) => signature.includes('return')),
    false,
  )
})

test('macros of the file in lower case that stand for modifiers are no types, nor remarks on a variant the doc of a macro', async () => {
  const { analysis, component } = await analyseTexts([c], {
    'a.h': `#define orbit_own static
#ifdef OLD
#  define orbit_inline __inline /* old compilers */
#  define OLD_CALL(x) x /* no warning for these */
#else
#  define orbit_inline __attribute__((always_inline)) inline
#  define OLD_CALL(x) x __attribute__((deprecated))
#endif
/* Plans one. */
orbit_own orbit_inline
int plan(int x) {
  return x;
}
orbit_own int count;
typedef enum {
  ORBIT_MAX = 7
  OLD_ITEM(max)
  OLD_ITEM(least)
} orbit_limit;
`,
  })
  const ids = analysis.components.filter(({ kind }) => kind !== 'macro').map(({ id }) => id)
  assert.deepEqual(ids, ['a.h#plan', 'a.h#count', 'a.h#orbit_limit', 'a.h#orbit_limit.ORBIT_MAX'])
  assert.equal(component('a.h#plan').doc, 'Plans one.')
  assert.equal(component('a.h#OLD_CALL').doc, null)
})

test('an unnamed type shows the name of its typedef', async () => {
  const { component } = await analyseTexts([c], {
    'a.h':
      'typedef union {\n  int a;\n  char b[4];\n} word;\ntypedef enum { ON, OFF } state;\nstruct plain { int a; };\n',
  })
  assert.deepEqual(
    ['word', 'state', 'plain'].map((name) => component(`a.h#${name}`).signature),
    ['typedef union {…} word', 'typedef enum {…} state', 'struct plain'],
  )
})

test('what is said of several is said of each, a title only of the one that it names', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `// accessors
void *list_get(int at);
// returns 1 on success
int list_add(int item);
int list_set(int item);

// list of names
int list;
int other;
`,
  })
  assert.deepEqual(
    ['list_get', 'list_add', 'list_set', 'other'].map((name) => component(`a.h#${name}`).doc),
    [null, null, null, null],
  )
})

test('a comment of several lines between what a file includes and its first declaration describes the file', async () => {
  const { analysis } = await analyseTexts([c], {
    'a.c':
      '/* Copyright (c) Orbit */\n\n#include <a.h>\n\n/*\n * Shows the orbits of a planet.\n */\n\nint a(void) { return 0; }\n',
    'b.c': '#include <a.h>\n\n/*\n * Counts them.\n */\nint b(void) { return 0; }\n',
    'c.c': '#include <a.h>\n#define MANY 3\n\n/*\n * Draws the orbits.\n */\n\nint c(void) { return 0; }\n',
  })
  assert.deepEqual({ ...analysis.fileDocs }, { 'a.c': 'Shows the orbits of a planet.' })
})

test('members and functions behind macros without a semicolon are read, and the last item of a list stays', async () => {
  const { analysis } = await analyseTexts([c], {
    'a.h': `#define HANDLE_FIELDS void *data;
/** A handle. */
struct handle_s {
  HANDLE_FIELDS
};
struct stream_s {
  HANDLE_FIELDS
  STREAM_FIELDS
  unsigned int flags;
  union { int fd; } u;
  STREAM_PRIVATE_FIELDS
};
ORBIT_EXTERN int stream_init(struct stream_s *stream);
typedef enum {
  UNKNOWN_REQ = 0,
#define XX(name) REQ_##name,
  REQ_MAP(XX)
#undef XX
  REQ_PRIVATE
  REQ_MAX
} req_type;
ORBIT_EXTERN Plan *(*orbit_plan)(int id) ORBIT_END;
ORBIT_EXTERN size_t (*orbit_size)(int id) ORBIT_END;
typedef int (WINAPI *accept_fn)(int socket,
                                int other);
`,
    'a.c': 'static HANDLE open_pipe(const WCHAR* name, DWORD* flags) {\n  return 0;\n}\n',
  })
  const found = new Map(analysis.components.map(({ id, signature }) => [id, signature]))
  assert.deepEqual([...found.keys()].filter((id) => !/HANDLE_FIELDS|\.(?:fd|id)$/.test(id)).sort(), [
    'a.c#open_pipe',
    'a.h#accept_fn',
    'a.h#handle_s',
    'a.h#orbit_plan',
    'a.h#orbit_size',
    'a.h#req_type',
    'a.h#req_type.REQ_MAX',
    'a.h#req_type.UNKNOWN_REQ',
    'a.h#stream_init',
    'a.h#stream_s',
    'a.h#stream_s.flags',
    'a.h#stream_s.u',
  ])
  assert.match(found.get('a.c#open_pipe') ?? '', /^static HANDLE open_pipe\(/)
})

test('a call means neither what another system compiles nor the stub of a branch', async () => {
  const { from } = await analyseTexts([c], {
    'a.h': '#include <stdio.h>\nint snprint(char *to);\nint close_events(int a);\n',
    'src/win/print.c': '#include "../../a.h"\nint snprint(char *to) { return 0; }\n',
    'src/unix/events.c': `#include "../../a.h"
#if OLD
int close_events(int a) {
  return 0;
}
#else
int close_events(int a) {
  int events = a + 1;
  while (events < 100) events = events * 2 + a;
  while (events > 0) events = events - 2 * a;
  if (events == a) return 1;
  return events + events * a;
}
#endif
`,
    'src/unix/name.c':
      '#include "../../a.h"\nint name(char *to) { return snprint(to); }\nint stop(void) { return close_events(1); }\n',
    'src/win/name.c': '#include "../../a.h"\nint label(char *to) { return snprint(to); }\n',
  })
  assert.deepEqual(from('src/unix/name.c#name'), [])
  assert.deepEqual(from('src/win/name.c#label'), ['src/win/name.c#label -calls-> src/win/print.c#snprint (import)'])
  assert.deepEqual(from('src/unix/name.c#stop'), [
    'src/unix/name.c#stop -calls-> src/unix/events.c#close_events~2 (import)',
  ])
})

test('functions behind macros for old compilers are functions, and what a misread one holds is local', async () => {
  const { analysis } = await analyseTexts([c], {
    'plan.c': `EXTERN int EXPORT plan OF((orbit_t *to, int (*next)(int)));
EXTERN int EXPORT plan OF((orbit_t *to, int (*next)(int)))
{
    int count = next(1);
    return RUN((to, count));
}
int burns = 1;
int land UNREADABLE[[x]] (void *at)
{
    int left = 1;
    if (left) {
        int right = left;
    }
}
#ifdef ORBIT
    int fuel = 2;
#endif
`,
  })
  const names = analysis.components.map((one) => `${one.kind} ${one.name} ${one.startLine}`)
  assert.ok(names.includes('function plan 2'), names.join())
  assert.ok(names.some((one) => / burns /.test(one)) && names.some((one) => / fuel /.test(one)), names.join())
  assert.ok(!names.some((one) => / (?:count|left|right) /.test(one)), names.join())
})

test('nothing in a comment of several lines is a macro', () => {
  const text = 'int y;\n/* int a;\nAPI_X int f(void);\n*/\nint z;\n'
  assert.deepEqual(hideMacros(text), { text, refs: [] })
})

test('a macro that its file always undefines again is hidden, one that it undefines under a condition or in a comment is not', async () => {
  const { component } = await analyseTexts([c], {
    'a.h': `#ifndef A_H
#define A_H
#define GONE 1
#define IN_COMMENT 2
#define UNDER_CONDITION 3
#ifdef FAST
#define IN_BOTH 4
#else
#define IN_BOTH 5
#endif
#undef GONE
/*
#undef IN_COMMENT
*/
#ifdef LIB_NO
#undef UNDER_CONDITION
#endif
#undef IN_BOTH
#endif
`,
  })
  const isHidden = (name: string): boolean => component(`a.h#${name}`).hidden === true
  assert.deepEqual(['GONE', 'IN_COMMENT', 'UNDER_CONDITION', 'IN_BOTH'].map(isHidden), [true, false, false, true])
})

test('what follows a directive that ends with a number is not after a number', async () => {
  const { component } = await analyseTexts([c], {
    'a.c': 'typedef struct { int a; } PLAN;\n#define MAX 64\nPLAN plan_of(int x) { run(); PLAN p; return p; }\n',
  })
  assert.equal(component('a.c#plan_of').signature, 'PLAN plan_of(int x)')
})
