/**
 * Lists the modules of a Swift package: the targets of its library products, including what they add to types of other packages.
 */

import { afterAttributes } from '#generate/attributes.ts'
import type { Component, FileExport, SurfacePath } from '#generate/model.ts'
import { parametersOf } from '#generate/signature-parameters.ts'
import { componentsOf } from './components-of.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { surfacePathsOf } from './surface-path.ts'

export function swiftModules({ entries }: NamedPackage, { inside, analysis }: PackageFiles): SurfacePath[] {
  const components = componentsOf(analysis)
  const isConditional = (to: string | null): number => Number(components.get(to ?? '')?.condition !== undefined)
  return entries.flatMap(({ subpath, file: folder }) => {
    const files = inside.filter(
      ({ path, language, role }) => language === 'swift' && role === 'code' && path.startsWith(`${folder}/`),
    )
    const names = files
      .flatMap(({ path }) => analysis.exports[path] ?? [])
      .map((one) => asCalled(one, components.get(one.to ?? '')))
      // Of overloads, the unconditional one represents the name.
      .sort((a, b) => isConditional(a.to) - isConditional(b.to))
    return surfacePathsOf(subpath, 'swift', names)
  })
}

/** Members that extend types from outside, with the labels of their arguments: `Sequence.chunked(by:)`. */
function asCalled({ name: numbered, to }: FileExport, component: Component | undefined): FileExport {
  // Overloads of functions that extend types from outside are numbered.
  const name = numbered.replace(/~\d+$/, '')
  if (component === undefined || !name.includes('.')) return { name, to }
  const { qualifiedName, signature, kind } = component
  const parameters = kind === 'function' ? (parametersOf(signature, component.name) ?? []) : undefined
  const labels = parameters?.map((one) => `${/^[\p{L}\p{N}_`]+/u.exec(afterAttributes(one))?.[0] ?? '_'}:`).join('')
  return { name: labels === undefined ? qualifiedName : `${qualifiedName}(${labels})`, to }
}
