/** Packages that a module of Java keeps to itself: no `exports` of its `module-info.java` names them. */

import { hasText } from '#base/find-text.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'

/** Exports to everybody, not `exports a.b to c`. */
const EXPORTS = /^\s{0,80}exports\s{1,9}([\w.]{1,200})\s{0,9};/
const MAX_LINES = 2_000

interface JavaModule {
  /** Folders of packages, as `com/acme/orbit`. */
  exported: ReadonlySet<string>
  /** What all of them begin with. */
  common: string
}

const known = new WeakMap<Writing['repo'], ReadonlyMap<string, JavaModule>>()

/** Whether a file of Java is in a package beside or below the exported ones that is not exported itself. */
export function isKeptInModule({ repo }: Writing, path: string): boolean {
  let modules = known.get(repo)
  if (modules === undefined) {
    modules = new Map(
      [...repo.files.keys()]
        .filter((one) => nameOf(one) === 'module-info.java')
        .map((one) => [folderOf(one), moduleIn(codeLines(repo, one, 1, MAX_LINES))]),
    )
    known.set(repo, modules)
  }
  if (modules.size === 0) return false
  const own = folderOf(path)
  const module = nearest(modules, own)
  if (module === undefined || module.common === '' || !hasText(`/${own}/`, `/${module.common}/`)) return false
  return ![...module.exported].some((one) => `/${own}`.endsWith(`/${one}`))
}

function moduleIn(lines: readonly string[]): JavaModule {
  const names = lines.flatMap((line) => EXPORTS.exec(line)?.[1] ?? [])
  const [first = [], ...others] = names.map((name) => name.split('.'))
  const differs = first.findIndex((part, at) => others.some((other) => other[at] !== part))
  const common = differs < 0 ? first : first.slice(0, differs)
  return { exported: new Set(names.map((name) => name.replaceAll('.', '/'))), common: common.join('/') }
}

/** Of the folder, or the nearest one around it. */
function nearest(modules: ReadonlyMap<string, JavaModule>, folder: string): JavaModule | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    const found = modules.get(at)
    if (found !== undefined || at === '') return found
  }
}
