/** cgo: `C.name(…)` calls the C function of this name in the folder of the package, which cgo compiles in. */

import { push } from '#base/multimap.ts'
import { GO } from '#generate/formats/lexical-rules.ts'
import type { Component } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import type { BridgeReader, World } from './bridge.ts'

const CALL = /(?<![\w.])C\.(\w+)[ \t]*\(/g
const IMPORT = /^[ \t]*(?:import[ \t]+)?"C"[ \t]*$/m
/** Limit on the functions of one file that are searched in its preamble. */
const MAX_NAMES = 1_000
const functions = new WeakMap<World, Map<string, Component[]>>()

export const cgo: BridgeReader = {
  languages: ['go'],
  lexicalRules: GO,
  asksForAll: true,
  tests: true,
  mayContain: (head) => head.includes('"C"') && IMPORT.test(head),
  read: ({ masked, file, path }, world) => {
    const found = functionsOf(world)
    const preamble = preambleOf(file.text)
    const own = new Map<string, boolean>()
    for (const match of masked.code.matchAll(CALL)) {
      const name = match[1] ?? ''
      const there = found.get(`${folderOf(path)}/${name}`) ?? []
      const [only] = there
      if (only === undefined || there.length !== 1) continue
      if (!own.has(name)) own.set(name, own.size >= MAX_NAMES || isDefinedIn(name, preamble))
      if (own.get(name) === true) continue
      world.bridge(world.code.enclosing(path, masked.lineAt(match.index)), only.id, 'calls')
    }
  },
}

/** C functions keyed by folder and name. */
function functionsOf(world: World): Map<string, Component[]> {
  const known = functions.get(world)
  if (known !== undefined) return known
  const found = new Map<string, Component[]>()
  functions.set(world, found)
  for (const component of world.components) {
    if (component.kind !== 'function' || !/\.(?:c|cc|cpp|cxx|m)$/.test(component.file)) continue
    push(found, `${folderOf(component.file)}/${component.name}`, component)
  }
  return found
}

/** The text before `import "C"`; the comment at its end is compiled as C. */
function preambleOf(text: string): string {
  const at = IMPORT.exec(text)?.index ?? 0
  return text.slice(0, at)
}

/** Whether the preamble defines a function of this name. */
function isDefinedIn(name: string, preamble: string): boolean {
  for (let at = preamble.indexOf(name); at >= 0; at = preamble.indexOf(name, at + 1)) {
    if (/\w/.test(preamble[at - 1] ?? '') || /\w/.test(preamble[at + name.length] ?? '')) continue
    if (/^\s*\([^()]*\)\s*\{/.test(preamble.slice(at + name.length, at + name.length + 500))) return true
  }
  return false
}
