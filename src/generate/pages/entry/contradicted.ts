/** What a doc comment says that the code contradicts: parameters that do not exist, results of what gives none. */

import type { Component, DocField } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { bareName, isName, type Parameter, readParameters } from '#generate/signature-parameters.ts'

const SCRIPT: ReadonlySet<string> = new Set(['javascript', 'jsx', 'typescript', 'tsx', 'vue', 'svelte'])
const MAX_LINES = 400
const MAX_SIGNATURE = 2_000
/** A signature that says that nothing is given: `void run(`, `run(): void`, `-> None`. */
const GIVES_NONE =
  /(?:^|[\s(])void\s+(?:[\w$]{1,60}::)?~?[\w$]{1,80}\s?\(|\)\s?:\s?(?:void|undefined|never|Unit|Promise<void>)\s?$|->\s?(?:None|\(\)|Void)\s?:?\s?$/
const GIVES = /\breturn\b(?!\s{0,8}(?:;|\}|$))|=>|\byield\b/
/** Stands for what others define, or ends otherwise. */
const LEFT_OPEN = /\b(?:throw|raise)\b|@(?:abc\.)?abstractmethod|@overload|^\s{0,40}(?:\.\.\.|pass)\s{0,8}$/
/** Reads what no signature names. */
const READS_ALL = /\barguments\b|\bfunc_get_args\b/
const REST = /^(?:\.\.\.|\*|&)|\.\.\.$/
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu

/** Whether a function certainly gives nothing, by its signature or, in languages where that does not tell, by its code. */
export function givesNothing(repo: RepoIndex, component: Component): boolean {
  const { kind, signature, file, startLine, endLine, overloads, name } = component
  if ((kind !== 'function' && kind !== 'method') || overloads !== undefined) return false
  if (GIVES_NONE.test(signature.slice(0, MAX_SIGNATURE))) return true
  const language = repo.files.get(file)?.language ?? ''
  const isScript = SCRIPT.has(language)
  const isTyped = /\)\s?:|->/.test(signature)
  if ((!isScript && language !== 'python') || isTyped || endLine - startLine > MAX_LINES) return false
  // A class by another word, or one line, which may be a value.
  if (name === 'constructor' || name === '__init__' || endLine === startLine) return false
  const lines = codeLines(repo, file, startLine, endLine).map((line) => line.slice(0, 400))
  if (isScript && !/\bfunction\b|\)\s?\{/.test(lines[0] ?? '')) return false
  const inside = lines.slice(1, isScript ? -1 : undefined).filter((line) => !/^\s{0,80}(?:\/\/|#|\*|$)/.test(line))
  return inside.length > 0 && !lines.some((line) => GIVES.test(line) || LEFT_OPEN.test(line))
}

const MAX_BODY = 20
const CONSTANT =
  /^(?:-?\d[\w.]{0,40}|[Tt]rue|[Ff]alse|None|NotImplemented|null|nil|undefined|[bfru]{0,2}(?:"[^"\\\n]{0,200}"|'[^'\\\n]{0,200}')|\[\s?\]|\{\s?\}|\(\s?\))$/
/** Of Ruby, `raise Closed if closed?` may go on. */
const RAISES = /^(?:raise|throw)\b(?!.*\s(?:if|unless)\s)|^(?:unimplemented|todo|panic)!\(|^fatalError\(/

/** Whether its body only raises, or gives a constant whatever it is given; without parameters a constant is its value. */
export function ignoresInput(repo: RepoIndex, component: Component): boolean {
  const { kind, file, name, signature, startLine, endLine } = component
  if (kind !== 'method' || endLine - startLine > MAX_BODY) return false
  const language = repo.files.get(file)?.language ?? ''
  const lines = codeLines(repo, file, startLine, endLine)
    .map((line) => line.slice(0, 400).trim())
    .filter((line) => !/^(?:\/[/*]|#|\*|$)/.test(line))
  const body = bodyOf(lines, language)
  if (RAISES.test(body)) return true
  const given = body.replace(/^return\s/, '').replace(/;$/, '')
  return CONSTANT.test(given.trim()) && (readParameters(signature, name, language) ?? []).length > 0
}

/** What stands behind the head of a short function; where that has blocks of its own, no statement. */
function bodyOf(lines: readonly string[], language: string): string {
  if (language === 'python') return lines.slice(lines.findIndex((line) => line.endsWith(':')) + 1).join(' ')
  if (language === 'ruby') return lines.slice(1, -1).join(' ')
  const text = lines.join(' ')
  if (text.endsWith('}')) {
    const inner = text.slice(text.lastIndexOf('{') + 1, -1)
    return inner.includes('}') ? '' : inner.trim()
  }
  // `virtual int size(int) = 0;`
  if (language === 'cpp' || language === 'c') return ''
  const arrow = Math.max(text.lastIndexOf('=> ') + 2, text.lastIndexOf(') = ') + 3, text.lastIndexOf(' = ') + 2)
  return text.slice(arrow).trim()
}

/** What may hold more, which comments name as if they were parameters. */
const isOpen = ({ name, default: value }: Parameter): boolean =>
  /^\{\s?\}$/.test(value) || /^(?:args|config|kwargs|options?|opts|params|props|settings)$/i.test(bareName(name))

/** Types in the place of a name: `type|Schema|str`. */
const TYPES_ONLY = /^[\w.[\], ]{1,100}(?:\|[\w.[\], ]{1,100}){1,9}$/

/** Such types are of the only parameter that nothing is said of. */
function withNames(said: readonly DocField[], names: ReadonlySet<string>): readonly DocField[] {
  const nameless = said.filter(({ name }) => TYPES_ONLY.test(name))
  if (nameless.length !== 1) return said
  const [name, ...others] = [...names].filter(
    (one) => one !== 'self' && one !== 'cls' && !said.some((field) => bareName(field.name) === one),
  )
  if (name === undefined || others.length > 0) return said.filter((one) => !nameless.includes(one))
  return said.map((one) => (nameless.includes(one) ? { ...one, name } : one))
}

/** Without parameters that a complete list of them lacks. */
export function existing(
  repo: RepoIndex,
  callable: Component,
  parameters: readonly Parameter[] | null,
  all: readonly DocField[],
): readonly DocField[] {
  const { kind, signature, overloads, file, startLine, endLine } = callable
  if (parameters === null || overloads !== undefined || (kind !== 'function' && kind !== 'method')) return all
  const said = withNames(all, new Set(parameters.map(({ name }) => bareName(name))))
  if (parameters.some((one) => !isName(one.name) || REST.test(one.name) || isOpen(one))) return said
  const names = new Set(parameters.map(({ name }) => bareName(name)))
  const words = new Set(signature.slice(0, MAX_SIGNATURE).match(WORD) ?? [])
  const isKnown = ({ name }: DocField): boolean =>
    names.has(bareName(name)) || (name.slice(0, 200).match(WORD) ?? []).some((word) => words.has(word))
  if (said.every(isKnown)) return said
  const lines = codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_LINES))
  return lines.some((line) => READS_ALL.test(line.slice(0, 400))) ? said : said.filter(isKnown)
}
