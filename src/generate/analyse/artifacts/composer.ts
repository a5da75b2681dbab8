/** composer.json of PHP: the package, its scripts, and the files that it runs and loads. */

import { at, entriesAt, textAt, textsOf } from '#generate/formats/located.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { targetsOf } from './commands.ts'
import type { Format } from './format.ts'
import { manifestOf } from './manifest-of.ts'
import { folderPlace } from './working-folder.ts'

export const composer: Format = {
  fits: (path) => nameOf(path) === 'composer.json',
  read: (file, builder, repository) => {
    const manifest = manifestOf(repository.file(file.path))
    const folder = folderOf(file.path)
    const name = textAt(manifest, 'name')
    const detail = textAt(manifest, 'description') ?? ''
    const id =
      manifest === undefined || name === undefined
        ? undefined
        : builder.add({ kind: 'package', name, startLine: manifest.startLine, endLine: manifest.endLine, detail })
    for (const { key, startLine, value } of entriesAt(manifest, 'scripts')) {
      const commands = textsOf(value)
      if (commands.length === 0) continue
      const lines = { startLine, endLine: value.endLine }
      const from = builder.add({
        kind: 'script',
        name: key,
        key: `scripts.${key}`,
        ...lines,
        detail: commands.join(' && '),
      })
      for (const command of commands) {
        if (command.startsWith('@') && !command.startsWith('@php ') && !command.startsWith('@composer ')) {
          builder.link(from, `${file.path}#scripts.${command.slice(1).split(' ')[0]}`, 'runs')
          continue
        }
        const place = folderPlace(folder, repository)
        for (const { to, kind } of targetsOf(command.replace(/^@/, ''), place, repository)) builder.link(from, to, kind)
      }
    }
    for (const path of textsOf(at(manifest, 'bin'))) builder.link(id, repository.fileAt(folder, path), 'runs')
    for (const key of ['autoload', 'autoload-dev']) {
      for (const path of textsOf(at(manifest, key, 'files'))) builder.link(id, repository.fileAt(folder, path), 'uses')
    }
  },
}
