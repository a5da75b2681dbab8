/**
 * Lists the public API of Python packages: the modules of the manifest, then the public modules inside them with the
 * names that no shorter path exports.
 */

import { append } from '#base/long-arrays.ts'
import { compareText, type FileExport, type SurfacePath } from '#generate/model.ts'
import { relativeTo } from '#generate/paths.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { surfacePathsOf } from './surface-path.ts'

/** Matches a module's comment that marks it as private. */
const CALLED_PRIVATE =
  /\bprivate API\b|\bnot (?:part of )?(?:the |a )?public API\b|\bfor internal use\b|\binternal (?:module|API)\b/i
/** Modules that are run or configured rather than imported. */
const NOT_IMPORTED = /\.(?:__main__|setup|migrations)(?:\.|$)/
/** Matches a module that lists its public names. */
const LISTS = /^__all__\b/m

/** @returns The modules as `paths`; `also` has the other modules that export the same names. */
export function pythonModules(about: NamedPackage, files: PackageFiles): { paths: SurfacePath[]; also: SurfacePath[] } {
  const { inside, analysis, byPath } = files
  const also: SurfacePath[] = []
  const given = new Set<string>()
  const paths = about.entries.flatMap(({ file }) => {
    const path = modulePathOf(file, about, files)
    const names = analysis.exports[file] ?? []
    for (const { to } of names) if (to !== null) given.add(to)
    const listed = (from: string, one: SurfacePath): SurfacePath =>
      LISTS.test(byPath.get(from)?.text ?? '') ? { ...one, isListed: true as const } : one
    const main = surfacePathsOf(
      path,
      'python',
      names.filter(({ to }) => !isFile(to)),
    ).map((one) => listed(file, one))
    if (!file.endsWith('/__init__.py')) return main
    const folder = file.slice(0, file.lastIndexOf('/'))
    const modules = inside
      .filter((one) => one.language === 'python' && one.path.startsWith(`${folder}/`) && one.path !== file)
      .map((one) => ({ file: one.path, path: dotted(path, relativeTo(folder, one.path)) }))
      .filter((one) => isPublic(one.path) && !NOT_IMPORTED.test(one.path))
      .filter((one) => !CALLED_PRIVATE.test(analysis.fileDocs[one.file]?.slice(0, 2_000) ?? ''))
      .sort((a, b) => a.path.split('.').length - b.path.split('.').length || compareText(a.path, b.path))
    // Names of one letter are type variables for the module's own signatures.
    const others = modules.flatMap((one) => {
      const all = (analysis.exports[one.file] ?? []).filter(
        ({ name, to }) => name.length > 1 && to !== null && !isFile(to),
      )
      const fresh = all.filter(({ to }) => !given.has(to ?? ''))
      const known = all.filter(({ to }) => given.has(to ?? ''))
      for (const { to } of fresh) given.add(to ?? '')
      append(also, surfacePathsOf(one.path, 'python', known))
      return surfacePathsOf(one.path, 'python', fresh).map((path) => listed(one.file, path))
    })
    return [...main, ...others]
  })
  return { paths, also }
}

/** `src/click/__init__.py` is imported as `click`. */
function modulePathOf(file: string, { name, folder, entries }: NamedPackage, { byPath }: PackageFiles): string {
  const stem = file.replace(/(?:\/__init__)?\.pyi?$/, '')
  const subpath = entries.find((entry) => entry.file === file)?.subpath.replace(/^\.\/?/, '') ?? ''
  const asNamed = subpath === '' ? name.replaceAll('.', '/').replaceAll('-', '_') : subpath.replaceAll('.', '/')
  if (stem === asNamed || stem.endsWith(`/${asNamed}`)) return asNamed.replaceAll('/', '.')
  const parts = relativeTo(folder, stem).split('/')
  let from = parts.length - 1
  while (
    from > 0 &&
    byPath.has([folder, ...parts.slice(0, from), '__init__.py'].filter((part) => part !== '').join('/'))
  )
    from--
  return parts.slice(from).join('.')
}

function dotted(packageName: string, path: string): string {
  return `${packageName}.${path.replace(/(?:\/__init__)?\.pyi?$/, '').replaceAll('/', '.')}`
}

const isPublic = (path: string): boolean => !path.split('.').some((part) => part.startsWith('_'))

const isFile = (to: FileExport['to']): boolean => to !== null && !to.includes('#')
