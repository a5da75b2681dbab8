/** Selects the packages of a repository that users import. */

import type { Surface, SurfacePath } from '#generate/model.ts'
import { isDocument } from '#generate/pages/readme/documents.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'

const imported = new WeakMap<RepoIndex, readonly Surface[]>()

/** Excludes private packages, programs that no document imports, and packages beside the main code. */
export function importedSurfaces(writing: Writing): readonly Surface[] {
  const found = imported.get(writing.repo) ?? findImported(writing)
  imported.set(writing.repo, found)
  return found
}

function findImported(writing: Writing): Surface[] {
  const { surfaces, packages, repo } = writing
  const isImported = ({ isPrivate, folder, ecosystem, package: name, paths }: Surface): boolean => {
    if (isPrivate) return false
    const about = packages.find((one) => one.ecosystem === ecosystem && one.name === name && one.folder === folder)
    const isProgram = (about?.programs.length ?? 0) > 0
    // A Go module exports every folder that is not internal.
    if (ecosystem === 'go' && isProgram && !paths.some(({ path }) => path === name)) return false
    if (ecosystem === 'pypi' && isProgram && !isImportedIn(writing, paths)) return false
    if (folder === '') return true
    return [...repo.files.keys()].some((path) => path.startsWith(`${folder}/`) && isMain(path, repo))
  }
  const found = surfaces.filter(isImported)
  const offered = found.filter(({ package: name, folder }) => !BESIDE.test(name) && !BESIDE.test(folder))
  return offered.length > 0 ? offered : found
}

/** Matches packages of benchmarks and examples, beside what users import. */
const BESIDE = /(?:^|[-_./:])(?:bench(?:mark)?s?|examples?|samples?)$/i

/** Whether a document imports a Python package. */
function isImportedIn({ inventory }: Writing, [main]: readonly SurfacePath[]): boolean {
  const root = main?.path.split('.')[0] ?? ''
  const lines = [`from ${root} import`, `from ${root}.`, `import ${root}`]
  return inventory.files.some((file) => isDocument(file) && lines.some((line) => file.text?.includes(line)))
}

/**
 * Whether the names of a path are for users. If a Python package has an `__all__` list, or if documents describe some of its
 * modules, the other modules only count if documents import or describe them.
 */
export function isOfferedPath(writing: Writing, { ecosystem, paths: [main] }: Surface, path: SurfacePath): boolean {
  if (ecosystem !== 'pypi' || main === undefined || path === main || !path.path.startsWith(`${main.path}.`)) return true
  const modules = modulesIn(writing)
  const isDescribed = [...modules].some(([module, how]) => how === 'described' && module.startsWith(`${main.path}.`))
  return !(main.isListed === true || isDescribed) || modules.has(path.path)
}

/** Matches `from orbit.plan import`, `import orbit.plan`, `.. automodule:: orbit.plan`, `::: orbit.plan`. */
const NAMES_MODULE =
  /^[ \t>]{0,12}(?:from ([\w.]{1,200}) import\b|import ([\w.]{1,200})|\.\. (?:auto|current)?module:: ([\w.]{1,200})|::: ([\w.]{1,200}))/gm
const MAX_DOCUMENT = 200_000
const known = new WeakMap<Writing, ReadonlyMap<string, 'imported' | 'described'>>()

/** The modules that documents name, and whether one of them describes the module's members. */
function modulesIn(writing: Writing): ReadonlyMap<string, 'imported' | 'described'> {
  const before = known.get(writing)
  if (before !== undefined) return before
  const found = new Map<string, 'imported' | 'described'>()
  for (const file of writing.inventory.files) {
    if (file.text === null || !isDocument(file)) continue
    for (const [, from, whole, ...described] of file.text.slice(0, MAX_DOCUMENT).matchAll(NAMES_MODULE)) {
      const module = from ?? whole ?? described.join('')
      if (from === undefined && whole === undefined) found.set(module, 'described')
      else if (!found.has(module)) found.set(module, 'imported')
    }
  }
  known.set(writing, found)
  return found
}
