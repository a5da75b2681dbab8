/**
 * Finds parts of a doc comment that the code contradicts: parameters that do not exist, results of functions that return
 * nothing.
 */

import type { Component, DocField } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { SCRIPTS_AND_COMPONENTS } from '#generate/pages/script-languages.ts'
import { bareName, isName, type Parameter, readParameters } from '#generate/signature-parameters.ts'

const MAX_LINES = 400
const MAX_SIGNATURE = 2_000
/** Matches a signature without a result: `void run(`, `run(): void`, `-> None`. */
const VOID_SIGNATURE =
  /(?:^|[\s(])void\s+(?:[\w$]{1,60}::)?~?[\w$]{1,80}\s?\(|\)\s?:\s?(?:void|undefined|never|Unit|Promise<void>)\s?$|->\s?(?:None|\(\)|Void)\s?:?\s?$/
const RETURNS_VALUE = /\breturn\b(?!\s{0,8}(?:;|\}|$))|=>|\byield\b/
/** Matches code that ends with an exception, or that overriding methods replace. */
const ABSTRACT_OR_THROWS = /\b(?:throw|raise)\b|@(?:abc\.)?abstractmethod|@overload|^\s{0,40}(?:\.\.\.|pass)\s{0,8}$/
/** Matches access to arguments without a named parameter. */
const READS_ALL = /\barguments\b|\bfunc_get_args\b/
const REST = /^(?:\.\.\.|\*|&)|\.\.\.$/
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu

