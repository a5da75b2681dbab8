/** What packages offer, by the names that code calls it by. */

import type { Component } from '#generate/model.ts'
import { mixedInto } from '#generate/pages/entry/mixed-into.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { receiverOf } from '#generate/signature-parameters.ts'

/** What languages have without an import, by the ends of files. */
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

const isBuiltIn = (file: string, name: string): boolean =>
  BUILT_IN.some(([ofFile, names]) => ofFile.test(file) && names.has(name))

export interface Offered {
  readonly id: string
  readonly path: string
  /** The last part of the path, or the class whose method it is. */
  readonly owner: string
  /** Called on a value, which is often called as its class is: `loader.setup`. */
  readonly isOnValue?: boolean
  /** An extension of Kotlin, called on a value of any expression; never bare, where a lambda says what it is called on. */
  readonly isExtension?: boolean
  /** The language has something of the name by itself: `Ok` of Rust, `print` of Python, `Time` of Ruby. */
  readonly isBuiltIn?: boolean
}

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
        // A member comes before an extension, and what a value is nobody knows here.
        if (isExtension && members.has(name)) continue
        // C++ names what is offered with its namespaces.
        const [own = name, space] = name.split('::').toReversed()
        // C# leaves out the end of what stands in brackets: `[Verb("add")]`.
        const short = component.file.endsWith('.cs') ? own.replace(/(?<=\w)Attribute$/, '') : own
        for (const one of new Set([own, short]))
          byName.set(one, [
            ...(byName.get(one) ?? []),
            {
              id: component.id,
              path,
              owner: on?.slice(0, -1) ?? space ?? owner,
              isOnValue: on !== undefined,
              isExtension,
              isBuiltIn: isBuiltIn(component.file, one),
            },
          ])
      }
    }
  }
  if (byName.size > 0) return byName
  // Where no manifest says what is offered, such as of headers to be copied, all that is exported may be meant.
  for (const { id, kind, name, file, parent, exported } of writing.repo.components.values()) {
    if (!exported || parent !== null || !isMain(file, writing.repo)) continue
    const known = byName.get(name) ?? []
    // A class of Scala and the object of its name are one.
    if (TYPES.has(kind) && file.endsWith('.scala') && known.some(({ path }) => path === file)) continue
    byName.set(name, [...known, { id, path: file, owner: '' }])
  }
  return byName
}

/** `chi` of `github.com/go-chi/chi/v5`, `yaml` of `gopkg.in/yaml.v3`: what code calls a package by. */
function lastOf(path: string): string {
  const parts = path.split(/[./:\\]+/)
  const last = parts.at(-1) ?? ''
  return /^v\d{1,3}$/.test(last) ? (parts.at(-2) ?? last) : last
}

const isExtending = ({ file, kind, name, signature }: Component): boolean =>
  file.endsWith('.kt') && (kind === 'function' || kind === 'method') && receiverOf(signature, name) !== null

/** Of the members of Kotlin's types. */
function memberNames({ repo }: Writing): ReadonlySet<string> {
  const found = new Set<string>()
  for (const one of repo.components.values())
    if (one.parent !== null && one.file.endsWith('.kt') && isMain(one.file, repo) && !isExtending(one))
      found.add(one.name)
  return found
}
