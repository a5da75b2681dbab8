/** Whether a statement can be read by itself: with the lines that declare what it names, else not at all. */

import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { Survey } from '#generate/pages/survey.ts'
import { isPublic } from '#generate/pages/writing.ts'
import { bareLine, isAssertion, type Statement, statementAt } from './statement.ts'

/** Lines above a statement in which what it names may be declared, and statements that are taken from there. */
const MAX_ABOVE = 16
const MAX_TAKEN = 3
const MAX_HEAD_LINES = 120
/** Lines of an example with all that stands between its statements. */
const MAX_WHOLE = 8
const IMPORT =
  /^\s*(?:import\b|from\s|use\b|using\b|require\b|require_relative\b|#\s*include\b|const\b.{1,200}\brequire\()/
const GO_IMPORT = /^\s*(?:import\s+)?(?:([A-Za-z_]\w*)\s+)?"(?:[^"\n]{1,200}\/)?([A-Za-z_][\w-]*)"\s*$/
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu
/** A name that no other one leads to. */
const FREE = /(?<![\p{L}\p{N}_$.]|::|->|\?\.|\\)[\p{L}_$][\p{L}\p{N}_$]*/gu
/** What belongs to something around: fields of a test. */
const OF_OUTER = /(?:^|[^\p{L}\p{N}_$.])(?:this\b|self\b|super\b|\$this\b|@[a-z])/u
const KEYWORD = new Set(
  'abstract and as async auto await begin bool boolean break byte case catch char class const constexpr continue def default defer del delete do double dyn echo elif else elsif end ensure enum except export extends extern false False final finally float fn for foreach from fun func function global go goto guard if impl implements in include inline instanceof int interface is lambda let long loop match mod module move mut namespace new nil None not null nullptr object operator or out override package pass println private protected pub public raise range ref rescue return short signed sizeof static str string String struct switch template then throw throws trait true True try type typeof typename undefined unless unsafe unsigned until use using val var void volatile when where while with yield i8 i16 i32 i64 u8 u16 u32 u64 usize isize f32 f64 std list dict tuple set len print bytes repr open iter next map filter zip sorted enumerate isinstance super puts p proc raise require format vec assert console process JSON Promise Object Array Math make append cap copy panic error any byte rune uint int64 int32 uint64 float64 window document globalThis fetch echo array isset count sprintf'.split(
    ' ',
  ),
)
const NO_TYPE =
  /\b(?:return|new|await|in|not|and|or|is|else|throw|raise|yield|go|defer|delete|typeof|instanceof|case|puts|print|echo|if|unless|while|when|do|then|move|ref|mut|out)$/

/** The statement, with those that declare what it names; `undefined` where something of it is declared nowhere near. */
export function wholeExample(
  survey: Survey,
  component: Component,
  path: string,
  statement: Statement,
): Statement | undefined {
  const language = survey.files.get(path)?.language ?? ''
  const owner = survey.components.get(component.parent ?? '')?.name
  const isKnown = (name: string): boolean =>
    name === component.name || CUSTOMARY.test(name) || isCalledAs(name, owner) || namesFor(survey, path).has(name)
  const parts = [statement]
  let open = freeNames(statement.text, language)
  for (let taken = 0; ; taken++) {
    const [first] = parts
    if (first === undefined || parts.some(({ text }) => OF_OUTER.test(bare(text, language)))) return undefined
    const declared = new Set(parts.flatMap(({ text }) => declaredIn(text, language)))
    open = parts
      .flatMap(({ text }) => freeNames(text, language))
      .filter((name) => !isKnown(name) && !declared.has(name))
    const [missing] = open
    if (missing === undefined) break
    const found = taken < MAX_TAKEN ? declarationAbove(survey, path, first, missing, language) : undefined
    if (found === undefined) return undefined
    parts.unshift(found)
  }
  if (parts.some(({ text }) => makesClosed(survey, text))) return undefined
  const [first = statement] = parts
  const { startLine } = first
  const between = withBetween(survey, path, startLine, statement.endLine)
  const names = new Set(declaredIn(between, language))
  const isWhole = between !== '' && freeNames(between, language).every((name) => isKnown(name) || names.has(name))
  const text = isWhole && !OF_OUTER.test(bare(between, language)) ? between : withGaps(parts, language)
  return { startLine, endLine: statement.endLine, text }
}

