/**
 * Writes the type of a method as text in which every name has its import path, so that two methods have the same type
 * if the texts are equal.
 */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, Flag } from '#generate/analyse/engine/facts.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import { nameOf } from '#generate/paths.ts'
import { parameterList, readParameters } from '#generate/signature-parameters.ts'
import { builtins } from './common-names.ts'
import { standardAliases } from './standard-interfaces.ts'

const BUILTIN_ALIASES: ReadonlyMap<string, string> = new Map([
  ['byte', 'uint8'],
  ['rune', 'int32'],
  ['any', 'interface{}'],
])
const WORDS = new Set(['func', 'map', 'chan', 'struct', 'interface'])
const NAMES = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)?/gu
/** Types that contain names of parameters or members; their texts cannot be compared. */
const NESTED = /\bfunc\b|\bstruct ?\{ ?[^\s}]|\binterface ?\{ ?[^\s}]/

/** The import path of a package that a file names, or `undefined` if the file imports no package of this name. */
type PathOf = (name: string) => string | undefined

/** @returns `undefined` if a name in the type is not certain, such as the name of a type parameter. */
export function methodType(program: Program, method: Decl): string | undefined {
  const { file } = method
  return typeOfSignature(
    file.string(method.at(D.signature)),
    method.name,
    (name) => importPath(file, name),
    (name) => {
      const fullName = `${file.package}.${name}`
      const [decl] = program.byFullName.get(fullName) ?? []
      return decl === undefined || (decl.kind === 'type' && decl.has(Flag.static)) ? undefined : fullName
    },
  )
}

/** The type of a method of the standard library, where packages are named by their paths' last parts. */
export function standardType(signature: string, name: string): string | undefined {
  return typeOfSignature(
    signature,
    name,
    (local) => STANDARD_PATHS.get(local) ?? local,
    () => undefined,
  )
}

const STANDARD_PATHS: ReadonlyMap<string, string> = new Map([
  ['fs', 'io/fs'],
  ['http', 'net/http'],
  ['slog', 'log/slog'],
  ['driver', 'database/sql/driver'],
  ['json', 'encoding/json'],
  ['xml', 'encoding/xml'],
])

/** The import path that a package name refers to in a file; the canonical path for a package of the repository. */
export function importPath(file: FileUnit, name: string): string | undefined {
  const own = file.linker.lookUp(file, name, 'value', 0)
  if (own?.namespace !== undefined) return own.namespace
  return file.facts.imports.find(({ path, alias }) => (alias ?? nameOf(path)) === name)?.path
}

function typeOfSignature(signature: string, name: string, pathOf: PathOf, own: PathOf): string | undefined {
  const list = parameterList(signature, name)
  const rest = list === null ? '' : signature.slice(list.end).trim()
  const parameters = typesOf(signature, name)
  const results = rest.startsWith('(') ? typesOf(`_${rest}`, '_') : rest === '' ? [] : [rest]
  if (parameters === undefined || results === undefined) return undefined
  const types = [...parameters, ...results].map((type) => canonical(type, pathOf, own))
  if (types.includes(undefined)) return undefined
  return `(${types.slice(0, parameters.length).join(', ')}) (${types.slice(parameters.length).join(', ')})`
}

function typesOf(signature: string, name: string): string[] | undefined {
  const read = readParameters(signature, name, 'go')
  if (read === null) return undefined
  const areNamed = read.some((one) => one.name !== '' && one.type !== '')
  return read.map((one) => (areNamed ? one.type : `${one.name} ${one.type}`.trim()))
}

function canonical(type: string, pathOf: PathOf, own: PathOf): string | undefined {
  if (NESTED.test(type)) return undefined
  let isCertain = true
  const text = type.replace(NAMES, (name) => {
    if (WORDS.has(name)) return name
    const dot = name.indexOf('.')
    if (dot < 0 && builtins.has(name)) return BUILTIN_ALIASES.get(name) ?? name
    const path = dot < 0 ? own(name) : pathOf(name.slice(0, dot))
    if (path === undefined) isCertain = false
    const full = dot < 0 ? (path ?? name) : `${path}${name.slice(dot)}`
    return standardAliases.get(full) ?? full
  })
  return isCertain ? text.replace(/\s+/g, ' ').replace(/ ?([{}]) ?/g, '$1') : undefined
}
