/** Selects the packages of a repository that users import. */

import type { Surface, SurfacePath } from '#generate/model.ts'
import { isDocument } from '#generate/pages/readme/documents.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Excludes private packages, programs that no document imports, and packages beside the main code. */
export function importedSurfaces(writing: Writing): Surface[] {
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
  return surfaces.filter(isImported)
}

/** Whether a document imports a Python package. */
function isImportedIn({ inventory }: Writing, [main]: readonly SurfacePath[]): boolean {
  const root = main?.path.split('.')[0] ?? ''
  const lines = [`from ${root} import`, `from ${root}.`, `import ${root}`]
  return inventory.files.some((file) => isDocument(file) && lines.some((line) => file.text?.includes(line)))
}

/**
 * Whether the names of a path are for users. If a Python package has an `__all__` list, its other modules only count if
 * documents import or describe them.
 */
export function isOfferedPath(writing: Writing, { ecosystem, paths: [main] }: Surface, path: SurfacePath): boolean {
  if (ecosystem !== 'pypi' || main === undefined || path === main || !path.path.startsWith(`${main.path}.`)) return true
  const head = `${main.path.replaceAll('.', '/')}/__init__.py`
  const isListed = writing.inventory.files.some(
    (file) => (file.path === head || file.path.endsWith(`/${head}`)) && LISTS.test(file.text ?? ''),
  )
  return !isListed || modulesIn(writing).has(path.path)
}

const LISTS = /^__all__\b/m
/** Matches `from orbit.plan import`, `import orbit.plan`, `.. automodule:: orbit.plan`, `::: orbit.plan`. */
const NAMES_MODULE =
  /^[ \t>]{0,12}(?:from ([\w.]{1,200}) import\b|import ([\w.]{1,200})|\.\. (?:auto|current)?module:: ([\w.]{1,200})|::: ([\w.]{1,200}))/gm
const MAX_DOCUMENT = 200_000
const modules = new WeakMap<Writing, ReadonlySet<string>>()

function modulesIn(writing: Writing): ReadonlySet<string> {
  const known = modules.get(writing)
  if (known !== undefined) return known
  const found = new Set(
    writing.inventory.files.flatMap((file) =>
      file.text === null || !isDocument(file)
        ? []
        : [...file.text.slice(0, MAX_DOCUMENT).matchAll(NAMES_MODULE)].map((one) => one.slice(1).join('')),
    ),
  )
  modules.set(writing, found)
  return found
}
