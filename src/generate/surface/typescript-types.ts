/** Types of TypeScript that declarations leave to the compiler, or that users cannot import, as far as other declarations say them. */

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
    if (isNamed) named.set(from, [...(named.get(from) ?? []), to])
  }
  return named
}

/**
 * Constants without a type that a function of their file makes, `const ky = createInstance()`.
 *
 * @returns Their signatures with the result type of the function, keyed by id.
 */
export function givenTypes(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
): Map<string, string> {
  const makers = new Map<string, string>()
  const isOurs = ({ file, parent }: Component): boolean =>
    parent === null && IS_TYPESCRIPT.test(files.get(file)?.language ?? '')
  for (const component of components) {
    const { file, name, kind, signature, overloads } = component
    if (kind !== 'function' || overloads !== undefined || !isOurs(component)) continue
    const result = signature.slice(parameterList(signature, name)?.end ?? signature.length)
    // What a generic function gives depends on the call.
    if (result.startsWith(': ') && signature.startsWith(`${name}(`)) makers.set(`${file}#${name}`, result.slice(2))
  }
  const found = new Map<string, string>()
  let [last, lines]: [string, string[]] = ['', []]
  for (const component of components) {
    const { id, file, name, kind, signature, startLine } = component
    if (kind !== 'constant' || signature !== `const ${name}` || !isOurs(component)) continue
    if (file !== last) [last, lines] = [file, (files.get(file)?.text ?? '').split('\n')]
    const text = lines[startLine - 1]?.slice(0, MAX_CHARACTERS) ?? ''
    const [, maker] = /^(?:export )?const [\w$]{1,100} = ([\w$]{1,100})\(/.exec(text) ?? []
    const type = makers.get(`${file}#${maker}`)
    if (type !== undefined && isWholeCall(text)) found.set(id, `${signature}: ${type}`)
  }
  return found
}

/** Whether nothing follows the call, as in `create().client`. */
const isWholeCall = (text: string): boolean => /^[^()]*\([^()]*\);?\s*$/.test(text)
