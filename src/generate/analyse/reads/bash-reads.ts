/**
 * Finds environment variables that a shell script reads: those that it does not set itself. `PORT=${PORT:-80}`, which
 * only sets a default, does not count as setting it.
 */

import { hasText } from '#base/find-text.ts'
import { type DirectRead, type FileReads, isShouted, MAX_READS, NO_READS } from './file-reads.ts'
import { plainLiteral } from './literals.ts'
import { childrenOf, endOf, kindAt, type ReadTree, startOf, textAt } from './read-tree.ts'

/** Variables that the shell or its line editor sets itself. */
const OF_SHELL =
  /^(?:BASH\w*|IFS|PWD|OLDPWD|RANDOM|SECONDS|EPOCH\w+|LINENO|PS\d|OPT(?:ARG|IND)|REPLY|UID|EUID|PPID|SHLVL|OSTYPE|HOSTTYPE|MACHTYPE|FUNCNAME|PIPESTATUS|COMP_\w+|COMPREPLY|READLINE_\w+|[LR]?BUFFER|CURSOR|WIDGET|KEYMAP|KEYS|FPATH|_)$/
const SETTERS = new Set(['read', 'getopts', 'mapfile', 'readarray', 'printf'])
const MAX_DEFAULT = 60
/** Number of characters examined before an expansion. */
const MAX_AROUND = 200

type LineAt = (offset: number) => number

export function findBashReads(tree: ReadTree, lineAt: LineAt): FileReads {
  const { text } = tree
  if (!text.includes('$')) return NO_READS
  const found = new Expansions(tree, lineAt)
  for (let node = 0; node < tree.size; node++) {
    if (kindAt(tree, node) === 'ERROR') found.noteError(startOf(tree, node))
    else if (tree.isNamed(node)) found.visit(node)
  }
  return found.finish()
}

class Expansions {
  readonly #tree: ReadTree
  readonly #lineAt: LineAt
  /** Names that the script sets. */
  readonly #set = new Set<string>()
  /** Names that it sets only by `export` in a function: `${NAME-}` elsewhere may still read the value of the user. */
  readonly #exported = new Set<string>()
  /** Assignments before a command, `NAME=value command`, which apply to that command alone. */
  readonly #prefixes = new Set<number>()
  readonly #reads: DirectRead[] = []
  /** Reads that test whether a variable is empty, as before a default is set. */
  readonly #tests = new Set<DirectRead>()
  #endOfFunction = 0
  /** The offset of the first syntax error of the grammar, if any. */
  #error: number | undefined
  #hasSourced = false

  constructor(tree: ReadTree, lineAt: LineAt) {
    this.#tree = tree
    this.#lineAt = lineAt
  }

  noteError(offset: number): void {
    this.#error ??= offset
  }

