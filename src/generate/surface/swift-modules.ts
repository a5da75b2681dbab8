/** Lists the modules of a Swift package: the targets of its library products. */

import type { SurfacePath } from '#generate/model.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { surfacePathOf } from './surface-path.ts'

export function swiftModules({ entries }: NamedPackage, { inside, analysis }: PackageFiles): SurfacePath[] {
  const conditional = new Set(analysis.components.flatMap((one) => (one.condition === undefined ? [] : [one.id])))
  const isConditional = (to: string | null): number => Number(to !== null && conditional.has(to))
  return entries.flatMap(({ subpath, file: folder }) => {
    const names = inside
      .filter(({ path, language, role }) => language === 'swift' && role === 'code' && path.startsWith(`${folder}/`))
      .flatMap(({ path }) => analysis.exports[path] ?? [])
      // Of overloads, the unconditional one represents the name.
      .sort((a, b) => isConditional(a.to) - isConditional(b.to))
    return surfacePathOf(subpath, 'swift', names)
  })
}
