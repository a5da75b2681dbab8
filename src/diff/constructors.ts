/** The constructors that users of a class call: its own or inherited ones. */

import type { ApiDefinition } from '#store/public-api.ts'
import type { Finding } from './change.ts'
import type { Context } from './context.ts'
import { isScript } from './language-rules.ts'
import { compareParameters } from './parameters.ts'
import { outsideBrackets, type Parameter, readSignature } from './signatures.ts'

/** The parameters of a constructor in both versions; `undefined` if unknown. */
export type Constructors = readonly [before: Parameter[] | undefined, after: Parameter[] | undefined]

/** Maximum number of classes followed from one class. */
const MAX_BASES = 20
const IS_ERROR = /^(?:Eval|Range|Reference|Syntax|Type|URI)?Error$/
/** The constructor of JavaScript's error classes. */
const ERROR_PARAMETERS = 'constructor(message?: string, options?: ErrorOptions)'

export function constructorChanges([before, after]: Constructors, context: Context): Finding[] {
  return before === undefined || after === undefined ? [] : compareParameters(before, after, context)
}

/**
 * The parameters of the constructor of a class. In TypeScript, the signature of the class contains the constructor; in Kotlin
 * and Scala, the parameters follow the class name.
 *
 * @param basesOf - Supertypes of a class in the repository.
 */
export function constructorOf(
  definition: ApiDefinition,
  language: string,
  basesOf: (definition: ApiDefinition) => readonly ApiDefinition[],
): Parameter[] | undefined {
  const name = language === 'kotlin' || language === 'scala' ? definition.name : 'constructor'
  const read = (signature: string): Parameter[] | undefined =>
    readSignature(signature, name, 'method', language).parameters ?? undefined
  if (!isScript(language)) return read(definition.signature)
  let one: ApiDefinition | undefined = definition
  for (let count = 0; one?.kind === 'class' && count < MAX_BASES; count++) {
    if (one.constructible === undefined) return read(one.signature)
    const base: string | undefined = /\bextends ([\w$]+)/.exec(outsideBrackets(one.signature))?.[1]
    if (base === undefined) return /\bextends\b/.test(one.signature) ? undefined : []
    const above: ApiDefinition | undefined = basesOf(one).find((other) => other.name === base)
    if (above === undefined && IS_ERROR.test(base)) return read(ERROR_PARAMETERS)
    one = above
  }
  return undefined
}
