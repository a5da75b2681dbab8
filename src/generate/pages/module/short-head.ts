/** Shortens the head of a function for a row of a table. */

import { isName, parameterList, readParameters } from '#generate/signature-parameters.ts'

const MAX_CODE = 120
/** Matches constraints of C#, Rust and Swift: `where T : IEquatable<T>`. */
const BOUNDS = /\swhere\s[\s\S]*$/

/**
 * The head if it is short enough, otherwise without constraints, otherwise with the names of parameters only. Never truncated: ''
 * if that is still too long, or if a parameter has no name.
 */
export function shortHead(head: string, name: string, language: string): string {
  const bounded = head.length <= MAX_CODE ? head : head.replace(BOUNDS, '')
  if (bounded.length <= MAX_CODE) return bounded.endsWith('…') ? '' : bounded
  const list = parameterList(bounded, name)
  const parameters = readParameters(bounded, name, language) ?? []
  if (list === null || parameters.length === 0 || !parameters.every((one) => isName(one.name))) return ''
  // A parameter that may be left out is not told as one that must be given.
  const names = parameters.map((one) => (one.default === '' ? one.name : `${one.name} = …`))
  const short = `${bounded.slice(0, list.open + 1)}${names.join(', ')}${bounded.slice(list.end - 1)}`
  return short.length > MAX_CODE || short.endsWith('…') ? '' : short
}
