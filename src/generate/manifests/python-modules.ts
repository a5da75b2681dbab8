/** Finds the files of the modules by which a Python package is imported. */

import type { Package } from '#generate/model.ts'
import { inFolder, nameOf } from '#generate/paths.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** Folders that build tools exclude by default. */
const BESIDE = /^(?:tests?|docs?|examples?|benchmarks?|scripts?|tools?|build|dist|_.*|\..*)$/

/**
 * @param declared - Modules named by the manifest; empty when they must be found.
 * @param roots - Folders below the manifest's that contain packages, most likely first.
 */
export function moduleEntries(
  folder: string,
  name: string | undefined,
  declared: readonly string[],
  roots: readonly string[],
  files: RepositoryFiles,
): Package['entries'] {
  const where = foldersOf(folder, roots)
  const own = name?.replaceAll('-', '_')
  const named =
    declared.length > 0 ? declared : own === undefined ? [] : [own, own.toLowerCase(), own.replaceAll('.', '/')]
  const found = new Map(
    named.flatMap((module) => {
      const file = moduleFile(module, folder, roots, files)
      return file === undefined ? [] : [[file, module] as const]
    }),
  )
  if (found.size > 0) return entriesFor(found, own)
  for (const root of where) {
    const all = files.foldersWith(root, '__init__.py').filter((one) => !BESIDE.test(nameOf(one)))
    // In a source folder every package belongs to it; at the top level only a single one is certain.
    if (all.length === 0 || (root === folder && all.length > 1)) continue
    return entriesFor(new Map(all.map((one) => [`${one}/__init__.py`, nameOf(one)])), own)
  }
  return []
}

const foldersOf = (folder: string, roots: readonly string[]): string[] =>
  [...new Set([...roots, 'src', ''])].map((root) => (root === '' || root === '.' ? folder : inFolder(folder, root)))

/** The file of a module, `package.module`, in one of the folders that contain packages or in the usual ones. */
export function moduleFile(
  module: string,
  folder: string,
  roots: readonly string[],
  files: RepositoryFiles,
): string | undefined {
  const stem = module.replaceAll('.', '/')
  const paths = foldersOf(folder, roots).flatMap((root) =>
    [`${stem}/__init__.py`, `${stem}.py`, `${stem}/__init__.pyi`].map((path) => inFolder(root, path)),
  )
  return paths.find((path) => files.isFile(path))
}

/** Whether one of the modules contains another: `a` contains `a.b.c`. */
function isNested(module: string, names: ReadonlySet<string>): boolean {
  for (let dot = module.indexOf('.'); dot >= 0; dot = module.indexOf('.', dot + 1))
    if (names.has(module.slice(0, dot))) return true
  return false
}

/** The module with the name of the package is the main one, otherwise the first; nested modules come with their parents. */
function entriesFor(found: ReadonlyMap<string, string>, own = ''): Package['entries'] {
  const names = new Set(found.values())
  const modules = [...found].filter(([, module]) => !isNested(module, names))
  const isNamed = (module: string): boolean => module.replaceAll('.', '_').toLowerCase() === own.toLowerCase()
  return modules
    .sort(([, a], [, b]) => Number(isNamed(b)) - Number(isNamed(a)))
    .map(([file, module], index) => ({ subpath: index === 0 ? '.' : `./${module}`, file }))
}
