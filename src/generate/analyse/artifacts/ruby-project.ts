/** Gemfile and Rakefile of Ruby: gems in the repository, tasks, and the files that they run. */

import { RUBY } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { targetsOf } from './commands.ts'
import type { Format } from './format.ts'
import type { Repository } from './repository.ts'
import { folderPlace } from './working-folder.ts'

export const gemfile: Format = {
  fits: (path) => nameOf(path) === 'Gemfile',
  read: (file, builder, repository) => {
    const masked = MaskedCode.of(file.text, RUBY)
    if (masked === undefined) return
    const folder = folderOf(file.path)
    const link = (to: string | undefined): void => builder.link(file.path, to, 'uses')
    for (const match of masked.code.matchAll(/^[ \t]*gemspec\b(?:(?:[ \t]*\([ \t]*|[ \t]+)path:[ \t]*(?="))?/gm)) {
      const path = match[0].includes('path') ? masked.literals.get(match.index + match[0].length) : '.'
      link(path === undefined ? undefined : gemspecIn(folder, path, undefined, repository))
    }
    for (const match of masked.code.matchAll(/^[ \t]*gem\b[ \t]*(?:\([ \t]*)?("~*").*?\bpath:[ \t]*(?=")/gm)) {
      const name = masked.literals.get(match.index + match[0].indexOf('"'))
      const path = masked.literals.get(match.index + match[0].length)
      if (name !== undefined && path !== undefined) link(gemspecIn(folder, path, name, repository))
    }
    for (const match of masked.code.matchAll(/^[ \t]*eval_gemfile\b[ \t]*(?:\([ \t]*)?(?=")/gm)) {
      const path = masked.literals.get(match.index + match[0].length)
      if (path !== undefined) link(repository.fileAt(folder, path))
    }
  },
}

export const rakefile: Format = {
  fits: (path) => /^(?:Rakefile|rakefile)(?:\.rb)?$/.test(nameOf(path)) || path.endsWith('.rake'),
  read: (file, builder, repository) => {
    const masked = MaskedCode.of(file.text, RUBY)
    if (masked === undefined) return
    const folder = folderOf(file.path)
    const names = new Map<string, string>()
    const tasks = tasksOf(masked)
    for (const { name, line, endLine, detail } of tasks) {
      const id = builder.add({ kind: 'target', name, startLine: line, endLine, detail })
      if (id !== undefined && !names.has(name)) names.set(name, id)
    }
    for (const { name, needs, commands } of tasks) {
      const id = names.get(name)
      for (const need of needs) builder.link(id, names.get(need), 'depends-on')
      // A .rake file runs in the folder of the Rakefile, which is unknown here.
      if (file.path.endsWith('.rake')) continue
      for (const command of commands) {
        const place = folderPlace(folder, repository)
        for (const { to, kind } of targetsOf(command, place, repository)) builder.link(id, to, kind)
      }
    }
    for (const match of masked.code.matchAll(/^[ \t]*(?:require_relative|load|import)\b[ \t]*(?:\([ \t]*)?(?=")/gm)) {
      const path = masked.literals.get(match.index + match[0].length) ?? ''
      builder.link(file.path, repository.fileAt(folder, path) ?? repository.fileAt(folder, `${path}.rb`), 'uses')
    }
  },
}

interface Task {
  name: string
  line: number
  endLine: number
  detail: string
  needs: string[]
  /** Commands passed to `sh "…"`. */
  commands: string[]
}

const NAME = String.raw`(?::\w+|"~*"|\w+:(?!:))`
const STATEMENT = new RegExp(
  String.raw`^([ \t]*)(?![ \t])(?:(namespace)[ \t(]+(${NAME})|(desc)[ \t(]+("~*")|(task|multitask)[ \t(]+(${NAME})([^\n]*)|(end)\b|(?:.*?[^\w.:])?(sh|ruby)[ \t(]+("~*"))`,
  'gm',
)

/** Tasks by qualified name; blocks are recognised by indentation. */
function tasksOf(masked: MaskedCode): Task[] {
  const found: Task[] = []
  const spaces: { indent: string; name: string }[] = []
  let open: { task: Task; indent: string } | undefined
  let description = ''
  const nameOf = (text: string, at: number): string =>
    text.startsWith('"') ? (masked.literals.get(at) ?? '') : text.replace(/^:|:$/g, '')
  for (const match of masked.code.matchAll(STATEMENT)) {
    const [all, indent = '', space, spaceName = '', desc, , task, taskName = '', rest = '', end, run, command] = match
    const line = masked.lineAt(match.index + indent.length)
    if (space !== undefined) {
      spaces.push({ indent, name: nameOf(spaceName, match.index + all.lastIndexOf(spaceName)) })
    } else if (desc !== undefined) {
      description = masked.literals.get(match.index + all.indexOf('"')) ?? ''
    } else if (task !== undefined) {
      const at = match.index + all.length - rest.length
      const own = nameOf(taskName, at - taskName.length)
      const name = [...spaces.map((one) => one.name), own].join(':')
      const made: Task = {
        name,
        line,
        endLine: line,
        detail: description,
        needs: needsOf(masked, rest, at),
        commands: [],
      }
      for (const inline of rest.matchAll(/\bsh[ \t(]+(?=")/g)) {
        made.commands.push(masked.literals.get(at + inline.index + inline[0].length) ?? '')
      }
      if (own !== '' && spaces.every((one) => one.name !== '')) found.push(made)
      open = /\bdo\b/.test(rest) ? { task: made, indent } : undefined
      description = ''
    } else if (end !== undefined) {
      if (open?.indent === indent) {
        open.task.endLine = line
        open = undefined
      } else if (spaces.at(-1)?.indent === indent) spaces.pop()
    } else if (run !== undefined && command !== undefined && open !== undefined) {
      const text = masked.literals.get(match.index + all.length - command.length)
      if (text !== undefined) open.task.commands.push(run === 'ruby' ? `ruby ${text}` : text)
    }
  }
  return found
}

/** `=> :a`, `=> [:a, 'b:c']` and the same after `name:`. */
function needsOf(masked: MaskedCode, rest: string, at: number): string[] {
  let from = 0
  // Sequential sticky matches, so that whitespace is not rescanned.
  const step = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = from
    const match = pattern.exec(rest)
    if (match !== null) from = pattern.lastIndex
    return match
  }
  step(/\s*,\s*\[[^\]\n]*\]/y)
  step(/\s*=>/y)
  const text = step(/\s*(\[[^\]\n]*\]|:\w+|"~*")/y)?.[1]
  if (text === undefined) return []
  const start = at + from - text.length
  return [...text.matchAll(/:(\w+)|"~*"/g)].flatMap((one) => one[1] ?? masked.literals.get(start + one.index) ?? [])
}

/** The only gemspec in a folder, or the one with this name. */
function gemspecIn(folder: string, path: string, name: string | undefined, repository: Repository): string | undefined {
  const named = name === undefined ? undefined : repository.fileAt(folder, inFolder(path, `${name}.gemspec`))
  if (named !== undefined) return named
  const place = path === '.' ? folder : inFolder(folder, path)
  const found = repository.filesIn(place).filter((one) => one.endsWith('.gemspec'))
  return found.length === 1 ? found[0] : undefined
}
