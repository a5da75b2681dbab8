/** Lists the public API of a Rust library: the crate root, then its public modules. */

import { compareText, type FileExport, type SurfacePath } from '#generate/model.ts'
import { componentsOf } from './components-of.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { surfacePathsOf } from './surface-path.ts'

export function crateOf({ name, entries }: NamedPackage, { analysis }: PackageFiles): SurfacePath[] {
  const root = entries.find(({ subpath }) => subpath === '.')?.file
  const crate = name.replaceAll('-', '_')
  const modules = new Map<string, FileExport[]>([[crate, []]])
  const components = componentsOf(analysis)
  const all = (root === undefined ? undefined : analysis.exports[root]) ?? []
  const around = new Set(
    all.flatMap((one) => (one.name.includes('::') ? [one.name.slice(0, one.name.lastIndexOf('::'))] : [])),
  )
  for (const { name: path, to } of all) {
    if (to !== null && !to.includes('#')) continue
    // A module may share its name with a function or a macro.
    if (around.has(path) && (to === null || components.get(to)?.kind === 'namespace')) continue
    const end = path.lastIndexOf('::')
    const module = end < 0 ? crate : `${crate}::${path.slice(0, end)}`
    const names = modules.get(module) ?? []
    modules.set(module, names)
    names.push({ name: end < 0 ? path : path.slice(end + 2), to })
  }
  return [...modules]
    .sort(([a], [b]) => a.split('::').length - b.split('::').length || compareText(a, b))
    .flatMap(([path, names]) => surfacePathsOf(path, 'rust', names))
}
