/** CMakeLists.txt: targets with their sources and linked targets, and subdirectories. */

import { append } from '#base/long-arrays.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'
import type { ArtifactBuilder } from './artifact-builder.ts'
import { type Command, readCommands } from './cmake-commands.ts'
import type { Format } from './format.ts'
import type { Repository } from './repository.ts'

/** Keywords, which do not name a file or target. */
const KEYWORDS = new Set(
  'STATIC SHARED MODULE OBJECT INTERFACE IMPORTED ALIAS GLOBAL UNKNOWN EXCLUDE_FROM_ALL WIN32 MACOSX_BUNDLE PUBLIC PRIVATE FILE_SET TYPE HEADERS BASE_DIRS FILES'.split(
    ' ',
  ),
)
/** Variables for the folder of the file. */
const OWN_FOLDER = /^\$\{(?:CMAKE_CURRENT_SOURCE_DIR|CMAKE_CURRENT_LIST_DIR)\}\//
const MAX_VALUES = 2_000
/** Limit on the words of all commands in a file, with variables expanded. */
const MAX_WORDS = 100_000

export const cmake: Format = {
  fits: (path) => nameOf(path) === 'CMakeLists.txt' || path.endsWith('.cmake'),
  read: (file, builder, repository) => {
    const commands = readCommands(file.text)
    const folder = folderOf(file.path)
    const values = valuesOf(commands)
    const targets = new Map<string, string>()
    let isFunction = false
    let wordCount = 0
    for (const command of commands) {
      const [first = '', ...rest] = wordsOf(command, values, MAX_WORDS - wordCount)
      // Inside a function, names and sources depend on its arguments.
      if (command.name === 'function' || command.name === 'macro') isFunction = true
      else if (command.name === 'endfunction' || command.name === 'endmacro') isFunction = false
      wordCount += rest.length
      if (isFunction || wordCount > MAX_WORDS) continue
      const { startLine, endLine } = command
      if (command.name === 'add_executable' || command.name === 'add_library') {
        const kind = command.name === 'add_executable' ? 'executable' : 'library'
        if (!/^[\w.+-]+$/.test(first) || rest[0] === 'ALIAS' || rest.includes('IMPORTED')) continue
        const known = targets.get(first)
        const id = known ?? builder.add({ kind: 'target', name: first, startLine, endLine, detail: kind })
        if (id !== undefined) targets.set(first, id)
        linkSources(id, rest, { folder, builder, repository })
      } else if (command.name === 'target_sources') {
        linkSources(targets.get(first), rest, { folder, builder, repository })
      } else if (command.name === 'target_link_libraries') {
        const from = targets.get(first)
        for (const word of rest) builder.link(from, targets.get(word), 'depends-on')
      } else if (command.name === 'add_subdirectory') {
        const path = pathOf(first, folder)
        if (path !== undefined) builder.link(file.path, inFolder(path, 'CMakeLists.txt'), 'uses')
      } else if (command.name === 'include' || command.name === 'configure_file') {
        const path = pathOf(first, folder)
        if (repository.isFile(path)) builder.link(file.path, path, 'uses')
      }
    }
  },
}

interface LinkContext {
  folder: string
  builder: ArtifactBuilder
  repository: Repository
}

function linkSources(
  id: string | undefined,
  words: readonly string[],
  { folder, builder, repository }: LinkContext,
): void {
  for (const word of words) {
    const path = KEYWORDS.has(word) ? undefined : pathOf(word, folder)
    if (repository.isFile(path)) builder.link(id, path, 'uses')
  }
}

/** The lists of variables that are set exactly once; other variables are unknown. */
function valuesOf(commands: readonly Command[]): Map<string, readonly string[]> {
  const values = new Map<string, readonly string[]>()
  const unknown = new Set<string>()
  for (const { name, words } of commands) {
    const [variable = '', ...rest] = words
    if (name === 'project') {
      if (values.has('PROJECT_NAME')) unknown.add('PROJECT_NAME')
      values.set('PROJECT_NAME', [variable])
    } else if (name === 'set') {
      if (values.has(variable) || rest.length > MAX_VALUES) unknown.add(variable)
      values.set(variable, rest)
    } else if (name === 'unset') unknown.add(variable)
    else if (name === 'list' && /^(?:REMOVE|FILTER|TRANSFORM|POP|SUBLIST)/.test(variable)) unknown.add(rest[0] ?? '')
    else if (name === 'foreach') unknown.add(variable)
  }
  for (const name of unknown) values.delete(name)
  return values
}

/** The words with variables expanded, up to a limit. */
function wordsOf(command: Command, values: ReadonlyMap<string, readonly string[]>, limit: number): string[] {
  const words: string[] = []
  for (const word of command.words) {
    if (words.length > limit) break
    for (const one of expand(word, values)) words.push(one)
  }
  return words
}

/** The list that `${NAME}` is set to. Variables in that list are expanded, those in their lists are not. */
function expand(word: string, values: ReadonlyMap<string, readonly string[]>, depth = 2): readonly string[] {
  const name = /^\$\{(\w+)\}$/.exec(word)?.[1]
  const list = name === undefined || depth === 0 ? undefined : values.get(name)
  if (list === undefined) return [word]
  const found: string[] = []
  for (const one of list) if (found.length < MAX_VALUES) append(found, expand(one, values, depth - 1))
  return found
}

function pathOf(word: string, folder: string): string | undefined {
  const path = word.replace(OWN_FOLDER, '')
  return path === '' || /[$*?;"]/.test(path) ? undefined : joinPath(folder, path)
}
