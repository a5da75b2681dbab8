/** The packages of a repository that are there to be imported. */

import type { Surface, SurfacePath } from '#generate/model.ts'
import { isDocument } from '#generate/pages/readme/documents.ts'
import { isMain } from '#generate/pages/survey.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Neither private nor that of a program, whose code no document imports, nor that of what is beside the code. */
export function importedSurfaces(writing: Writing): Surface[] {
  const { surfaces, packages, survey } = writing
  const isImported = ({ isPrivate, folder, ecosystem, package: name, paths }: Surface): boolean => {
    if (isPrivate) return false
    const about = packages.find((one) => one.ecosystem === ecosystem && one.name === name && one.folder === folder)
    const isProgram = (about?.programs.length ?? 0) > 0
    // A module of Go shows whatever folder is not internal.
    if (ecosystem === 'go' && isProgram && !paths.some(({ path }) => path === name)) return false
    if (ecosystem === 'pypi' && isProgram && !isImportedIn(writing, paths)) return false
    if (folder === '') return true
    return [...survey.files.keys()].some((path) => path.startsWith(`${folder}/`) && isMain(path, survey))
  }
  return surfaces.filter(isImported)
}

/** Whether a document shows how a package of Python is imported. */
function isImportedIn({ inventory }: Writing, [main]: readonly SurfacePath[]): boolean {
  const root = main?.path.split('.')[0] ?? ''
  const lines = [`from ${root} import`, `from ${root}.`, `import ${root}`]
  return inventory.files.some((file) => isDocument(file) && lines.some((line) => file.text?.includes(line)))
}
