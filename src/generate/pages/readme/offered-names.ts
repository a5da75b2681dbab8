/** Maps the names that code uses to the public components of packages. */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { mixedInto } from '#generate/pages/entry/mixed-into.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { receiverOf } from '#generate/signature-parameters.ts'

/** Built-in names of languages, by file extension. */
const BUILT_IN: readonly (readonly [file: RegExp, names: ReadonlySet<string>])[] = [
  [/\.rs$/, new Set('Box Default Err From Into Iterator None Ok Option Result Some String Vec'.split(' '))],
  [
    /\.pyi?$/,
    new Set(
      'all any breakpoint compile dict filter format hash help input iter len list map max min next object open pow print property range repr round set sorted sum super type zip'.split(
        ' ',
      ),
    ),
  ],
  [
    /\.rb$/,
    new Set(
      'Array Class Comparable Date DateTime Dir Enumerable Enumerator File Hash IO Integer Kernel Logger Module Mutex Object Pathname Proc Process Queue Random Range Regexp Set String StringIO Struct Symbol Thread Time URI'.split(
        ' ',
      ),
    ),
  ],
  [
    /\.[cm]?[jt]sx?$/,
    new Set(
      'Array Blob Date Error Event EventTarget File FormData Function Headers Map Number Object Promise Proxy Request Response Set String Symbol URL WebSocket Worker fetch setInterval setTimeout structuredClone'.split(
        ' ',
      ),
    ),
  ],
]

/** Whether the language of a file has a built-in of the name. */
export const isBuiltIn = (file: string, name: string): boolean =>
  BUILT_IN.some(([ofFile, names]) => ofFile.test(file) && names.has(name))

export interface Offered {
  readonly id: string
  readonly path: string
  /** The last part of the path, or the class of a method. */
  readonly owner: string
  /** Called on a value, which often has the name of its class: `loader.setup`. */
  readonly isOnValue?: boolean
  /** A Kotlin extension, called on the value of any expression. Never called without a receiver, which a lambda may imply. */
  readonly isExtension?: boolean
  /** The name alone may mean something else: a built-in such as `Ok` in Rust and `Time` in Ruby, or in Ruby a top-level definition. */
  readonly isBuiltIn?: boolean
}

const isNestedInRuby = ({ file, kind, qualifiedName }: Component): boolean =>
  file.endsWith('.rb') && qualifiedName.includes('.') && TYPES.has(kind)

export function offeredByName(writing: Writing): Map<string, Offered[]> {
  const byName = new Map<string, Offered[]>()
  const members = memberNames(writing)
  for (const { paths } of importedSurfaces(writing)) {
    for (const { path, names } of paths) {
      const owner = lastOf(path)
      for (const { name, to } of names) {
        const component = to === null ? undefined : writing.repo.components.get(to)
        if (component === undefined || isDeprecated(component) || isHidden(writing, component)) continue
        const on = mixedInto(writing.repo, component)
        const isExtension = isExtending(component)
        // Members take precedence over extensions, and the type of the value is unknown.
        if (isExtension && members.has(name)) continue
        // C++ names include their namespaces.
        const [own = name, space] = name.split('::').toReversed()
        // C# omits the suffix of attributes: `[Verb("add")]`.
        const short = component.file.endsWith('.cs') ? own.replace(/(?<=\w)Attribute$/, '') : own
        for (const one of new Set([own, short]))
          push(byName, one, {
            id: component.id,
            path,
            owner: on?.slice(0, -1) ?? space ?? owner,
            isOnValue: on !== undefined,
            isExtension,
            isBuiltIn: isBuiltIn(component.file, one) || isNestedInRuby(component),
          })
      }
    }
  }
  if (byName.size > 0) return byName
  // If no manifest says what is public, as for headers to be copied, every exported name may be meant.
  const known = new Set<string>()
  for (const { id, kind, name, file, parent, exported } of writing.repo.components.values()) {
    if (!exported || parent !== null || !isMain(file, writing.repo)) continue
    const key = `${file}\0${name}`
    // A Scala class and its companion object are one.
    if (TYPES.has(kind) && file.endsWith('.scala') && known.has(key)) continue
    known.add(key)
    push(byName, name, { id, path: file, owner: '' })
  }
  return byName
}

/** `chi` of `github.com/go-chi/chi/v5`, `yaml` of `gopkg.in/yaml.v3`: the name of a package in code. */
function lastOf(path: string): string {
  const parts = path.split(/[./:\\]+/)
  const last = parts.at(-1) ?? ''
  return /^v\d{1,3}$/.test(last) ? (parts.at(-2) ?? last) : last
}

const isExtending = ({ file, kind, name, signature }: Component): boolean =>
  file.endsWith('.kt') && (kind === 'function' || kind === 'method') && receiverOf(signature, name) !== null

/** Names of the members of Kotlin types. */
function memberNames({ repo }: Writing): ReadonlySet<string> {
  const found = new Set<string>()
  for (const one of repo.components.values())
    if (one.parent !== null && one.file.endsWith('.kt') && isMain(one.file, repo) && !isExtending(one))
      found.add(one.name)
  return found
}
