/** go.mod and go.work: the module, and the local modules that it is built with. */

import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import type { Repository } from './repository.ts'

const MAX_LINES = 5_000

interface Directive {
  verb: string
  rest: string
  line: number
}

export const goModule: Format = {
  fits: (path) => nameOf(path) === 'go.mod' || nameOf(path) === 'go.work',
  read: (file, sheet, repository) => {
    const folder = folderOf(file.path)
    let id: string | undefined = nameOf(file.path) === 'go.work' ? file.path : undefined
    for (const { verb, rest, line } of directivesOf(file.text)) {
      if (verb === 'module') id = sheet.add({ kind: 'package', name: unquote(rest), startLine: line, endLine: line })
      const path = verb === 'use' ? rest : verb === 'replace' ? rest.split('=>')[1]?.trim() : undefined
      if (path === undefined || !/^"?\.\.?(?:\/|"?$)/.test(path)) continue
      const found = joinPath(folder, unquote(path))
      sheet.link(
        id,
        found === undefined ? undefined : moduleId(found, repository),
        verb === 'use' ? 'uses' : 'depends-on',
      )
    }
  },
}

function moduleId(folder: string, repository: Repository): string | undefined {
  const path = inFolder(folder, 'go.mod')
  const text = repository.files.get(path)?.text ?? ''
  const name = directivesOf(text).find((one) => one.verb === 'module')?.rest
  return name === undefined ? undefined : `${path}#${unquote(name)}`
}

/** `verb rest` and `verb ( rest… )`, without comments. */
function directivesOf(text: string): Directive[] {
  const found: Directive[] = []
  let block: string | undefined
  for (const [index, raw] of text.split('\n', MAX_LINES).entries()) {
    const comment = raw.indexOf('//')
    const line = (comment < 0 ? raw : raw.slice(0, comment)).trim()
    const space = line.search(/\s/)
    if (line === ')') block = undefined
    else if (block !== undefined) {
      if (line !== '') found.push({ verb: block, rest: line, line: index + 1 })
    } else if (space > 0) {
      const verb = line.slice(0, space)
      const rest = line.slice(space).trim()
      if (rest === '(') block = verb
      else found.push({ verb, rest, line: index + 1 })
    }
  }
  return found
}

function unquote(text: string): string {
  return text.replace(/^["`]|["`]$/g, '')
}