/** All lines from what a statement needs to itself: what is done in between may be needed as well. '' where they are many, or no code alone. */
function withBetween(survey: Survey, path: string, from: number, to: number): string {
  const lines = codeLines(survey, path, from, to)
  const margin = marginOf(lines[0] ?? '')
  const isPlain = (line: string): boolean =>
    line.trim() === '' || (marginOf(line) >= margin && !isAssertion(line.trim()))
  if (lines.length > MAX_WHOLE || !lines.every(isPlain)) return ''
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n')
}

/** The statements, with a mark where lines between them are left out. */
function withGaps(parts: readonly Statement[], language: string): string {
  const mark = /^(?:python|ruby|bash|elixir)$/.test(language) ? '# …' : '// …'
  return parts
    .map(({ startLine, text }, index) => {
      const above = parts[index - 1]
      return above === undefined || above.endLine + 1 === startLine ? text : `${mark}\n${text}`
    })
    .join('\n')
}

/** What those who write a language call what everybody has: a request, a context. */
const CUSTOMARY = /^(?:argc|argv|args|ctx|context|err|error|req|request|res|response|w|r)$/

/** `conn` and `wsConn` are values of `Conn`. */
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

const bare = (text: string, language: string): string =>
  text
    .split('\n')
    .map((line) => bareLine(line, language))
    .join('\n')

