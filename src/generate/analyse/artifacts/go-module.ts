/** go.mod and go.work: the module, and the local modules that it is built with. */

import { directivesOf } from '#generate/formats/go-mod-directives.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import type { Repository } from './repository.ts'

export const goModule: Format = {
  fits: (path) => nameOf(path) === 'go.mod' || nameOf(path) === 'go.work',
  read: (file, builder, repository) => {
    const folder = folderOf(file.path)
    let id: string | undefined = nameOf(file.path) === 'go.work' ? file.path : undefined
    for (const { verb, words, line } of directivesOf(file.text)) {
      if (verb === 'module')
        id = builder.add({ kind: 'package', name: words.join(' '), startLine: line, endLine: line })
      const path = verb === 'use' ? words.join(' ') : verb === 'replace' ? targetOf(words) : undefined
      if (path === undefined || !/^\.\.?(?:\/|$)/.test(path)) continue
      const found = joinPath(folder, path)
      builder.link(
        id,
        found === undefined ? undefined : moduleId(found, repository),
        verb === 'use' ? 'uses' : 'depends-on',
      )
    }
  },
}

/** `./path` in `module => ./path`. */
function targetOf(words: readonly string[]): string | undefined {
  const arrow = words.indexOf('=>')
  return arrow < 0 ? undefined : words.slice(arrow + 1).join(' ')
}

function moduleId(folder: string, repository: Repository): string | undefined {
  const path = inFolder(folder, 'go.mod')
  const text = repository.file(path)?.text ?? ''
  const name = directivesOf(text)
    .find((one) => one.verb === 'module')
    ?.words.join(' ')
  return name === undefined ? undefined : `${path}#${name}`
}
