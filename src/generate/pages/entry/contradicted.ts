/** Finds parts of a doc comment that the signature contradicts: parameters that do not exist, results of functions without one. */

import type { Component, DocField } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { SCRIPTS_AND_COMPONENTS } from '#generate/pages/script-languages.ts'
import { bareName, isName, type Parameter } from '#generate/signature-parameters.ts'

const MAX_SIGNATURE = 2_000
/** Matches a signature without a result: `void run(`, `run(): void`, `-> None`. */
const VOID_SIGNATURE =
  /(?:^|[\s(])void\s+(?:[\w$]{1,60}::)?~?[\w$]{1,80}\s?\(|\)\s?:\s?(?:void|undefined|never|Unit)\s?$|->\s?(?:None|\(\)|Void)\s?:?\s?$/
const REST = /^(?:\.\.\.|\*|&)|\.\.\.$/
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu

/** Whether a function certainly returns nothing, by its signature. */
export function returnsNothing({ kind, signature, overloads }: Component): boolean {
  const isFunction = kind === 'function' || kind === 'method'
  return isFunction && overloads === undefined && VOID_SIGNATURE.test(signature.slice(0, MAX_SIGNATURE))
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

/** A field without a name gets that of the parameter at its position, if there are equally many. */
function withPosition(field: DocField, parameter: Parameter | undefined): DocField[] {
  if (field.name !== '') return [field]
  return parameter === undefined ? [] : [{ ...field, name: bareName(parameter.name) }]
}

/**
 * Renames documented parameters that do not exist, such as `arg` of a declaration that the code calls `name`, to the parameters
 * at their positions, if as many are documented as exist. In functions, the names must share a word.
 */
function withNewNames(
  said: readonly DocField[],
  parameters: readonly Parameter[],
  mustShare: boolean,
): readonly DocField[] {
  const owned = parameters.filter(({ name }) => !/^(?:self|cls|this)$/.test(name))
  const main = said.filter(({ name }) => isName(name))
  if (main.length !== owned.length) return said
  const names = new Set(owned.map(({ name }) => bareName(name)))
  const documented = new Set(main.map(({ name }) => bareName(name)))
  return said.map((field) => {
    const { name: given = '' } = owned[main.indexOf(field)] ?? {}
    const name = bareName(given)
    if (mustShare && !sharesWord(field.name, name)) return field
    return name === '' || !isName(given) || names.has(bareName(field.name)) || documented.has(name)
      ? field
      : { ...field, name }
  })
}

/** `timestring` and `input_string` */
const sharesWord = (one: string, other: string): boolean =>
  other.split(/_|(?=\p{Lu})/u).some((word) => word.length > 3 && one.toLowerCase().includes(word.toLowerCase()))

/** The documented parameters without those that the signature does not have. */
export function existingParameters(
  repo: RepoIndex,
  callable: Component,
  parameters: readonly Parameter[] | null,
  all: readonly DocField[],
): readonly DocField[] {
  const { kind, signature, overloads, file } = callable
  const placed = all.flatMap((one, at) =>
    withPosition(one, all.length === parameters?.length ? parameters[at] : undefined),
  )
  // The signature of a class has its constructor in some languages.
  const isCalled = kind === 'function' || kind === 'method' || (kind === 'class' && /\.(?:kt|scala)$/.test(file))
  const named = withNewNames(placed, parameters ?? [], isCalled)
  if (parameters === null || overloads !== undefined || !isCalled) return named
  const said = withNames(named, new Set(parameters.map(({ name }) => bareName(name))))
  const rest = parameters.find(({ name }) => REST.test(name))
  if (rest !== undefined && SCRIPTS_AND_COMPONENTS.has(repo.files.get(file)?.language ?? ''))
    return withRest(said, parameters, rest)
  if (rest !== undefined || parameters.some((one) => !isName(one.name) || isOptionsObject(one))) return said
  const names = new Set(parameters.map(({ name }) => bareName(name)))
  const words = new Set(signature.slice(0, MAX_SIGNATURE).match(WORD) ?? [])
  const isKnown = ({ name }: DocField): boolean =>
    names.has(bareName(name)) || (name.slice(0, 200).match(WORD) ?? []).some((word) => words.has(word))
  return said.filter(isKnown)
}

/** Moves descriptions of parts of a rest parameter, `args` of `throw(...args)`, to that parameter. */
function withRest(said: readonly DocField[], parameters: readonly Parameter[], rest: Parameter): readonly DocField[] {
  const names = new Set(parameters.map(({ name }) => bareName(name)))
  // A destructured parameter has its name only in the comment.
  const isNamed = ({ name }: DocField): boolean => names.has(bareName(name.split(/[.[]/, 1)[0] ?? ''))
  if (parameters.some((one) => one !== rest && !isName(one.name))) return said
  const kept = said.filter(isNamed)
  const parts = said.filter((one) => !isNamed(one) && bareName(one.name) !== '' && one.text + one.type !== '')
  if (parts.length === 0 || kept.some(({ name }) => bareName(name) === bareName(rest.name))) return kept
  const [first, ...others] = parts
  const isOne = first !== undefined && others.length === 0
  const text = parts
    .map(({ name, type, text: words }) => {
      const label = `\`${name}\`${isOne || type === '' ? '' : ` (\`${type}\`)`}`
      return words === '' ? label : `${label}: ${words}`
    })
    .join('; ')
  return [...kept, { name: bareName(rest.name), type: isOne ? first.type : '', text }]
}