function freeNames(text: string, language: string): string[] {
  const code = bare(text, language)
  const own = new Set(declaredIn(text, language))
  return [...new Set(code.match(FREE) ?? [])].filter((name) => {
    if (KEYWORD.has(name) || own.has(name) || name === '_') return false
    // Types are known by their names, or are the language's own.
    if (/^\p{Lu}/u.test(name)) return false
    const uses = [...code.matchAll(FREE)].filter(({ 0: word }) => word === name)
    // Only a key, a macro, or the name of a parameter.
    return uses.some(({ index }) => {
      const behind = code.slice(index + name.length)
      return !/^\s{0,8}(?:=(?![=>])|:(?!:)|!\()/.test(behind)
    })
  })
}

/** What a statement itself declares: variables, and the parameters of functions in it. */
function declaredIn(text: string, language: string): string[] {
  const code = bare(text, language)
  const found = new Set<string>()
  for (const [head = ''] of code.matchAll(/(?:^|[\n({;])[^=\n;(){}]{1,120}?(?::=|=(?![=>]))/g))
    for (const { 0: word, index } of head.matchAll(FREE))
      if (!/^(?:\.|->|\[)/.test(head.slice(index + word.length))) found.add(word)
  for (const { 0: word, index } of code.matchAll(FREE)) {
    const before = code.slice(Math.max(0, index - 40), index)
    // Behind its type, or in front of it in Go.
    if (/(?:[\p{L}\p{N}_*&\]]|(?<![=-])>)\s+[*&]{0,2}$/u.test(before) && !NO_TYPE.test(before.trimEnd()))
      found.add(word)
    if (language === 'go' && /[(,]\s*$/.test(before) && /^\s+[\w.*[\]]/.test(code.slice(index + word.length)))
      found.add(word)
  }
  for (const [, names = ''] of code.matchAll(/\|([^|\n]{1,80})\|/g))
    for (const one of names.match(WORD) ?? []) found.add(one)
  for (const [, names = ''] of code.matchAll(/\(([^()\n]{0,120})\)\s*(?:=>|->)/g))
    for (const one of names.match(WORD) ?? []) found.add(one)
  for (const [, one = ''] of code.matchAll(/(?<![\p{L}\p{N}_$])([\p{L}_$][\p{L}\p{N}_$]{0,60})\s{0,4}(?:=>|->)/gu))
    found.add(one)
  for (const [, names = ''] of code.matchAll(/\blambda\s+([^:\n]{1,80}):/g))
    for (const one of names.match(WORD) ?? []) found.add(one)
  for (const [, names = ''] of code.matchAll(
    /\b(?:for|as) {1,4}\(?([\w$,][\w$, ]{0,60}?)\)? {0,4}(?:\bin\b|:|\bof\b|$)/gm,
  ))
    for (const one of names.match(WORD) ?? []) found.add(one)
  return [...found]
}

/** The nearest statement above, in the same block, that sets a name. */
function declarationAbove(
  survey: Survey,
  path: string,
  below: Statement,
  name: string,
  language: string,
): Statement | undefined {
  const from = Math.max(1, below.startLine - MAX_ABOVE)
  const lines = codeLines(survey, path, from, below.startLine - 1)
  const margin = marginOf(codeLines(survey, path, below.startLine, below.startLine)[0] ?? '')
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] ?? ''
    if (line.trim() === '') continue
    if (marginOf(line) < margin) return undefined
    if (marginOf(line) > margin || !declaredIn(line, language).includes(name)) continue
    const found = statementAt(survey, path, from + at)
    return found !== undefined && found.endLine < below.startLine ? found : undefined
  }
  return undefined
}

const marginOf = (line: string): number => line.length - line.trimStart().length

const imports = new WeakMap<Survey, Map<string, ReadonlySet<string>>>()

/** Names that a file imports, and those that the repository defines for others. */
function namesFor(survey: Survey, path: string): ReadonlySet<string> {
  const byFile = imports.get(survey) ?? new Map<string, ReadonlySet<string>>()
  imports.set(survey, byFile)
  const found = byFile.get(path)
  if (found !== undefined) return found
  const names = new Set(survey.occurrences.bindingsOf(path).map(({ name }) => name))
  for (const line of codeLines(survey, path, 1, MAX_HEAD_LINES)) {
    if (line.length > 400) continue
    const [, alias, last] = GO_IMPORT.exec(line) ?? []
    if (alias !== undefined || last !== undefined) names.add(alias ?? last ?? '')
    if (IMPORT.test(line)) for (const word of line.match(WORD) ?? []) names.add(word)
  }
  for (const name of offeredNames(survey)) names.add(name)
  byFile.set(path, names)
  return names
}

const offered = new WeakMap<Survey, ReadonlySet<string>>()

/** Of what stands at the top of files of code and is there for others. */
function offeredNames(survey: Survey): ReadonlySet<string> {
  let names = offered.get(survey)
  if (names === undefined) {
    const open = [...survey.components.values()].filter(
      ({ parent, exported, file, id, kind }) =>
        (parent === null || kind === 'namespace') &&
        exported &&
        survey.files.get(file)?.role === 'code' &&
        !survey.inTests.has(id),
    )
    names = new Set(open.map(({ name }) => name))
    offered.set(survey, names)
  }
  return names
}

const closed = new WeakMap<Survey, ReadonlySet<string>>()

/** Whether code makes what its users cannot make: a type that its package keeps for itself, or one without a public constructor. */
function makesClosed(survey: Survey, text: string): boolean {
  let names = closed.get(survey)
  if (names === undefined) {
    const [shut, open] = [new Set<string>(), new Set<string>()]
    for (const one of survey.components.values()) {
      if (one.kind !== 'class' && one.kind !== 'struct') continue
      const made = (survey.members.get(one.id) ?? []).filter((member) => isConstructor(survey, member))
      const isOpen =
        isPublic(one, survey) &&
        (made.length === 0 || made.some(({ exported, visibility }) => exported && visibility !== 'private'))
      ;(isOpen ? open : shut).add(one.name)
    }
    names = new Set([...shut].filter((name) => !open.has(name)))
    closed.set(survey, names)
  }
  const shut = names
  return [...text.matchAll(/\bnew\s+([\p{L}_$][\p{L}\p{N}_$]*)/gu)].some(([, name = '']) => shut.has(name))
}
