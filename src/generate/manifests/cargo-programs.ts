/** Finds the programs of a Cargo package: those that its manifest lists, and those in the usual places. */

import { at, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import type { Package } from '#generate/model.ts'
import { inFolder, nameOf } from '#generate/paths.ts'
import type { Features } from './cargo-features.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** A package whose programs are read. */
interface CargoPackage {
  name: string
  folder: string
  isLibrary: boolean
}

export function programsOf(
  manifest: Located,
  { name, folder, isLibrary }: CargoPackage,
  { byDefault }: Features,
  files: RepositoryFiles,
): Package['programs'] {
  const found: Package['programs'] = []
  const names = new Set<string>()
  const roots = new Set<string>()
  const add = (program: string, runs: string | undefined, isOptional = false): void => {
    if (runs === undefined || roots.has(runs) || names.has(program)) return
    names.add(program)
    roots.add(runs)
    found.push({ name: program, runs, ...(isOptional ? { isOptional } : {}) })
  }
  for (const item of at(manifest, 'bin')?.items ?? []) {
    const program = textAt(item, 'name')
    if (program === undefined) continue
    const path = textAt(item, 'path')
    const usual = [`src/bin/${program}.rs`, `src/bin/${program}/main.rs`, ...(program === name ? ['src/main.rs'] : [])]
    add(
      program,
      path === undefined
        ? usual.map((one) => files.fileAt(folder, one)).find(Boolean)
        : (files.fileAt(folder, path) ?? path),
      textsOf(at(item, 'required-features')).some((feature) => !byDefault.has(feature)),
    )
  }
  if (at(manifest, 'package', 'autobins')?.text === 'false') return found
  add(name, files.fileAt(folder, 'src/main.rs'))
  const bins = inFolder(folder, 'src/bin')
  const others = [
    ...files.filesIn(bins).flatMap((path) => (path.endsWith('.rs') ? [[nameOf(path).slice(0, -3), path]] : [])),
    ...files.foldersWith(bins, 'main.rs').map((one) => [nameOf(one), inFolder(one, 'main.rs')]),
  ]
  // In a package with a library, binaries that the manifest does not list are taken for developers' tools.
  for (const [program = '', path] of others) if (!isLibrary || program === name) add(program, path)
  return found
}
