/**
 * Rust: a function in an `extern "C"` block is the C function of this name in a file that the crate's `build.rs`
 * compiles.
 */

import { push } from '#base/multimap.ts'
import { RUST } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component } from '#generate/model.ts'
import { folderOf, inFolder } from '#generate/paths.ts'
import type { BridgeReader, World } from './bridge.ts'

const BLOCK = /\bextern\s+"~*"\s*(?=\{)/g
const DECLARED = /\bfn\s+(\w+)\s*\(/g
const COMPILED = /\.\s*file\s*\(\s*(?=")/g
const compiled = new WeakMap<World, Map<string, Map<string, Component[]>>>()

export const rustExtern: BridgeReader = {
  languages: ['rust'],
  lexicalRules: RUST,
  asksForAll: true,
  mayContain: (_, { text }) => /\bextern\s+"C"\s*\{/.test(text),
  read: ({ masked, path }, world) => {
    const crate = crateOf(path, world)
    const functions = crate === undefined ? undefined : functionsOf(crate, world)
    if (functions === undefined || functions.size === 0) return
    for (const match of masked.code.matchAll(BLOCK)) {
      const open = match.index + match[0].length
      const end = masked.argumentsAt(open)?.end
      if (end === undefined || masked.literals.get(open - match[0].length + match[0].indexOf('"')) !== 'C') continue
      for (const declared of masked.code.slice(open, end).matchAll(DECLARED)) {
        const name = declared[1] ?? ''
        const line = masked.lineAt(open + declared.index)
        const own = world.code.enclosingNamed(path, name, line)
        const found = functions.get(name) ?? []
        const [only] = found
        if (only !== undefined && found.length === 1)
          world.bridge(own?.id ?? world.code.enclosing(path, line), only.id, 'calls')
      }
    }
  },
}

/** The folder of a file's crate, if it has a build script. */
function crateOf(path: string, { repository }: World): string | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (repository.isFile(inFolder(folder, 'Cargo.toml'))) {
      return repository.isFile(inFolder(folder, 'build.rs')) ? folder : undefined
    }
    if (folder === '') return undefined
  }
}

/** Functions of the C files named in a build script, by name. */
function functionsOf(crate: string, world: World): Map<string, Component[]> {
  const crates = compiled.get(world) ?? new Map<string, Map<string, Component[]>>()
  compiled.set(world, crates)
  const known = crates.get(crate)
  if (known !== undefined) return known
  const found = new Map<string, Component[]>()
  crates.set(crate, found)
  const masked = MaskedCode.of(world.repository.file(inFolder(crate, 'build.rs'))?.text ?? '', RUST)
  const named = [...(masked?.code.matchAll(COMPILED) ?? [])].flatMap((match) => {
    const path = masked?.literals.get(match.index + match[0].length)
    return path === undefined ? [] : (world.repository.fileAt(crate, path) ?? [])
  })
  const files = new Set(named)
  for (const component of files.size === 0 ? [] : world.components) {
    if (component.kind === 'function' && files.has(component.file)) {
      push(found, component.name, component)
    }
  }
  return found
}
