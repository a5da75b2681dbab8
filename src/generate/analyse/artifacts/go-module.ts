/** go.mod and go.work: the module, and the local modules that it is built with. */

import { directivesOf, moduleIn, replacementIn } from '#generate/formats/go-mod-directives.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import type { Repository } from './repository.ts'

export const goModule: Format = {
  fits: (path) => nameOf(path) === 'go.mod' || nameOf(path) === 'go.work',
  read: (file, builder, repository) => {
    let id: string | undefined = nameOf(file.path) === 'go.work' ? file.path : undefined
    for (const directive of directivesOf(file.text)) {
      const { verb, words, line } = directive
      const name = words.join(' ')
      if (verb === 'module') id = builder.add({ kind: 'package', name, startLine: line, endLine: line })
      const path = joinPath(folderOf(file.path), (verb === 'use' ? name : replacementIn(directive)) ?? '/')
      if (path !== undefined) builder.link(id, moduleId(path, repository), verb === 'use' ? 'uses' : 'depends-on')
    }
  },
}

function moduleId(folder: string, repository: Repository): string | undefined {
  const path = inFolder(folder, 'go.mod')
  const name = moduleIn(directivesOf(repository.file(path)?.text ?? ''))
  return name === undefined ? undefined : `${path}#${name}`
}
