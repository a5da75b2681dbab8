/** go.mod and go.work: the module, and the local modules that it is built with. */

import { memoizedByText } from '#base/memoize.ts'
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
      const local = verb === 'use' ? name : replacementIn(directive)
      const folder = local === undefined ? undefined : joinPath(folderOf(file.path), local)
      if (folder !== undefined) builder.link(id, moduleIdOf(repository, folder), verb === 'use' ? 'uses' : 'depends-on')
    }
  },
}

const moduleIdOf = memoizedByText((repository: Repository, folder): string | undefined => {
  const path = inFolder(folder, 'go.mod')
  const name = moduleIn(directivesOf(repository.file(path)?.text ?? ''))
  return name === undefined ? undefined : `${path}#${name}`
})
