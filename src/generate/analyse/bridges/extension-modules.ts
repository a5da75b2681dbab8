/** Python modules declared in Rust (PyO3), C++ (pybind11, nanobind) or C, with the names that they export. */

import { push } from '#base/multimap.ts'
import { C_LIKE, RUST } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import type { World } from './bridge.ts'

const RUST_MODULE =
  /#\[pymodule(?:\([^()]*\))?\]\s*(?:#\[[^\]\n]*\]\s*){0,20}(?:pub(?:\([^()]*\))?\s+)?(?:unsafe\s+)?(?:fn|mod)\s+(\w+)/g
const C_MODULE =
  /^[ \t]*(?:PYBIND11_MODULE|NB_MODULE|PYBIND11_EMBEDDED_MODULE)\s*\(\s*(\w+)\s*,|\bPyMODINIT_FUNC\s+PyInit_(\w+)\s*\([^()]{0,80}\)\s*\{/gm
const RUST_EXPORT = /#(?=\[(?:pyfunction|pyclass)\b)/g
const RUST_ITEM = /\s*(?:pub(?:\([^()]*\))?\s+)?(?:async\s+)?(?:unsafe\s+)?(?:fn|struct|enum)\s+(\w+)/y
const C_EXPORT = /\.def[ \t]*\(\s*("~*")\s*,\s*&\s*(\w+)\s*[,)]/g
const MODULE_WORDS = ['PYBIND11_MODULE', 'PYBIND11_EMBEDDED_MODULE', 'NB_MODULE', 'PyMODINIT_FUNC']
const modules = new WeakMap<World, Map<string, Extension[]>>()

/** Components keyed by `file#name`. */
type ComponentsByName = Map<string, Component[]>

export interface Extension {
  name: string
  file: string
  /** Exported names and their components. */
  exported: Map<string, string>
}

/** Extensions keyed by name, which is the last part of the Python name. */
export function extensionsOf(world: World): Map<string, Extension[]> {
  const cached = modules.get(world)
  if (cached !== undefined) return cached
  const found = new Map<string, Extension[]>()
  modules.set(world, found)
  const crates = new Map<string, Map<string, Set<string>>>()
  const byName: ComponentsByName = new Map()
  const files = world.repository.all().filter(declaresModules)
  const rust = files.filter((file) => file.language === 'rust')
  const native = files.filter((file) => file.language !== 'rust')
  const paths = new Set([...rust, ...native].map((file) => file.path))
  if (paths.size === 0) return found
  for (const component of world.components) {
    if (paths.has(component.file)) push(byName, `${component.file}#${component.name}`, component)
  }
  for (const file of rust) {
    const masked = MaskedCode.of(file.text ?? '', RUST)
    if (masked === undefined) continue
    const crate = crateOf(file.path, world)
    const exported = crates.get(crate) ?? new Map<string, Set<string>>()
    crates.set(crate, exported)
    for (const match of masked.code.matchAll(RUST_EXPORT)) {
      const item = itemAfter(masked, match.index)
      if (item === undefined) continue
      const id = byName
        .get(`${file.path}#${item.name}`)
        ?.find((one) => one.startLine <= item.line && one.endLine >= item.line)?.id
      const name = /\bname\s*=\s*"([^"\n]+)"/.exec(item.attributes)?.[1] ?? item.name
      if (id !== undefined) exported.set(name, (exported.get(name) ?? new Set()).add(id))
    }
  }
  for (const file of [...rust, ...native]) addModules(file, crates, byName, found, world)
  return found
}

/** The item that attributes belong to, with their text. */
function itemAfter(masked: MaskedCode, start: number): { name: string; line: number; attributes: string } | undefined {
  let at = start
  for (let count = 0; count < 20; count++) {
    const end = masked.argumentsAt(at + 1)?.end
    if (end === undefined) return undefined
    const space = /\s*/y
    space.lastIndex = end
    space.exec(masked.code)
    at = space.lastIndex
    if (masked.code.startsWith('#[', at)) continue
    RUST_ITEM.lastIndex = at
    const match = RUST_ITEM.exec(masked.code)
    const name = match?.[1]
    if (name === undefined) return undefined
    return { name, line: masked.lineAt(RUST_ITEM.lastIndex - 1), attributes: masked.text.slice(start, at) }
  }
  return undefined
}

function addModules(
  file: SourceFile,
  crates: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>,
  byName: ComponentsByName,
  found: Map<string, Extension[]>,
  world: World,
): void {
  const isRust = file.language === 'rust'
  const lexicalRules = isRust ? RUST : C_LIKE
  const masked = MaskedCode.of(file.text ?? '', lexicalRules)
  for (const match of masked?.code.matchAll(isRust ? RUST_MODULE : C_MODULE) ?? []) {
    const own = match[1] ?? match[2] ?? ''
    const attributes = (file.text ?? '').slice(match.index, match.index + match[0].length)
    const name = (isRust ? /\bname\s*=\s*"([^"\n]+)"/.exec(attributes)?.[1] : undefined) ?? own
    const exported = new Map<string, string>()
    for (const [key, ids] of isRust ? (crates.get(crateOf(file.path, world)) ?? []) : []) {
      const [id] = ids
      if (ids.size === 1 && id !== undefined) exported.set(key, id)
    }
    if (masked !== undefined && !isRust) addDefined(masked, file.path, byName, exported)
    push(found, name, { name, file: file.path, exported })
  }
}

/** `m.def("name", &function)` */
function addDefined(masked: MaskedCode, path: string, byName: ComponentsByName, exported: Map<string, string>): void {
  for (const match of masked.code.matchAll(C_EXPORT)) {
    const name = masked.literals.get(match.index + match[0].indexOf('"'))
    const [only, ...others] = byName.get(`${path}#${match[2]}`) ?? []
    if (name !== undefined && only !== undefined && others.length === 0) exported.set(name, only.id)
  }
}

/** Whether a file declares such a module or a part of one; fast. */
export function declaresModules({ language, text, generated, vendored, role }: SourceFile): boolean {
  if (text === null || generated || vendored || role === 'test') return false
  if (language === 'rust') return text.includes('#[py') && /#\[py(?:module|function|class)\b/.test(text)
  if (language !== 'cpp' && language !== 'c') return false
  return MODULE_WORDS.some((word) => text.includes(word))
}

/** The folder of the nearest Cargo.toml; without one, the path of the file, which is then a crate by itself. */
function crateOf(path: string, { repository }: World): string {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (repository.isFile(folder === '' ? 'Cargo.toml' : `${folder}/Cargo.toml`)) return folder
    if (folder === '') return path
  }
}
