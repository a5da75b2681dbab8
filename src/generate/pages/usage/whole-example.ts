/** Completes a statement with the lines that declare its names, so that it can be understood alone; otherwise rejects it. */

import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { codeLines, indentOf } from '#generate/pages/code-lines.ts'
import { isTest, type RepoIndex } from '#generate/pages/repo-index.ts'
import { isPublic } from '#generate/pages/writing.ts'
import { bare, declaredIn, freeNames, WORD } from './free-names.ts'
import { isAssertion, type Statement, statementAt } from './statement.ts'

/** Limits on the lines above a statement that are searched for declarations, and on the statements taken from there. */
const MAX_ABOVE = 16
const MAX_TAKEN = 3
const MAX_HEAD_LINES = 120
/** Limit on the lines of an example that includes everything between its statements. */
const MAX_WHOLE = 8
/** Matches a literal. */
const TELLS = /["'`\d]/
/** Matches code that destroys something. */
const DESTROYS = /\b(?:abort|destroy|die|drop|exit|free|panic|raise|throw|unreachable)\w{0,20}!?\s?[( ]/i
const IMPORT =
  /^\s*(?:import\b|from\s|use\b|using\b|require\b|require_relative\b|#\s*include\b|const\b.{1,200}\brequire\()/
const GO_IMPORT = /^\s*(?:import\s+)?(?:([A-Za-z_]\w*)\s+)?"(?:[^"\n]{1,200}\/)?([A-Za-z_][\w-]*)"\s*$/
/** Matches references to surrounding code, such as fields of a test. */
const OF_OUTER = /(?:^|[^\p{L}\p{N}_$.])(?:this\b|self\b|super\b|\$this\b|@[a-z])/u
/**
 * The statement with the declarations of its names; `undefined` if one of these is not declared nearby. A test is shown only
 * if it is complete: with its receiver, without gaps, with literal values.
 */
export function wholeExample(
  repo: RepoIndex,
  component: Component,
  path: string,
  statement: Statement,
): Statement | undefined {
  const language = repo.files.get(path)?.language ?? ''
  const owner = repo.components.get(component.parent ?? '')?.name
  const isStrict = isTest(path, repo)
  const isKnown = (name: string): boolean =>
    name === component.name ||
    (!isStrict && (CUSTOMARY.test(name) || isCalledAs(name, owner))) ||
    namesFor(repo, path).has(name)
  const parts = [statement]
  for (let taken = 0; ; taken++) {
    const [first] = parts
    if (first === undefined || parts.some(({ text }) => OF_OUTER.test(bare(text, language)))) return undefined
    const declared = new Set(parts.flatMap(({ text }) => declaredIn(text, language)))
    const missing = parts
      .flatMap(({ text }) => freeNames(text, language))
      .find((name) => !isKnown(name) && !declared.has(name))
    if (missing === undefined) break
    const found = taken < MAX_TAKEN ? declarationAbove(repo, path, first, missing, language) : undefined
    if (found === undefined) return undefined
    parts.unshift(found)
  }
  if (parts.some(({ text }) => makesClosed(repo, text))) return undefined
  const [first = statement] = parts
  const { startLine } = first
  const between = withBetween(repo, path, startLine, statement.endLine)
  const names = new Set(declaredIn(between, language))
  const isWhole = between !== '' && freeNames(between, language).every((name) => isKnown(name) || names.has(name))
  const isPlain = isWhole && !OF_OUTER.test(bare(between, language))
  if (isStrict && (!isPlain || !TELLS.test(between) || DESTROYS.test(between))) return undefined
  const text = isPlain ? between : withGaps(parts, language)
  return { startLine, endLine: statement.endLine, text }
}

/**
 * All lines from the first declaration to the statement, since the lines in between may be needed too. '' if there are too
 * many, or if some are assertions.
 */
function withBetween(repo: RepoIndex, path: string, from: number, to: number): string {
  const lines = codeLines(repo, path, from, to)
  const margin = indentOf(lines[0] ?? '')
  const isPlain = (line: string): boolean =>
    line.trim() === '' || (indentOf(line) >= margin && !isAssertion(line.trim()))
  if (lines.length > MAX_WHOLE || !lines.every(isPlain)) return ''
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n')
}

/** Joins the statements, with a comment `…` in place of omitted lines. */
function withGaps(parts: readonly Statement[], language: string): string {
  const mark = /^(?:python|ruby|bash|elixir)$/.test(language) ? '# …' : '// …'
  return parts
    .map(({ startLine, text }, index) => {
      const above = parts[index - 1]
      return above === undefined || above.endLine + 1 === startLine ? text : `${mark}\n${text}`
    })
    .join('\n')
}

/** Matches customary names: a request, a context. */
const CUSTOMARY = /^(?:argc|argv|args|ctx|context|err|error|req|request|res|response|w|r)$/

/** Whether a variable has the name of its type: `conn` and `wsConn` of `Conn`. */
function isCalledAs(name: string, type: string | undefined): boolean {
  const [own, whole] = [name, type ?? ''].map((one) => one.replaceAll('_', '').toLowerCase())
  return (
    own !== undefined &&
    whole !== undefined &&
    own.length > 2 &&
    whole !== '' &&
    (own.endsWith(whole) || whole.endsWith(own))
  )
}

/** The nearest statement above, in the same block, that declares a name. */
function declarationAbove(
  repo: RepoIndex,
  path: string,
  below: Statement,
  name: string,
  language: string,
): Statement | undefined {
  const from = Math.max(1, below.startLine - MAX_ABOVE)
  const lines = codeLines(repo, path, from, below.startLine - 1)
  const margin = indentOf(codeLines(repo, path, below.startLine, below.startLine)[0] ?? '')
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] ?? ''
    if (line.trim() === '') continue
    if (indentOf(line) < margin) return undefined
    if (indentOf(line) > margin || !line.includes(name) || !declaredIn(line, language).includes(name)) continue
    const found = statementAt(repo, path, from + at)
    return found !== undefined && found.endLine < below.startLine ? found : undefined
  }
  return undefined
}

