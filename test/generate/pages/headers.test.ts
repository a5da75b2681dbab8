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
