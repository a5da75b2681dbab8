/** Small programs of C from a seed, and random changes of them: everything names everything else. */

import type { Random } from '../python/random-program.ts'

/** Files as lists of what is in them. */
export type RandomProgram = Map<string, string[]>

const PATHS = ['a.h', 'b.h', 'lib/a.h', 'lib/c.h', 'a.c', 'b.c', 'c.c', 'lib/a.c', 'lib/d.c', 'x.cpp']
const HEADERS = ['a.h', 'b.h', 'c.h', 'lib/a.h', 'lib/c.h', '../a.h']
const NAMES = [...'abcdefghijklmn']
const TYPES = [...'PQRSTU']

export function makeC(random: Random): RandomProgram {
  const program: RandomProgram = new Map()
  for (const path of PATHS)
    if (random(6) > 0 && (path !== 'x.cpp' || random(4) === 0)) program.set(path, makeParts(random))
  return program
}

const makeParts = (random: Random): string[] => Array.from({ length: 2 + random(7) }, () => makePart(random))

function makePart(random: Random): string {
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T
  const name = (): string => one(NAMES)
  const type = (): string => one(['int', one(TYPES), one(TYPES), `struct ${one(TYPES)}`, `union ${one(TYPES)}`])
  const use = (): string =>
    one([
      `${name()}(${name()}, 1);`,
      `${name()}()->${name()}();`,
      `${type()} *v; v->${name()}.${name()} = ${name()};`,
      `${type()} w; w.${name()}(); (*w.${name()})();`,
      `${name()}.${name()}->${name()} = ${name().toUpperCase()};`,
      `((${type()} *)${name()})->${name()}();`,
    ])
  switch (random(13)) {
    case 0:
    case 1:
    case 2:
      return `#include "${one(HEADERS)}"`
    case 3:
      return `struct ${one(TYPES)} { ${type()} *${name()}; ${type()} ${name()}; };`
    case 4:
      return `typedef ${one([type(), type(), `struct { ${type()} ${name()}; }`])} ${one(TYPES)};`
    case 5:
      return `${one(['', 'extern ', 'static '])}${type()} ${one(['', '*'])}${name()};`
    case 6:
      return `${one(['', 'static '])}${type()} *${name()}(${type()} p);`
    case 7:
      return `#define ${one([name(), name().toUpperCase()])}${one(['', '(x)'])} ${name()}`
    case 8:
      return `typedef ${type()} *(*${one(TYPES)})(int);`
    case 9:
      return `enum ${one(TYPES)} { ${name().toUpperCase()}, ${name()} };`
    case 10:
      return `struct { ${type()} ${name()}; struct { ${type()} ${name()}; }; } ${name()};`
    default:
      return `${one(['', '', 'static '])}${type()} *${name()}(${type()} *${name()}) { ${use()} ${use()} return ${name()}; }`
  }
}

/** Changes one thing: a part of a file, the order of two, a file or its path. */
export function changeC(program: RandomProgram, random: Random): void {
  const paths = [...program.keys()]
  const path = paths[random(paths.length)] ?? 'a.c'
  const parts = program.get(path) ?? []
  const at = random(parts.length + 1)
  switch (random(10)) {
    case 0: {
      const free = PATHS.filter((one) => !program.has(one))
      const to = free[random(free.length)]
      if (to !== undefined) program.set(to, random(2) === 0 ? makeParts(random) : parts)
      return
    }
    case 1:
      if (paths.length > 3) program.delete(path)
      return
    case 2: {
      const to = program.get(paths[random(paths.length)] ?? '')
      const [part] = parts.splice(at, 1)
      if (part !== undefined) to?.push(part)
      return
    }
    case 3:
      parts.splice(at, 1)
      return
    case 4:
    case 5:
      parts.splice(at, 0, makePart(random))
      return
    case 6: {
      const [from, to] = [NAMES[random(NAMES.length)] ?? 'a', NAMES[random(NAMES.length)] ?? 'b']
      program.set(
        path,
        parts.map((part) => part.replace(new RegExp(`\\b${from}\\b(?!\\.h)`, 'g'), to)),
      )
      return
    }
    default:
      parts[at] = makePart(random)
  }
}

/** In the order of their paths, as an analysis gets them. */
export function textsOf(program: RandomProgram): Record<string, string> {
  const sorted = [...program].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([path, parts]) => [path, `${parts.join('\n')}\n`]))
}