const imports = new WeakMap<RepoIndex, Map<string, ReadonlySet<string>>>()

/** Names that a file imports, and the public names of the repository. */
function namesFor(repo: RepoIndex, path: string): ReadonlySet<string> {
  const byFile = imports.get(repo) ?? new Map<string, ReadonlySet<string>>()
  imports.set(repo, byFile)
  const found = byFile.get(path)
  if (found !== undefined) return found
  const names = new Set(repo.occurrences.bindingsOf(path).map(({ name }) => name))
  for (const line of codeLines(repo, path, 1, MAX_HEAD_LINES)) {
    if (line.length > 400) continue
    const [, alias, last] = GO_IMPORT.exec(line) ?? []
    if (alias !== undefined || last !== undefined) names.add(alias ?? last ?? '')
    if (IMPORT.test(line)) for (const word of line.match(WORD) ?? []) names.add(word)
  }
  // In languages with explicit imports, a test must import or declare every name. No test may use constants of other files without importing them.
  const isStrict = isTest(path, repo)
  if (!isStrict || !IMPORTS_ALL.has(repo.files.get(path)?.language ?? ''))
    for (const { name, kind } of offeredBy(repo)) if (!isStrict || kind !== 'constant') names.add(name)
  byFile.set(path, names)
  return names
}

/** Languages in which every name is imported or declared in the file. */
const IMPORTS_ALL = new Set(['javascript', 'jsx', 'python', 'svelte', 'tsx', 'typescript', 'vue'])
const offered = new WeakMap<RepoIndex, readonly Component[]>()

/** The exported top-level components of code. */
function offeredBy(repo: RepoIndex): readonly Component[] {
  let open = offered.get(repo)
  if (open === undefined) {
    open = [...repo.components.values()].filter(
      ({ parent, exported, file, id, kind }) =>
        (parent === null || kind === 'namespace') &&
        exported &&
        repo.files.get(file)?.role === 'code' &&
        !repo.inTests.has(id),
    )
    offered.set(repo, open)
  }
  return open
}

const closed = new WeakMap<RepoIndex, ReadonlySet<string>>()

/** Whether code instantiates a type that users cannot: an internal one, or one without a public constructor. */
function makesClosed(repo: RepoIndex, text: string): boolean {
  let names = closed.get(repo)
  if (names === undefined) {
    const [shut, open] = [new Set<string>(), new Set<string>()]
    for (const one of repo.components.values()) {
      if (one.kind !== 'class' && one.kind !== 'struct') continue
      const made = (repo.members.get(one.id) ?? []).filter((member) => isConstructor(repo, member))
      const isOpen =
        isPublic(one, repo) &&
        (made.length === 0 || made.some(({ exported, visibility }) => exported && visibility !== 'private'))
      ;(isOpen ? open : shut).add(one.name)
    }
    names = new Set([...shut].filter((name) => !open.has(name)))
    closed.set(repo, names)
  }
  const shut = names
  return [...text.matchAll(/\bnew\s+([\p{L}_$][\p{L}\p{N}_$]*)/gu)].some(([, name = '']) => shut.has(name))
}
