/** Cargo.toml: the package, its declared targets, the members of its workspace, and path dependencies. */

import { at, textAt, textsOf } from '#generate/formats/located.ts'
import { localCrates } from '#generate/manifests/cargo-tables.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import type { Repository } from './repository.ts'

/** The kinds of targets, with the folders in which Cargo looks for their files. */
const TARGETS = { bin: 'src/bin', example: 'examples', test: 'tests', bench: 'benches' }
/** Source files of the default targets. */
const OWN_FILES = ['src/lib.rs', 'src/main.rs', 'build.rs']

export const cargo: Format = {
  fits: (path) => nameOf(path) === 'Cargo.toml',
  read: (file, builder, repository) => {
    const manifest = repository.values(file.path)
    const folder = folderOf(file.path)
    const own = at(manifest, 'package')
    const id = builder.addPackage(own)
    const named = new Set([textAt(own, 'build'), textAt(manifest, 'lib', 'path')].flatMap((path) => path ?? []))
    for (const path of [...OWN_FILES, ...named]) builder.link(id, repository.fileAt(folder, path), 'uses')
    for (const [kind, home] of Object.entries(TARGETS)) {
      for (const item of at(manifest, kind)?.items ?? []) {
        const target = textAt(item, 'name')
        if (target === undefined) continue
        const path = textAt(item, 'path') ?? ''
        const { startLine, endLine } = item
        const key = `${kind}.${target}`
        const from = builder.add({ kind: 'target', name: target, key, startLine, endLine, detail: path })
        const files = path === '' ? [`${home}/${target}.rs`, `${home}/${target}/main.rs`] : [path]
        for (const file of files) builder.link(from, repository.fileAt(folder, file), 'runs')
        builder.link(from, id, 'depends-on')
      }
    }
    const members = textsOf(at(manifest, 'workspace', 'members'))
    const excluded = new Set(textsOf(at(manifest, 'workspace', 'exclude')).map((path) => joinPath(folder, path)))
    for (const member of members.flatMap((one) => repository.foldersLike(inFolder(folder, one), 'Cargo.toml'))) {
      if (!excluded.has(member)) builder.link(id ?? file.path, crateId(member, repository), 'uses')
    }
    for (const crate of localCrates(file.path, repository)) builder.link(id, crateId(crate, repository), 'depends-on')
  },
}

const crateId = (folder: string, repository: Repository): string | undefined =>
  repository.packageId(inFolder(folder, 'Cargo.toml'), 'package', 'name')
