/** Cargo.toml: the package, its declared targets, the members of its workspace, and path dependencies. */

import { at, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import { manifestOf } from './manifest-of.ts'
import type { Repository } from './repository.ts'

/** The kinds of targets, with the folders in which Cargo looks for their files. */
const TARGETS = { bin: 'src/bin', example: 'examples', test: 'tests', bench: 'benches' }
const DEPENDENCIES = ['dependencies', 'dev-dependencies', 'build-dependencies']
/** Source files of the default targets. */
const OWN_FILES = ['src/lib.rs', 'src/main.rs', 'build.rs']

export const cargo: Format = {
  fits: (path) => nameOf(path) === 'Cargo.toml',
  read: (file, builder, repository) => {
    const manifest = manifestOf(repository.file(file.path))
    const folder = folderOf(file.path)
    const own = at(manifest, 'package')
    const name = textAt(own, 'name')
    const span = own === undefined ? undefined : { startLine: own.startLine, endLine: own.endLine }
    const detail = textAt(own, 'description') ?? ''
    const id =
      name === undefined || span === undefined ? undefined : builder.add({ kind: 'package', name, ...span, detail })

    const named = new Set([textAt(own, 'build'), textAt(manifest, 'lib', 'path')].flatMap((path) => path ?? []))
    for (const path of [...OWN_FILES, ...named]) builder.link(id, repository.fileAt(folder, path), 'uses')
    for (const [kind, home] of Object.entries(TARGETS)) {
      for (const item of at(manifest, kind)?.items ?? []) {
        const target = textAt(item, 'name')
        if (target === undefined) continue
        const path = textAt(item, 'path') ?? ''
        const { startLine, endLine } = item
        const from = builder.add({
          kind: 'target',
          name: target,
          key: `${kind}.${target}`,
          startLine,
          endLine,
          detail: path,
        })
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
    const tables = [manifest, ...entriesAt(manifest, 'target').map((entry) => entry.value)]
    for (const table of tables) {
      for (const { key, value } of DEPENDENCIES.flatMap((kind) => entriesAt(table, kind))) {
        const found = dependencyFolder(key, value, folder, repository)
        builder.link(id, found === undefined ? undefined : crateId(found, repository), 'depends-on')
      }
    }
  },
}

function crateId(folder: string, repository: Repository): string | undefined {
  const path = inFolder(folder, 'Cargo.toml')
  const name = textAt(manifestOf(repository.file(path)), 'package', 'name')
  return name === undefined ? undefined : `${path}#${name}`
}

/** The folder of `{ path = "…" }`, or of `{ workspace = true }` if the workspace gives a path. */
function dependencyFolder(key: string, value: Located, folder: string, repository: Repository): string | undefined {
  const path = textAt(value, 'path')
  if (path !== undefined) return joinPath(folder, path)
  if (at(value, 'workspace')?.text !== 'true') return undefined
  for (let above = folder; ; above = folderOf(above)) {
    const workspace = at(manifestOf(repository.file(inFolder(above, 'Cargo.toml'))), 'workspace')
    if (workspace !== undefined) {
      const shared = textAt(workspace, 'dependencies', key, 'path')
      return shared === undefined ? undefined : joinPath(above, shared)
    }
    if (above === '') return undefined
  }
}
