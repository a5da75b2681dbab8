/** Finds the tasks of a Rakefile, except those whose name or namespace is computed. */

import type { MaskedCode } from '#generate/formats/masked-code.ts'

interface Task {
  name: string
  line: number
  endLine: number
  detail: string
  prerequisites: string[]
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
const NAME = String.raw`(:\w+|:?"~*"(?::(?!:))?|\w+:(?!:))`
const NAMESPACE = new RegExp(String.raw`^namespace[ \t(]+(?:${NAME})?`)
const METHOD = /^def[ \t]+(\w+)(?:[ \t(]+(\w+))?/
const DESCRIPTION = /^desc[ \t(]+("~*")/
const TASK = new RegExp(String.raw`^(?:multi)?task[ \t(]+${NAME}`)
/** A task with a computed name, or a file task. */
const OTHER_TASK = /^(?:(?:multi)?task|file|file_create|directory|rule)\b(?:[ \t(]+(\w+))?/
const LIBRARY = /^([A-Z][\w:]*)\.(?:new|create)\b[ \t(]*/
const GIVEN = new RegExp(`^${NAME}`)
const END = /^(?:end\b|\})/
const RUN = /(?:^|[^\w.:])(sh|ruby)[ \t(]+("~*")/
const CALL = new RegExp(String.raw`^(\w+)[ \t(]+${NAME}`)
/** Maximum length of a statement, in characters. */
const MAX_STATEMENT = 4_000
const MAX_LINES = 30
/** Limit on nested blocks; the rest of the file is not read. */
const MAX_SCOPES = 60
/** `namespace :a do … end` on one line, `def a = 1`: nothing that follows is inside. */
const IS_CLOSED = /(?:\bend|\})[ \t]*$|^def [\w.?!]{1,80}(?:\([^()\n]{0,200}\))?[ \t]*=/
const OPENS = /\bdo\b|\{/
const MAX_WORDS = 300

/** A line, or multiple lines if the prerequisites of a task are on lines of their own. */
interface Statement {
  readonly indent: string
  readonly text: string
  /** The offset of the text in the file. */
  readonly at: number
}

/** Tasks by qualified name, in order; blocks are recognised by indentation. */
export function tasksOf(masked: MaskedCode): Task[] {
  const reader = new TaskReader(masked)
  for (const statement of statementsOf(masked.code)) if (!reader.read(statement)) break
  return reader.tasks
}

function* statementsOf(code: string): Generator<Statement> {
  const lines = code.split('\n')
  let at = 0
  for (let index = 0; index < lines.length; index++) {
    const first = (lines[index] ?? '').slice(0, MAX_STATEMENT)
    const start = first.trimStart()
    const text = TASK.test(start) ? withMoreLines(start, lines, index + 1) : start
    const indent = first.slice(0, first.length - start.length)
    yield { indent, text, at: at + indent.length }
    at += (lines[index] ?? '').length + 1
    for (let more = text.split('\n').length - 1; more > 0; more--) at += (lines[++index] ?? '').length + 1
  }
}

/** Appends lines to a statement until it is complete; returns it unchanged if it never is. */
function withMoreLines(first: string, lines: readonly string[], next: number): string {
  let text = first
  for (let index = next; isIncomplete(text); index++) {
    const more = lines[index]
    if (more === undefined || index - next === MAX_LINES || text.length + more.length >= MAX_STATEMENT) return first
    text += `\n${more}`
  }
  return text
}

function isIncomplete(text: string): boolean {
  const count = (brackets: RegExp): number => text.match(brackets)?.length ?? 0
  const words = text.search(/%[wi][({<]/)
  return (
    /(?:,|=>)\s*$/.test(text.slice(-80)) ||
    count(/\[/g) > count(/\]/g) ||
    (words >= 0 && !/[)}>]/.test(text.slice(words + 3)))
  )
}

class TaskReader {
  readonly tasks: Task[] = []
  readonly #masked: MaskedCode
  readonly #scopes: Scope[] = []
  /** The methods that define a task named by their argument. */
  readonly #helpers = new Set<string>()
  /** The task whose block is open. */
  #open: { task: Task; indent: string } | undefined
  /** The text of `desc` for the next task of any kind. */
  #description = ''

  constructor(masked: MaskedCode) {
    this.#masked = masked
  }

  /** @returns False if there are too many nested blocks. */
  read(statement: Statement): boolean {
    const { text, indent } = statement
    const scope = this.#scopes.at(-1)
    if (scope !== undefined && text !== '' && !END.test(text)) scope.body ??= indent
    const isRead =
      this.#readNamespace(statement) ||
      this.#readMethod(statement) ||
      this.#readDescription(statement) ||
      this.#readTask(statement) ||
      this.#readOtherTask(statement) ||
      this.#readLibraryTask(statement) ||
      this.#readEnd(statement) ||
      this.#readCommand(statement)
    if (!isRead) this.#readHelperCall(statement)
    return this.#scopes.length <= MAX_SCOPES
  }

  #readNamespace({ text, indent, at }: Statement): boolean {
    const match = NAMESPACE.exec(text)
    if (match === null) return false
    this.#open = undefined
    const name = match[1] === undefined ? undefined : this.#nameIn(match[1], at + match[0].length - match[1].length)
    if (OPENS.test(text) && !IS_CLOSED.test(text)) this.#scopes.push({ indent, name })
    return true
  }

  #readMethod({ text, indent }: Statement): boolean {
    const [all, name = '', parameter = ''] = METHOD.exec(text) ?? []
    if (all === undefined) return false
    this.#open = undefined
    if (!IS_CLOSED.test(text)) this.#scopes.push({ indent, name: undefined, helper: { name, parameter } })
    return true
  }

  #readDescription({ text, at }: Statement): boolean {
    const [all = '', words] = DESCRIPTION.exec(text) ?? []
    if (words !== undefined)
      this.#description = descriptionAt(this.#masked, at + all.length - words.length, words.length)
    return words !== undefined
  }

  #readTask({ text, indent, at }: Statement): boolean {
    const [all = '', name] = TASK.exec(text) ?? []
    if (name === undefined) return false
    const rest = text.slice(all.length)
    const restAt = at + all.length
    const task = this.#add(name, restAt - name.length, prerequisitesOf(this.#masked, rest, restAt))
    for (const inline of rest.matchAll(/\bsh[ \t(]+(?=")/g)) {
      task.commands.push(this.#masked.literals.get(restAt + inline.index + inline[0].length) ?? '')
    }
    this.#open = opensBlock(rest) ? { task, indent } : undefined
    return true
  }

  #readOtherTask({ text }: Statement): boolean {
    const match = OTHER_TASK.exec(text)
    if (match === null) return false
    const helper = this.#scopes.at(-1)?.helper
    if (helper !== undefined && text.includes('task') && helper.parameter === match[1]) this.#helpers.add(helper.name)
    this.#description = ''
    return true
  }

  #readLibraryTask({ text, indent, at }: Statement): boolean {
    const [all, library = ''] = LIBRARY.exec(text) ?? []
    if (all === undefined) return false
    const rest = text.slice(all.length)
    const given = GIVEN.exec(rest)?.[1]
    const scope = this.#scopes.at(-1)
    const name = given ?? LIBRARY_TASKS.get(library)
    const isComputed = given === undefined && /^\w/.test(rest) && !/^do\b/.test(rest)
    // Other blocks, such as `if`, may not define it at all.
    const isCertain = LIBRARY_TASKS.has(library) && indent === (scope === undefined ? '' : scope.body) && !isComputed
    if (isCertain && name !== undefined) this.#add(name, at + all.length, [])
    this.#description = ''
    return true
  }

  #readEnd({ text, indent, at }: Statement): boolean {
    if (!END.test(text)) return false
    if (this.#open?.indent === indent) {
      this.#open.task.endLine = this.#masked.lineAt(at)
      this.#open = undefined
    } else if (this.#scopes.at(-1)?.indent === indent) this.#scopes.pop()
    return true
  }

  #readCommand({ text, at }: Statement): boolean {
    const match = RUN.exec(text)
    if (match === null) return false
    const command = this.#masked.literals.get(at + match.index + match[0].length - (match[2] ?? '').length)
    if (command !== undefined) this.#open?.task.commands.push(match[1] === 'ruby' ? `ruby ${command}` : command)
    return true
  }

  #readHelperCall({ text, at }: Statement): void {
    const [all = '', method = '', name = ''] = CALL.exec(text) ?? []
    if (this.#helpers.has(method) && this.#open === undefined) this.#add(name, at + all.length - name.length, [])
  }

  /** @param written - The name as in the code; a plain word if a library gives it. */
  #add(written: string, at: number, prerequisites: string[]): Task {
    const names = [...this.#scopes.map((one) => one.name), this.#nameIn(written, at)]
    const line = this.#masked.lineAt(at)
    const detail = this.#description
    const task = { name: names.join(':'), line, endLine: line, detail, prerequisites, commands: [] }
    if (names.every((one) => one !== undefined && one !== '')) this.tasks.push(task)
    this.#description = ''
    return task
  }

  #nameIn(written: string, at: number): string | undefined {
    const quote = written.indexOf('"')
    return quote < 0 ? written.replace(/^:|:$/g, '') : this.#masked.literals.get(at + quote)
  }
}

/** Whether the block of a task continues on the next lines. */
function opensBlock(rest: string): boolean {
  const end = rest.trimEnd()
  return /\{(?:[ \t]*\|[^|\n]{0,200}\|)?$/.test(end) || (/\bdo\b/.test(rest) && !/\bend$/.test(end))
}

/** The text of `desc`, with `…` in place of interpolations. */
function descriptionAt(masked: MaskedCode, at: number, length: number): string {
  const known = masked.literals.get(at)
  if (known !== undefined) return known
  const written = masked.text.slice(at + 1, at + Math.min(length, MAX_WORDS) - 1)
  return written.includes('\\') ? '' : written.replace(/#\{[^{}\n]{0,80}\}/g, '…')
}

/** `=> :a`, `=> [:a, 'b:c']`, `=> %w[a b]` and the same after `name:`. */
function prerequisitesOf(masked: MaskedCode, rest: string, at: number): string[] {
  let from = 0
  // Sequential sticky matches, so that whitespace is not rescanned.
  const step = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = from
    const match = pattern.exec(rest)
    if (match !== null) from = pattern.lastIndex
    return match
  }
  step(/\s*,\s*\[[^\]]*\]/y)
  step(/\s*=>/y)
  const words = step(/\s*%[wi](?:\[([^\]]*)\]|\(([^)]*)\)|\{([^}]*)\}|<([^>]*)>)/y)
  if (words !== null) return (words.slice(1).find((one) => one !== undefined) ?? '').split(/\s+/).filter(Boolean)
  const text = step(/\s*(\[[^\]]*\]|:\w+|:?"~*")/y)?.[1]
  if (text === undefined) return []
  const start = at + from - text.length
  return [...text.matchAll(/:(\w+)|"~*"/g)].flatMap((one) => one[1] ?? masked.literals.get(start + one.index) ?? [])
}
