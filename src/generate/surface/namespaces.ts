/**
 * Lists the public API in languages whose declarations have qualified names: packages of the JVM, namespaces of .NET
 * and PHP, modules of Ruby.
 */

import { append } from '#base/long-arrays.ts'
import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import { type Analysis, type Component, compareText, type FileExport, type SurfacePath } from '#generate/model.ts'
import { keptInModules } from './java-modules.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { surfacePathsOf } from './surface-path.ts'

const SEPARATORS: Readonly<Record<string, string>> = {
  csharp: '.',
  groovy: '.',
  java: '.',
  kotlin: '.',
  php: '\\',
  ruby: '::',
  scala: '.',
}

/** Per ecosystem, which files users load; in other ecosystems they load all files. */
const LOADED_FILES: Readonly<Record<string, (about: NamedPackage, files: PackageFiles) => (path: string) => boolean>> =
  {
    maven: exportedBy,
    packagist: autoloadedBy,
    rubygems: requiredBy,
  }

/** The folder that `require` searches. */
const LOADED = /(?:^|\/)lib\//

export function namespacesOf(about: NamedPackage, files: PackageFiles): SurfacePath[] {
  const { inside, analysis } = files
  const namespaces = new Map<string, { language: string; names: FileExport[] }>()
  const objects = companionsOf(analysis)
  const isLoaded = LOADED_FILES[about.ecosystem]?.(about, files) ?? (() => true)
  for (const { path, language, role } of inside) {
    const separator = SEPARATORS[language ?? '']
    if (separator === undefined || language === null || role !== 'code') continue
    if (!isLoaded(path)) continue
    const seen = new Set<string>()
    for (const { name, to: exported } of analysis.exports[path] ?? []) {
      const to = exported === null ? null : (objects.get(exported) ?? exported)
      // A companion object and its class export one name; a definition that extends two modules has two.
      const key = `${name} ${to}`
      if (to !== null && seen.has(key)) continue
      seen.add(key)
      const dot = name.lastIndexOf('.')
      const namespace = name.slice(0, Math.max(0, dot)).replaceAll('.', separator)
      const known = namespaces.get(namespace) ?? { language, names: [] }
      namespaces.set(namespace, known)
      known.names.push({ name: name.slice(dot + 1), to })
    }
  }
  return [...namespaces]
    .sort(([a], [b]) => a.split(/[.\\:]+/).length - b.split(/[.\\:]+/).length || compareText(a, b))
    .flatMap(([path, { language, names }]) => surfacePathsOf(path, language, names))
}

/** The class or trait of the same name as a companion object of Scala, keyed by the id of the object. */
const companionsOf = memoized(({ components }: Analysis): ReadonlyMap<string, string> => {
  const types = new Map<string, string>()
  const objects: Component[] = []
  for (const one of components) {
    if (!/\.(?:scala|sc)$/.test(one.file) || one.parent !== null) continue
    if (/\bobject \S/.test(one.signature.split(/[({[]| extends /, 1)[0] ?? '')) objects.push(one)
    else types.set(`${one.file} ${one.name}`, one.id)
  }
  return new Map(
    objects.flatMap(({ id, file, name }): [string, string][] => {
      const type = types.get(`${file} ${name}`)
      return type === undefined ? [] : [[id, type]]
    }),
  )
})

function exportedBy(about: NamedPackage, { inside }: PackageFiles): (path: string) => boolean {
  const isKept = keptInModules(about, inside)
  return (path) => !isKept(path)
}

/** Files of `autoload` in composer.json, without those of `autoload-dev`; all files if it has none. */
function autoloadedBy({ entries }: NamedPackage): (path: string) => boolean {
  if (entries.length === 0) return () => true
  return (path) => entries.some(({ file }) => file === '' || path === file || path.startsWith(`${file}/`))
}

/** Files that `require` of the gem loads; all files in its `lib/` if that is unknown. */
function requiredBy({ entries }: NamedPackage, { inside, analysis }: PackageFiles): (path: string) => boolean {
  const all = new Set(inside.filter(({ path }) => LOADED.test(path)).map(({ path }) => path))
  const requires = importsOf(analysis)
  const found = new Set<string>()
  const pending = entries.map(({ file }) => file)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue
    found.add(next)
    if (all.has(next))
      append(
        pending,
        (requires.get(next) ?? []).filter((path) => all.has(path)),
      )
  }
  // Autoloaded files are not required anywhere.
  const required = found.size > 1 && found.size * 4 > all.size ? found : all
  return (path) => required.has(path)
}

/** The files that each file imports. */
const importsOf = memoized(({ edges }: Analysis): ReadonlyMap<string, readonly string[]> => {
  const imports = new Map<string, string[]>()
  for (const { from, to, kind } of edges) if (kind === 'imports') push(imports, from, to)
  return imports
})
