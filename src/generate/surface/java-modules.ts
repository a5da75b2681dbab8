/** Finds Java packages that their module does not export in `module-info.java`, or their bundle does not. */

import { hasText } from '#base/find-text.ts'
import type { Package, SourceFile } from '#generate/model.ts'
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

/**
 * Whether a Java file is in a package that is not exported, next to or below exported ones.
 *
 * @param files - The files of the package.
 */
export function keptInModules(
  { folder, exportedPackages = [] }: Package,
  files: readonly SourceFile[],
): (path: string) => boolean {
  const modules = new Map<string, JavaModule>()
  if (exportedPackages.length > 0) modules.set(folder, moduleIn(exportedPackages))
  for (const { path, text } of files) {
    if (nameOf(path) !== 'module-info.java') continue
    const lines = (text ?? '').split('\n', MAX_LINES)
    modules.set(folderOf(path), moduleIn(lines.flatMap((line) => EXPORTS.exec(line)?.[1] ?? [])))
  }
  return (path) => {
    const own = folderOf(path)
    const module = modules.size === 0 || !path.endsWith('.java') ? undefined : nearest(modules, own)
    if (module === undefined || module.common === '' || !hasText(`/${own}/`, `/${module.common}/`)) return false
    return !endsOf(own).some((end) => module.exported.has(end))
  }
}

/** The path of a folder without its first segments: `a/b/c`, `b/c`, `c`. */
const endsOf = (folder: string): string[] => {
  const segments = folder.split('/')
  return segments.map((_, at) => segments.slice(at).join('/'))
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
