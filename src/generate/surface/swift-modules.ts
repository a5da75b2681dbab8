/** Lists the modules of a Swift package: the targets of its library products, also with what they add to types of others. */

import type { Component, SurfacePath } from '#generate/model.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { surfacePathOf } from './surface-path.ts'

export function swiftModules({ entries }: NamedPackage, { inside, analysis }: PackageFiles): SurfacePath[] {
  const conditional = new Set(analysis.components.flatMap((one) => (one.condition === undefined ? [] : [one.id])))
  const isConditional = (to: string | null): number => Number(to !== null && conditional.has(to))
  return entries.flatMap(({ subpath, file: folder }) => {
    const files = inside.filter(
      ({ path, language, role }) => language === 'swift' && role === 'code' && path.startsWith(`${folder}/`),
    )
    const own = new Set(files.map(({ path }) => path))
    const added = analysis.components.filter((one) => own.has(one.file) && isExtension(one))
    const names = files
      .flatMap(({ path }) => analysis.exports[path] ?? [])
      .concat(added.map(({ qualifiedName, id }) => ({ name: qualifiedName, to: id })))
      // Of overloads, the unconditional one represents the name.
      .sort((a, b) => isConditional(a.to) - isConditional(b.to))
    return surfacePathOf(subpath, 'swift', names)
  })
}

/** A public function of `extension Collection` that another package defines: `Collection.chunks`. */
const isExtension = ({ kind, name, parent, exported, qualifiedName }: Component): boolean =>
  kind === 'function' && exported && parent === null && qualifiedName.endsWith(`.${name}`)
