/** Compose files: services, their builds and dependencies, and the files that they read. */

import { at, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import { folderOf } from '#generate/paths.ts'
import { buildOf, isComposePath } from './compose-builds.ts'
import type { Format } from './format.ts'

export const compose: Format = {
  fits: (path) => isComposePath(path),
  read: (file, builder, repository) => {
    const folder = folderOf(file.path)
    const root = readYaml(file.text)
    for (const { key, startLine, value: service } of entriesAt(root, 'services')) {
      if (service.entries === undefined) continue
      const build = buildOf(service, folder)
      const detail = textAt(service, 'image') ?? (build === undefined ? '' : `build ${build.context || '.'}`)
      const id = builder.add({ kind: 'service', name: key, startLine, endLine: service.endLine, detail })
      builder.link(id, build?.dockerfile, 'uses')
      if (build?.dockerfile !== undefined && build.stage !== undefined)
        builder.link(id, `${build.dockerfile}#${build.stage}`, 'uses')
      for (const other of namesOf(at(service, 'depends_on'))) builder.link(id, `${file.path}#${other}`, 'depends-on')
      const extended = textAt(service, 'extends', 'file')
      const base = extended === undefined ? file.path : repository.fileAt(folder, extended)
      const name = textAt(service, 'extends', 'service') ?? textAt(service, 'extends')
      if (base !== undefined && name !== undefined) builder.link(id, `${base}#${name}`, 'uses')
      for (const path of [...pathsIn(at(service, 'env_file')), ...volumeFiles(at(service, 'volumes'))]) {
        builder.link(id, path.includes('$') ? undefined : repository.fileAt(folder, path), 'uses')
      }
    }
    const include = at(root, 'include')
    for (const path of pathsIn(include)) builder.link(file.path, repository.fileAt(folder, path), 'uses')
  },
}

/** The names in a list, or the keys of a map. */
function namesOf(value: Located | undefined): string[] {
  return value?.entries === undefined ? textsOf(value) : [...value.entries.keys()]
}

/** Each item is a path, or has one or more paths under `path`. */
function pathsIn(value: Located | undefined): string[] {
  return [...textsOf(value), ...(value?.items ?? []).flatMap((item) => textsOf(at(item, 'path')))]
}

/** The left side of `./file:/path:ro`, and the `source` of a bind mount. */
function volumeFiles(value: Located | undefined): string[] {
  return (value?.items ?? []).flatMap((item) => {
    const path = item.text?.split(':')[0] ?? textAt(item, 'source')
    return path !== undefined && /^\.{1,2}\//.test(path) ? [path] : []
  })
}
