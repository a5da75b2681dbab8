/** Finds Java packages that their module does not export in `module-info.java`, or their bundle in `pom.xml`. */

import { hasText } from '#base/find-text.ts'
import type { SourceFile } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'

/** Matches an unqualified export, not `exports a.b to c`. */
const EXPORTS = /^\s{0,80}exports\s{1,9}([\w.]{1,200})\s{0,9};/
const MAX_LINES = 2_000

interface JavaModule {
  /** Folders of packages, such as `com/acme/orbit`. */
  exported: ReadonlySet<string>
  /** Common prefix of the folders. */
  common: string
}

/** Whether a Java file is in a package that is not exported, next to or below exported ones. */
export function keptInModules(files: ReadonlyMap<string, SourceFile>): (path: string) => boolean {
  const modules = modulesIn(files)
  return (path) => {
    const own = folderOf(path)
    const module = modules.size === 0 || !path.endsWith('.java') ? undefined : nearest(modules, own)
    if (module === undefined || module.common === '' || !hasText(`/${own}/`, `/${module.common}/`)) return false
    return ![...module.exported].some((one) => `/${own}`.endsWith(`/${one}`))
  }
}

/** By folder: its module, otherwise its bundle, if that names packages. */
function modulesIn(files: ReadonlyMap<string, SourceFile>): ReadonlyMap<string, JavaModule> {
  const found = new Map<string, JavaModule>()
  const linesOf = (path: string): string[] => (files.get(path)?.text ?? '').split('\n', MAX_LINES)
  const paths = [...files.keys()]
  for (const path of paths.filter((one) => nameOf(one) === 'pom.xml')) {
    const names = exportedByBundle(linesOf(path))
    if (names.length > 0) found.set(folderOf(path), moduleIn(names))
  }
  for (const path of paths.filter((one) => nameOf(one) === 'module-info.java'))
    found.set(folderOf(path), moduleIn(linesOf(path).flatMap((line) => EXPORTS.exec(line)?.[1] ?? [])))
  return found
}

/** The names of the packages; none if patterns choose them. */
function exportedByBundle(lines: readonly string[]): string[] {
  const from = lines.findIndex((line) => line.includes('<Export-Package>'))
  if (from < 0) return []
  const to = lines.findIndex((line, at) => at >= from && line.includes('</Export-Package>'))
  const text = lines
    .slice(from, to + 1)
    .join('\n')
    .replace(/<\/?Export-Package>/g, ',')
  return /[*!;$]/.test(text) ? [] : text.split(',').flatMap((one) => one.trim() || [])
}

function moduleIn(names: readonly string[]): JavaModule {
  const [first = [], ...others] = names.map((name) => name.split('.'))
  const differs = first.findIndex((part, at) => others.some((other) => other[at] !== part))
  const common = differs < 0 ? first : first.slice(0, differs)
  return { exported: new Set(names.map((name) => name.replaceAll('.', '/'))), common: common.join('/') }
}

/** The module of a folder or of its nearest ancestor. */
function nearest(modules: ReadonlyMap<string, JavaModule>, folder: string): JavaModule | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    const found = modules.get(at)
    if (found !== undefined || at === '') return found
  }
}
