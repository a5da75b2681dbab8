/** Selects the packages of a repository that users import. */

import { hasText } from '#base/find-text.ts'
import { memoized } from '#base/memoize.ts'
import type { SourceFile, Surface, SurfacePath } from '#generate/model.ts'
import { isDocument } from '#generate/pages/readme/documents.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { ownPackages, packageOf } from './own-packages.ts'

const imported = new WeakMap<RepoIndex, readonly Surface[]>()

/** Excludes private packages, programs that no document imports, and packages outside the main code. */
export function importedSurfaces(writing: Writing): readonly Surface[] {
  const found = imported.get(writing.repo) ?? findImported(writing)
  imported.set(writing.repo, found)
  return found
}

function findImported(writing: Writing): Surface[] {
  const { surfaces } = writing
  const own = new Set(ownPackages(writing))
  const isImported = (surface: Surface): boolean => {
    const { isPrivate, folder, ecosystem, package: name, paths } = surface
    if (isPrivate) return false
    const about = packageOf(writing, surface)
    const isProgram = (about?.programs.length ?? 0) > 0
    // A Go module exports every folder that is not internal.
    if (ecosystem === 'go' && isProgram && !paths.some(({ path }) => path === name)) return false
    if (ecosystem === 'pypi' && isProgram && !isImportedIn(writing, paths)) return false
    // The library of a program is mostly for the program and its tests.
    const isOfProgram = about?.programs.some((one) => one.name === name) === true
    if (ecosystem === 'cargo' && isOfProgram && !isNamedInCode(writing, paths[0]?.path ?? '')) return false
    return folder === '' || (about !== undefined && own.has(about))
  }
  const found = surfaces.filter(isImported)
  const offered = found.filter(({ package: name, folder }) => !BESIDE.test(name) && !BESIDE.test(folder))
  return offered.length > 0 ? offered : found
}

/** Matches benchmark and example packages. */
const BESIDE = /(?:^|[-_./:])(?:bench(?:mark)?s?|examples?|samples?)$/i

/** Whether a document imports a Python package. */
function isImportedIn(writing: Writing, [main]: readonly SurfacePath[]): boolean {
  const root = main?.path.split('.')[0] ?? ''
  return [...modulesIn(writing)].some(([module, how]) => how === 'imported' && module.split('.')[0] === root)
}

/** Whether a document, an example or the comment on a file uses a crate: `orbit::plan`. */
function isNamedInCode({ repo, inventory }: Writing, crate: string): boolean {
  const names = (text: string | null): boolean => text !== null && hasText(text, `${crate}::`)
  const isShown = (file: SourceFile): boolean => file.role === 'example' || isDocument(file)
  return [...repo.fileDocs.values()].some(names) || inventory.files.some((file) => isShown(file) && names(file.text))
}

/**
 * Whether the names of a path are for users. If documents describe some modules of a Python package, the other modules only
 * count if documents import or describe them; if only the package has an `__all__` list, also those with one.
 */
export function isOfferedPath(writing: Writing, { ecosystem, paths: [main] }: Surface, path: SurfacePath): boolean {
  if (ecosystem !== 'pypi' || main === undefined || path === main || !path.path.startsWith(`${main.path}.`)) return true
  const modules = modulesIn(writing)
  const isDescribed = [...modules].some(([module, how]) => how === 'described' && module.startsWith(`${main.path}.`))
  if (modules.has(path.path)) return true
  return !isDescribed && (main.isListed !== true || path.isListed === true)
}

/** Matches `from orbit.plan import`, `import sys, orbit.plan`, `>>> import orbit`, `.. automodule:: orbit.plan`, `::: orbit.plan`. */
const NAMES_MODULE =
  /^[ \t>]{0,12}(?:from[ \t]{1,4}([\w.]{1,200})[ \t]{1,4}import\b|import[ \t]{1,4}([\w.]{1,200}(?: as \w{1,80})?(?:,[ \t]?[\w.]{1,200}(?: as \w{1,80})?){0,9})(?<!\.)(?=[ \t]*(?:[;#\r\n]|$))|\.\. (?:auto|current)?module:: ([\w.]{1,200})|::: ([\w.]{1,200}))/gm
const MAX_DOCUMENT = 200_000

/** The modules that documents name, and whether documents describe their members or only import them. */
const modulesIn = memoized((writing: Writing): ReadonlyMap<string, 'imported' | 'described'> => {
  const found = new Map<string, 'imported' | 'described'>()
  for (const file of writing.inventory.files) {
    if (file.text === null || !isDocument(file)) continue
    for (const [, from, whole, ...described] of file.text.slice(0, MAX_DOCUMENT).matchAll(NAMES_MODULE)) {
      const text = from ?? whole
      if (text === undefined) found.set(described.join(''), 'described')
      else
        for (const one of text.split(',')) {
          const [module = ''] = one.trim().split(' ', 1)
          if (!found.has(module)) found.set(module, 'imported')
        }
    }
  }
  return found
})

/** Whether a document names something by its path, or imports it from there: `orbit.plan.draw`, `from orbit.plan import draw`. */
export function isNamedFrom(writing: Writing, { path }: SurfacePath, name: string): boolean {
  return writing.inventory.files.some((file) => {
    const text = isDocument(file) ? (file.text?.slice(0, MAX_DOCUMENT) ?? '') : ''
    if (!hasText(text, path)) return false
    if (hasText(text, `${path}.${name}`)) return true
    const isImport = (line: string): boolean => hasText(line, `from ${path} import `)
    return text.split('\n').some((line) => isImport(line) && line.split(/[\s,()]+/).includes(name))
  })
}