/** Whether a function certainly returns nothing: by its signature, or in JavaScript and Python by its code. */
export function returnsNothing(repo: RepoIndex, component: Component): boolean {
  const { kind, signature, file, startLine, endLine, overloads, name } = component
  if ((kind !== 'function' && kind !== 'method') || overloads !== undefined) return false
  if (VOID_SIGNATURE.test(signature.slice(0, MAX_SIGNATURE))) return true
  const language = repo.files.get(file)?.language ?? ''
  const isScript = SCRIPTS_AND_COMPONENTS.has(language)
  const isTyped = /\)\s?:|->/.test(signature)
  if ((!isScript && language !== 'python') || isTyped || endLine - startLine > MAX_LINES) return false
  // A constructor returns an object, and a single line may be an expression.
  if (name === 'constructor' || name === '__init__' || endLine === startLine) return false
  const lines = codeLines(repo, file, startLine, endLine).map((line) => line.slice(0, 400))
  if (isScript && !/\bfunction\b|\)\s?\{/.test(lines[0] ?? '')) return false
  const inside = lines.slice(1, isScript ? -1 : undefined).filter((line) => !/^\s{0,80}(?:\/\/|#|\*|$)/.test(line))
  return inside.length > 0 && !lines.some((line) => RETURNS_VALUE.test(line) || ABSTRACT_OR_THROWS.test(line))
}

const MAX_BODY = 20
const CONSTANT =
  /^(?:-?\d[\w.]{0,40}|[Tt]rue|[Ff]alse|None|NotImplemented|null|nil|undefined|[bfru]{0,2}(?:"[^"\\\n]{0,200}"|'[^'\\\n]{0,200}')|\[\s?\]|\{\s?\}|\(\s?\))$/
/** Matches a body that always throws; in Ruby, not `raise Closed if closed?`. */
const RAISES = /^(?:raise|throw)\b(?!.*\s(?:if|unless)\s)|^(?:unimplemented|todo|panic)!\(|^fatalError\(/

/** Whether a method only throws, or has parameters and returns the same constant for all arguments. */
export function ignoresInput(repo: RepoIndex, component: Component): boolean {
  const { kind, file, name, signature, startLine, endLine } = component
  if (kind !== 'method' || endLine - startLine > MAX_BODY) return false
  const language = repo.files.get(file)?.language ?? ''
  const lines = codeLines(repo, file, startLine, endLine)
    .map((line) => line.slice(0, 400).trim())
    .filter((line) => !/^(?:\/[/*]|#|\*|$)/.test(line))
  const body = bodyOf(lines, language)
  if (RAISES.test(body)) return true
  const result = body.replace(/^return\s/, '').replace(/;$/, '')
  return CONSTANT.test(result.trim()) && (readParameters(signature, name, language) ?? []).length > 0
}

/** The body of a short function as one line; '' if it contains blocks. */
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

/** Whether a parameter is an object of options, which comments may list like parameters. */
const isOptionsObject = ({ name, default: value }: Parameter): boolean =>
  /^\{\s?\}$/.test(value) || /^(?:args|config|kwargs|options?|opts|params|props|settings)$/i.test(bareName(name))

/** Matches types in place of a parameter name: `type|Schema|str`. */
const TYPES_ONLY = /^[\w.[\], ]{1,100}(?:\|[\w.[\], ]{1,100}){1,9}$/

/** Assigns types without a name to the only undocumented parameter; drops them if several are undocumented. */
function withNames(said: readonly DocField[], names: ReadonlySet<string>): readonly DocField[] {
  const nameless = said.filter(({ name }) => TYPES_ONLY.test(name))
  if (nameless.length !== 1) return said
  const [name, ...others] = [...names].filter(
    (one) => one !== 'self' && one !== 'cls' && !said.some((field) => bareName(field.name) === one),
  )
  if (name === undefined || others.length > 0) return said.filter((one) => !nameless.includes(one))
  return said.map((one) => (nameless.includes(one) ? { ...one, name } : one))
}

/** A field without a name is that of the parameter in its place, if there are as many. */
function withPosition(field: DocField, parameter: Parameter | undefined): DocField[] {
  if (field.name !== '') return [field]
  return parameter === undefined ? [] : [{ ...field, name: bareName(parameter.name) }]
}

/** The documented parameters without those that the signature does not have. */
export function existingParameters(
  repo: RepoIndex,
  callable: Component,
  parameters: readonly Parameter[] | null,
  all: readonly DocField[],
): readonly DocField[] {
  const { kind, signature, overloads, file, startLine, endLine } = callable
  const named = all.flatMap((one, at) =>
    withPosition(one, all.length === parameters?.length ? parameters[at] : undefined),
  )
  if (parameters === null || overloads !== undefined || (kind !== 'function' && kind !== 'method')) return named
  const said = withNames(named, new Set(parameters.map(({ name }) => bareName(name))))
  const rest = parameters.find(({ name }) => REST.test(name))
  if (rest !== undefined && SCRIPTS_AND_COMPONENTS.has(repo.files.get(file)?.language ?? ''))
    return withRest(said, parameters, rest)
  if (rest !== undefined || parameters.some((one) => !isName(one.name) || isOptionsObject(one))) return said
  const names = new Set(parameters.map(({ name }) => bareName(name)))
  const words = new Set(signature.slice(0, MAX_SIGNATURE).match(WORD) ?? [])
  const isKnown = ({ name }: DocField): boolean =>
    names.has(bareName(name)) || (name.slice(0, 200).match(WORD) ?? []).some((word) => words.has(word))
  if (said.every(isKnown)) return said
  const lines = codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_LINES))
  return lines.some((line) => READS_ALL.test(line.slice(0, 400))) ? said : said.filter(isKnown)
}

/** Moves what is said of parts of a rest parameter, `args` of `throw(...args)`, to that parameter. */
function withRest(said: readonly DocField[], parameters: readonly Parameter[], rest: Parameter): readonly DocField[] {
  const names = new Set(parameters.map(({ name }) => bareName(name)))
  // A destructured parameter has its name only in the comment.
  const isNamed = ({ name }: DocField): boolean => names.has(bareName(name.split(/[.[]/, 1)[0] ?? ''))
  if (parameters.some((one) => one !== rest && !isName(one.name))) return said
  const kept = said.filter(isNamed)
  const parts = said.filter((one) => !isNamed(one) && one.text !== '' && isName(one.name))
  if (parts.length === 0 || kept.some(({ name }) => bareName(name) === bareName(rest.name))) return kept
  const text = parts.map((one) => `\`${one.name}\`: ${one.text}`).join('; ')
  return [...kept, { name: bareName(rest.name), type: '', text }]
}
