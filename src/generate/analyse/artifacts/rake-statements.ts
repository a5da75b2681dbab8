/** The tasks that a Rakefile defines under names that are certain: none whose name, or whose namespace, is computed. */

import type { MaskedCode } from '#generate/formats/masked-code.ts'

interface Task {
  name: string
  line: number
  endLine: number
  detail: string
  needs: string[]
  /** Commands passed to `sh "…"`. */
  commands: string[]
}

/** A block around tasks: a namespace, or a method, whose tasks are defined where it is called. */
interface Scope {
  indent: string
  /** `undefined` for a method, and for a namespace whose name is computed. */
  name: string | undefined
  /** Of a method: its name and its first parameter. */
  helper?: { name: string; parameter: string }
  /** The margin of its first statement. */
  body?: string
}

/** Classes of libraries that define one task, with its name where none is given. */
const LIBRARY_TASKS: ReadonlyMap<string, string> = new Map([
  ['Rake::TestTask', 'test'],
  ['Minitest::TestTask', 'test'],
  ['RSpec::Core::RakeTask', 'spec'],
  ['RuboCop::RakeTask', 'rubocop'],
  ['YARD::Rake::YardocTask', 'yard'],
  ['RDoc::Task', 'rdoc'],
  ['Rake::RDocTask', 'rdoc'],
  ['Cucumber::Rake::Task', 'cucumber'],
])
const NAME = String.raw`(?::\w+|"~*"|\w+:(?!:))`
const STATEMENT = new RegExp(
  String.raw`^(?<indent>[ \t]*)(?![ \t])(?:(?<space>namespace)\b[ \t(]*(?<spaceName>${NAME})?[^\n]*|(?<method>def)[ \t]+(?<helper>\w+)(?:[ \t(]+(?<parameter>\w+))?[^\n]*|(?<desc>desc)[ \t(]+(?<words>"~*")|(?:multi)?task[ \t(]+(?:(?<task>${NAME})(?<rest>[^\n]*)|(?<computed>\w+))|(?<library>[A-Z][\w:]*)\.(?:new|create)\b[ \t(]*(?:(?<given>${NAME})|(?<other>\w+))?|(?<end>end\b|\})|(?:.*?[^\w.:])?(?<run>sh|ruby)[ \t(]+(?<command>"~*")|(?<called>\w+)[ \t(]+(?<argument>${NAME}))`,
  'gm',
)
/** `namespace :a do … end` on one line, `def a = 1`: nothing that follows is inside. */
const IS_CLOSED = /(?:\bend|\})[ \t]*$|^def [\w.?!]{1,80}(?:\([^()\n]{0,200}\))?[ \t]*=/
const OPENS = /\bdo\b|\{/
const MAX_WORDS = 300

/** Tasks by qualified name, in order; blocks are recognised by indentation. */
export function tasksOf(masked: MaskedCode): Task[] {
  const found: Task[] = []
  const scopes: Scope[] = []
  const helpers = new Set<string>()
  let open: { task: Task; indent: string } | undefined
  let description = ''
  const textOf = (text: string, at: number): string | undefined =>
    text.startsWith('"') ? masked.literals.get(at) : text.replace(/^:|:$/g, '')
  const add = (name: string | undefined, line: number, needs: string[]): Task => {
    const names = [...scopes.map((one) => one.name), name]
    const isCertain = names.every((one) => one !== undefined && one !== '')
    const task = { name: names.join(':'), line, endLine: line, detail: description, needs, commands: [] }
    if (isCertain) found.push(task)
    description = ''
    return task
  }
  for (const match of masked.code.matchAll(STATEMENT)) {
    const [all] = match
    const {
      indent = '',
      space,
      spaceName,
      method,
      helper = '',
      parameter = '',
      desc,
      words = '',
      ...more
    } = match.groups ?? {}
    const { task, rest = '', computed, library, given, other = 'do', end, run, command, called, argument } = more
    const line = masked.lineAt(match.index + indent.length)
    const scope = scopes.at(-1)
    if (scope !== undefined && end === undefined) scope.body ??= indent
    if (space !== undefined) {
      const at = match.index + all.indexOf(spaceName ?? '', indent.length + space.length)
      const name = spaceName === undefined ? undefined : textOf(spaceName, at)
      if (OPENS.test(all) && !IS_CLOSED.test(all)) scopes.push({ indent, name })
    } else if (method !== undefined) {
      if (!IS_CLOSED.test(all.trim())) scopes.push({ indent, name: undefined, helper: { name: helper, parameter } })
    } else if (desc !== undefined) {
      description = wordsAt(masked, match.index + all.indexOf('"'), words.length)
    } else if (task !== undefined) {
      const at = match.index + all.length - rest.length
      const made = add(textOf(task, at - task.length), line, needsOf(masked, rest, at))
      for (const inline of rest.matchAll(/\bsh[ \t(]+(?=")/g)) {
        made.commands.push(masked.literals.get(at + inline.index + inline[0].length) ?? '')
      }
      open = /\bdo\b/.test(rest) ? { task: made, indent } : undefined
    } else if (computed !== undefined) {
      if (scope?.helper !== undefined && scope.helper.parameter === computed) helpers.add(scope.helper.name)
      description = ''
    } else if (library !== undefined) {
      const usual = LIBRARY_TASKS.get(library)
      // In a block of another kind it may not be defined at all.
      if (usual === undefined || other !== 'do' || indent !== (scope === undefined ? '' : scope.body)) continue
      const at = match.index + all.length - (given ?? '').length
      add(given === undefined ? usual : textOf(given, at), line, [])
    } else if (end !== undefined) {
      if (open?.indent === indent) {
        open.task.endLine = line
        open = undefined
      } else if (scope?.indent === indent) scopes.pop()
    } else if (run !== undefined && command !== undefined) {
      const text = masked.literals.get(match.index + all.length - command.length)
      if (text !== undefined) open?.task.commands.push(run === 'ruby' ? `ruby ${text}` : text)
    } else if (called !== undefined && argument !== undefined && helpers.has(called) && open === undefined) {
      add(textOf(argument, match.index + all.length - argument.length), line, [])
    }
  }
  return found
}

/** What `desc` says, with `…` for what is only known when it runs. */
function wordsAt(masked: MaskedCode, at: number, length: number): string {
  const known = masked.literals.get(at)
  if (known !== undefined) return known
  const written = masked.text.slice(at + 1, at + Math.min(length, MAX_WORDS) - 1)
  return written.includes('\\') ? '' : written.replace(/#\{[^{}\n]{0,80}\}/g, '…')
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
