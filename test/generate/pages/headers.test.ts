import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from './real-sample.ts'

test('the guard of a header and every value of a long enumeration have a place, whether or not the header has its own page', async () => {
  const words = 'A sentence about what this does to the plan and to those who wait for it. '.repeat(6)
  const functions = Array.from({ length: 40 }, (_, at) => `/** ${words} */\nint plan_${at}(int how);\n`).join('')
  const values = Array.from({ length: 200 }, (_, at) => `  ORBIT_TAG_${at},`).join('\n')
  for (const inside of [functions, '#define ORBIT_A 1\n#define ORBIT_B 2\n']) {
    // `pagesOf` asserts that nothing is missing.
    await pagesOf({
      'deps/orbit/orbit.h': `#ifndef ORBIT_H\n#define ORBIT_H 1\n\ntypedef enum {\n${values}\n} OrbitTag;\n\n${inside}\n#endif\n`,
      'deps/orbit/orbit.c': '#include "orbit.h"\nint plan_0(int how) { return ORBIT_TAG_3 + how; }\n',
      'src/main.c': '#include "orbit/orbit.h"\nint main(void) { return plan_0(1); }\n',
      'README.md': '# Main\n\nRuns plans.\n',
    })
  }
})

test('items that a macro writes are not left out as if they were none; a union has only its own members', async () => {
  const text = `#define ORBIT_ITEMS(X) X(FIRST) X(SECOND)
/** What a plan is, of all that there are. */
typedef enum { ORBIT_ITEMS(ORBIT_ITEM)
  ORBIT_LAST } orbit_kind;
/** Which plan it is, of all that there are. */
typedef enum { ORBIT_A, ORBIT_B } orbit_plain;
/** Where a plan goes, with all its ways. */
typedef struct {
  union {
    /** Over the air. */
    struct { int height; } air;
    /** Over the sea. */
    int depth;
  } way;
} orbit_course;
int orbit_plan(orbit_kind kind, orbit_plain plain, orbit_course *course);
`
  const pages = [...(await pagesOf({ 'orbit.h': text, 'README.md': '# Orbit\n\nRuns plans.\n' })).values()].join('\n')
  assert.match(pages, /Also defined here: `ORBIT_LAST`/)
  assert.match(pages, /Values: `ORBIT_A`, `ORBIT_B`/)
  assert.match(pages, /`way` `union \{[^`]*\}`\n/)
})
