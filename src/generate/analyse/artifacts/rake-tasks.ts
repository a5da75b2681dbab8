/** Finds the tasks of a Rakefile, except those whose name or namespace is computed. */

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

/** A block around tasks: a namespace, or a method, which defines tasks where it is called. */
interface Scope {
  indent: string
  /** `undefined` for a method, and for a namespace with a computed name. */
  name: string | undefined
  /** The name and the first parameter of a method. */
  helper?: { name: string; parameter: string }
  /** The indentation of its first statement. */
  body?: string
}

/** The default names of the tasks that classes of libraries define. */
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
/** A symbol, a literal, or the key of a hash. */
const NAME = String.raw`(:\w+|"~*"|\w+:(?!:))`
const NAMESPACE = new RegExp(String.raw`^namespace[ \t(]+(?:${NAME})?`)
const METHOD = /^def[ \t]+(\w+)(?:[ \t(]+(\w+))?/
const DESCRIPTION = /^desc[ \t(]+("~*")/
const TASK = new RegExp(String.raw`^(?:multi)?task[ \t(]+${NAME}`)
const COMPUTED = /^(?:multi)?task[ \t(]+(\w+)/
const LIBRARY = /^([A-Z][\w:]*)\.(?:new|create)\b[ \t(]*/
const GIVEN = new RegExp(String.raw`^${NAME}`)
const END = /^(?:end\b|\})/
const RUN = /(?:^|[^\w.:])(sh|ruby)[ \t(]+("~*")/
const CALL = new RegExp(String.raw`^(\w+)[ \t(]+${NAME}`)
const MAX_LINE = 4_000
/** Limit on nested blocks; reading stops where a file exceeds it. */
const MAX_SCOPES = 60
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
  let start = 0
  for (const whole of masked.code.split('\n')) {
    const code = whole.slice(0, MAX_LINE)
    const head = code.trimStart()
    const indent = code.slice(0, code.length - head.length)
    const from = start + indent.length
    start += whole.length + 1
    if (scopes.length > MAX_SCOPES) break
    const line = masked.lineAt(from)
    const scope = scopes.at(-1)
    const isEnd = END.test(head)
    if (scope !== undefined && !isEnd && head !== '') scope.body ??= indent
    /** The offset of the last group of a match. */
    const lastOf = (match: RegExpExecArray): number => from + match[0].length - (match.at(-1) ?? '').length
    const namespace = NAMESPACE.exec(head)
    const method = METHOD.exec(head)
    const words = DESCRIPTION.exec(head)
    const task = TASK.exec(head)
    const computed = COMPUTED.exec(head)?.[1]
    const library = LIBRARY.exec(head)
    const run = RUN.exec(head)
    const call = CALL.exec(head)
    if (namespace !== null) {
      const name = namespace[1] === undefined ? undefined : textOf(namespace[1], lastOf(namespace))
      if (OPENS.test(head) && !IS_CLOSED.test(head)) scopes.push({ indent, name })
    } else if (method !== null) {
      const [, name = '', parameter = ''] = method
      if (!IS_CLOSED.test(head)) scopes.push({ indent, name: undefined, helper: { name, parameter } })
    } else if (words !== null) {
      description = descriptionAt(masked, lastOf(words), (words[1] ?? '').length)
    } else if (task !== null) {
      const at = from + task[0].length
      const rest = head.slice(task[0].length)
      const made = add(textOf(task[1] ?? '', lastOf(task)), line, needsOf(masked, rest, at))
      for (const inline of rest.matchAll(/\bsh[ \t(]+(?=")/g)) {
        made.commands.push(masked.literals.get(at + inline.index + inline[0].length) ?? '')
      }
      open = /\bdo\b/.test(rest) ? { task: made, indent } : undefined
    } else if (computed !== undefined) {
      if (scope?.helper !== undefined && scope.helper.parameter === computed) helpers.add(scope.helper.name)
      description = ''
    } else if (library !== null) {
      const defaultName = LIBRARY_TASKS.get(library[1] ?? '')
      const rest = head.slice(library[0].length)
      const given = GIVEN.exec(rest)?.[1]
      // Other blocks, such as `if`, may not define it at all.
      if (defaultName === undefined || indent !== (scope === undefined ? '' : scope.body)) continue
      // The name is a variable.
      if (given === undefined && /^\w/.test(rest) && !/^do\b/.test(rest)) continue
      add(given === undefined ? defaultName : textOf(given, from + library[0].length), line, [])
    } else if (isEnd) {
      if (open?.indent === indent) {
        open.task.endLine = line
        open = undefined
      } else if (scope?.indent === indent) scopes.pop()
    } else if (run !== null) {
      const text = masked.literals.get(from + run.index + run[0].length - (run[2] ?? '').length)
      if (text !== undefined) open?.task.commands.push(run[1] === 'ruby' ? `ruby ${text}` : text)
    } else if (call !== null && helpers.has(call[1] ?? '') && open === undefined) {
      add(textOf(call[2] ?? '', lastOf(call)), line, [])
    }
  }
  return found
}

/** The text of `desc`, with `…` in place of interpolations. */
function descriptionAt(masked: MaskedCode, at: number, length: number): string {
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
