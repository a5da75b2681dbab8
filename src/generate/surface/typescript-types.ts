/** Finds types of TypeScript that signatures name, and inferred types of constants. */

import { push } from '#base/multimap.ts'
import type { Component, Edge, SourceFile } from '#generate/model.ts'
import { parameterList } from '#generate/signature-parameters.ts'

const IS_TYPESCRIPT = /^(?:typescript|tsx)$/
/** Longer declarations are not searched. */
const MAX_CHARACTERS = 300

/** Types that signatures name, keyed by the component that names them. */
export function typesNamedBy(
  edges: readonly Edge[],
  byId: ReadonlyMap<string, Component>,
  files: ReadonlyMap<string, SourceFile>,
): Map<string, string[]> {
  const named = new Map<string, string[]>()
  for (const { from, to, kind, origin } of edges) {
    const [user, type] = [byId.get(from), byId.get(to)]
    if (kind !== 'uses-type' || origin === 'unique-name' || user === undefined || type === undefined) continue
    const isType = /^(?:class|enum|interface|type)$/.test(type.kind)
    if (!isType || !IS_TYPESCRIPT.test(files.get(type.file)?.language ?? '')) continue
    const isNamed = [user.signature, ...(user.overloads ?? [])].some((text) => text.includes(type.name))
    if (isNamed) push(named, from, to)
  }
  return named
}

/**
 * Infers the types of constants that are initialized by a call of a function in the same file, `const ky = createInstance()`.
 *
 * @returns Signatures with the result type of the function, keyed by the id of the constant.
 */
export function inferredTypes(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
): Map<string, string> {
  const factories = new Map<string, string>()
  const isOurs = ({ file, parent }: Component): boolean =>
    parent === null && IS_TYPESCRIPT.test(files.get(file)?.language ?? '')
  for (const component of components) {
    const { file, name, kind, signature, overloads } = component
    if (kind !== 'function' || overloads !== undefined || !isOurs(component)) continue
    const result = signature.slice(parameterList(signature, name)?.end ?? signature.length)
    // The result type of a generic function depends on the call.
    if (result.startsWith(': ') && signature.startsWith(`${name}(`)) factories.set(`${file}#${name}`, result.slice(2))
  }
  const found = new Map<string, string>()
  let [last, lines]: [string, string[]] = ['', []]
  for (const component of components) {
    const { id, file, name, kind, signature, startLine } = component
    if (kind !== 'constant' || signature !== `const ${name}` || !isOurs(component)) continue
    if (file !== last) [last, lines] = [file, (files.get(file)?.text ?? '').split('\n')]
    const text = lines[startLine - 1]?.slice(0, MAX_CHARACTERS) ?? ''
    const [, maker] = /^(?:export )?const [\w$]{1,100} = ([\w$]{1,100})\(/.exec(text) ?? []
    const type = factories.get(`${file}#${maker}`)
    if (type !== undefined && isWholeCall(text)) found.set(id, `${signature}: ${type}`)
  }
  return found
}

/** Whether nothing follows the call, as in `create().client`. */
const isWholeCall = (text: string): boolean => /^[^()]*\([^()]*\);?\s*$/.test(text)