  visit(node: number): void {
    const tree = this.#tree
    switch (kindAt(tree, node)) {
      case 'function_definition':
        this.#endOfFunction = Math.max(this.#endOfFunction, tree.after[node] ?? 0)
        return
      case 'variable_assignment':
        this.#visitAssignment(node)
        return
      case 'for_statement':
      case 'declaration_command':
        this.#visitDeclaration(node)
        return
      case 'command':
        this.#visitCommand(node)
        return
      case 'simple_expansion':
      case 'expansion': {
        const read = this.#expansionAt(node)
        if (read !== undefined && this.#reads.length < MAX_READS) this.#reads.push(read)
      }
    }
  }

  finish(): FileReads {
    for (const name of [...setInCases(this.#tree.text), ...setInTraps(this.#tree.text)]) this.#set.add(name)
    if (this.#error !== undefined) this.#readText(this.#error)
    const isSet = ({ name, plain }: DirectRead): boolean =>
      this.#set.has(name) || (plain !== undefined && this.#exported.has(name))
    const reads = this.#reads.flatMap((read): DirectRead[] => {
      if (OF_SHELL.test(read.name)) return []
      if (!isSet(read)) return [read]
      return this.#tests.has(read) ? [{ ...read, plain: 'unsure' }] : []
    })
    const sets = [...this.#set, ...this.#exported].filter(isShouted)
    if (reads.length + sets.length === 0) return NO_READS
    // After an error, code may be part of a string.
    const sureBefore = this.#hasSourced
      ? 0
      : this.#error === undefined
        ? Number.POSITIVE_INFINITY
        : this.#lineAt(this.#error)
    return {
      ...NO_READS,
      reads: reads.map(
        (read): DirectRead =>
          read.plain !== undefined && read.line >= sureBefore ? { ...read, plain: 'unsure' } : read,
      ),
      ...(sets.length === 0 ? {} : { sets }),
    }
  }

  #visitAssignment(node: number): void {
    const tree = this.#tree
    const [name] = childrenOf(tree, node)
    if (name === undefined || this.#prefixes.has(node)) return
    const written = textAt(tree, name)
    const given = tree.text.slice(endOf(tree, name), endOf(tree, name) + written.length + 6)
    const isOfItself = /^=["']?\$\{/.test(given) && given.replace(/^="?/, '').startsWith(`\${${written}`)
    if (isOfItself) return
    const start = startOf(tree, node)
    const isExport = /\bexport\s+$/.test(tree.text.slice(Math.max(0, start - 20), start))
    ;(isExport && node < this.#endOfFunction ? this.#exported : this.#set).add(written)
  }

  #visitDeclaration(node: number): void {
    for (const child of childrenOf(this.#tree, node))
      if (kindAt(this.#tree, child) === 'variable_name' && !textAt(this.#tree, node).startsWith('export'))
        this.#set.add(textAt(this.#tree, child))
  }

  #visitCommand(node: number): void {
    const tree = this.#tree
    const parts = childrenOf(tree, node)
    for (const part of parts) if (kindAt(tree, part) === 'variable_assignment') this.#prefixes.add(part)
    const at = parts.findIndex((part) => kindAt(tree, part) === 'command_name')
    const command = textAt(tree, parts[at] ?? node)
    if (command === '.' || command === 'source') this.#hasSourced = true
    if (!SETTERS.has(command)) return
    for (const word of parts.slice(at + 1)) if (isShouted(textAt(tree, word))) this.#set.add(textAt(tree, word))
  }

  #expansionAt(node: number): DirectRead | undefined {
    const tree = this.#tree
    const [name] = childrenOf(tree, node)
    if (name === undefined || kindAt(tree, name) !== 'variable_name') return undefined
    return this.#readAt(textAt(tree, name), startOf(tree, name), endOf(tree, name), endOf(tree, node) - 1)
  }

  /**
   * @param start - The start of the name.
   * @param after - The end of the name.
   * @param end - The end of the expansion, before its brace.
   */
  #readAt(written: string, start: number, after: number, end: number): DirectRead | undefined {
    const { text } = this.#tree
    if (!isShouted(written)) return undefined
    const rest = text.slice(after, Math.min(end, after + MAX_DEFAULT + 4))
    const operator = /^:?[-=?+]/.exec(rest)?.[0]
    const read = { kind: 'environment', name: written, line: this.#lineAt(start), written } as const
    if (operator === undefined) {
      const plain = { ...read, default: null, plain: 'sure' } as const
      if (/\s-z\s{1,3}"?\$\{?$/.test(lineBefore(text, start))) this.#tests.add(plain)
      return plain
    }
    const value = rest.slice(operator.length).replace(/^(["'])(.*)\1$/, '$2')
    const isTaken = /[-=]$/.test(operator) && !isTestOfEmpty(text, start, end + 1) && !isMarker(text, end + 1, value)
    const isShown = isTaken && value !== '' && value.length <= MAX_DEFAULT && isReadable(value)
    return { ...read, default: isShown ? (plainLiteral(value) ?? value) : null }
  }

  /** Searches the text after a syntax error for `${NAME…}`. */
  #readText(from: number): void {
    const { text } = this.#tree
    const seen = new Set(this.#reads.map(({ name, line }) => `${name} ${line}`))
    for (const match of text
      .slice(from)
      .matchAll(/\$\{(?:\([^()\s]{1,20}\))?([A-Z_][A-Z0-9_]{1,99})(?!\w)([^{}\n]{0,80})/g)) {
      if (this.#reads.length >= MAX_READS) return
      const [all, name = '', rest = ''] = match
      const after = from + match.index + all.length - rest.length
      const before = lineBefore(text, from + match.index)
      const isInert = /^\s*#|\s#\s/.test(before) || (before.match(/'/g)?.length ?? 0) % 2 === 1
      const read = isInert ? undefined : this.#readAt(name, after - name.length, after, after + rest.length)
      if (read !== undefined && !seen.has(`${name} ${read.line}`)) this.#reads.push(read)
    }
  }
}

/** The line up to an offset, or its last `MAX_AROUND` characters. */
function lineBefore(text: string, offset: number): string {
  const around = text.slice(Math.max(0, offset - MAX_AROUND), offset)
  return around.slice(around.lastIndexOf('\n') + 1)
}

/** `[ -n "${NAME-x}" ]`, `"${NAME-x}" != ""`: a test of whether the variable is set, whose default is never used. */
function isTestOfEmpty(text: string, start: number, end: number): boolean {
  const before = lineBefore(text, start)
  const after = text.slice(end, end + 20)
  return (
    (/(?:\s-[nz]\s{1,3}|["']{2}\s{1,3}[!=]?=\s{1,3}|\[\[?\s{1,3})["']?\$\{$/.test(before) &&
      /^["']?\s{0,3}\]/.test(after)) ||
    /^["']?\s{1,3}[!=]?=\s{1,3}(?:""|'')/.test(after)
  )
}

/** `"${NAME-none}" != none`: a test of whether the variable is set, whose default is only a marker. */
function isMarker(text: string, end: number, value: string): boolean {
  const [, other = ''] =
    /^["']?\s{1,3}[!=]?=\s{1,3}["']?([\w.-]{1,60})["']?(?:\s|$)/.exec(text.slice(end, end + 80)) ?? []
  return other !== '' && other === value
}

/** A literal, which may contain variables, as in `$HOME/.cache`, but no commands. */
function isReadable(value: string): boolean {
  const isBalanced = value.split('{').length === value.split('}').length
  return isBalanced && !/[`\\"'\n]|\$\(/.test(value)
}

/** The names that a quoted handler of a signal sets: `trap 'STOPPED=true' INT`. */
function setInTraps(text: string): string[] {
  if (!text.includes('trap')) return []
  return [...text.matchAll(/^[ \t]*trap[ \t]{1,9}["']([A-Z_][A-Z0-9_]{0,60})=(?!["']?\$)/gm)].map(
    ([, name = '']) => name,
  )
}

/** The names that the first line of a `case` arm sets, which the grammar may not read as assignments. */
function setInCases(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.flatMap((line, index) => {
    const before = lines[index - 1] ?? ''
    const [, name, value = ''] = /^([A-Z_][A-Z0-9_]{0,60})=(\S{0,200})$/.exec(line) ?? []
    const isArm = before.endsWith(')') && !/^#|[$(]/.test(before)
    const isOwn = hasText(value, `$${name}`) || hasText(value, `\${${name}`)
    return name === undefined || !isArm || isOwn ? [] : [name]
  })
}
