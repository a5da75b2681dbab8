/** Labels functions of the same name with their parameter types. Other components need no label. */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { parameterList, parametersOf, receiverOf, typeOf } from '#generate/signature-parameters.ts'

/** Kinds of types, which in C# may share a name and differ in the number of type parameters. */
const TYPES = new Set<Component['kind']>(['class', 'interface', 'struct', 'type'])
const FUNCTIONS = new Set<Component['kind']>(['function', 'method', 'macro'])
/**
 * Languages in which members of one type may be declared in several files; in C# also types that share a name,
 * `Result` and `Result<T>`.
 */
const SCATTERED = new Set(['cpp', 'csharp'])
const RECEIVER = /^(?:cls|(?:&(?:'\w+ )?)?(?:mut )?self)$/
/** Limit on the characters of a label; a longer one is truncated after the types that distinguish it from the others. */
const MAX_LENGTH = 50
/** The minimum number of types shared by all long labels for these to be elided. */
const MIN_SHARED = 3
/** Limit on a shortened label; a longer one loses its type arguments. */
const MAX_CUT = 100

interface Overload {
  readonly name: string
  readonly types: readonly string[]
}

/**
 * Labels each function that shares its qualified name with another in its file or type, and C# types that share
 * theirs with a type in any file.
 *
 * @param languageOf - The language of a file.
 */
export function labelOverloads(
  components: readonly Component[],
  languageOf: (file: string) => string | null,
): Component[] {
  const groups = new Map<string, Component[]>()
  for (const component of components) {
    const { file, qualifiedName, kind } = component
    const language = languageOf(file) ?? ''
    const isScattered =
      (SCATTERED.has(language) && qualifiedName.includes('.')) || (language === 'csharp' && TYPES.has(kind))
    push(groups, `${isScattered ? language : file}\0${qualifiedName}`, component)
  }
  const labels = new Map<Component, string>()
  for (const group of groups.values()) {
    if (group.length < 2) continue
    const long = new Map<Component, Overload>()
    const plain = new Map<Component, string>()
    for (const one of group) {
      const language = languageOf(one.file) ?? ''
      const types = FUNCTIONS.has(one.kind) ? typesOf(one, language) : null
      if (language === 'csharp' && TYPES.has(one.kind)) plain.set(one, withTypeParameters(one))
      const special = language === 'cpp' && TYPES.has(one.kind) ? specializationOf(one) : ''
      if (special !== '') plain.set(one, `${one.qualifiedName}${special}`)
      if (types !== null) long.set(one, { name: nameOf(one, language), types })
    }
    addTypeParameters(long, languageOf)
    for (const [one, label] of shortened(long)) plain.set(one, label)
    // Identical labels would be useless.
    if (new Set(plain.values()).size < 2 && plain.size === group.length) continue
    for (const [one, label] of plain) labels.set(one, label)
  }
  return components.map((one) => {
    const label = labels.get(one)
    return label === undefined ? one : { ...one, label }
  })
}

/** Adds type parameters to C# methods with the same parameter types: `Get<T>(string)` beside `Get(string)`. */
function addTypeParameters(labels: Map<Component, Overload>, languageOf: (file: string) => string | null): void {
  const counts = new Map<string, number>()
  for (const label of labels.values()) counts.set(whole(label), (counts.get(whole(label)) ?? 0) + 1)
  for (const [one, label] of labels) {
    if (counts.get(whole(label)) === 1 || languageOf(one.file) !== 'csharp') continue
    const { name, signature } = one
    const head = signature.slice(0, parameterList(signature, name)?.open).trimEnd()
    const own = head.endsWith('>') ? head.slice(head.lastIndexOf(`${name}<`) + name.length) : ''
    labels.set(one, { ...label, name: label.name + own })
  }
}

/** A name that includes the extended type, if the qualified name lacks it, possibly with type arguments. */
function nameOf({ qualifiedName, name, signature }: Component, language: string): string {
  const receiver = language === 'kotlin' ? receiverOf(signature, name) : null
  const plain = receiver?.replace(/<.*|\?$/s, '') ?? ''
  if (receiver === null || `.${qualifiedName}`.endsWith(`.${plain}.${name}`)) return qualifiedName
  return `${qualifiedName.slice(0, -name.length)}${receiver}.${name}`
}

/** `Handler<in TRequest, TResponse>` as `Handler<TRequest, TResponse>`. */
function withTypeParameters({ qualifiedName, name, signature }: Component): string {
  const at = declaredAt(signature, name)
  const open = at + name.length
  const end = at >= 0 && signature[open] === '<' ? signature.indexOf('>', open) : -1
  if (end < 0) return qualifiedName
  const names = signature.slice(open + 1, end).split(',')
  return `${qualifiedName}<${names.map((one) => one.trim().split(/\s+/).at(-1)).join(', ')}>`
}

const TYPE_KEYWORD = /\b(?:class|struct|interface|record)\s{1,3}$/

/** The index of the name of a declared type. In `class Result : Result<int>`, the second one is the base; delegates have none. */
function declaredAt(signature: string, name: string): number {
  for (let at = signature.indexOf(name); at >= 0; at = signature.indexOf(name, at + 1)) {
    const isWhole = !/\w/.test(signature.charAt(at + name.length))
    if (isWhole && TYPE_KEYWORD.test(signature.slice(Math.max(0, at - 13), at))) return at
  }
  return signature.indexOf(`${name}<`)
}

/** `<bool>` of `template <> struct V<bool>`; '' for a primary template. */
function specializationOf({ name, signature }: Component): string {
  const isDeclared = (head: string): boolean => {
    const at = Math.max(...['class ', 'struct ', 'union '].map((word) => head.lastIndexOf(word)))
    return at >= 0 && /^[\w:\s[\]()]*$/.test(head.slice(at))
  }
  let open = signature.indexOf(`${name}<`)
  while (open >= 0 && !isDeclared(signature.slice(0, open))) open = signature.indexOf(`${name}<`, open + 1)
  if (open >= 0) open += name.length
  let depth = 0
  for (let end = open; end >= 0 && end < signature.length; end++) {
    if (signature[end] === '<') depth++
    else if (signature[end] === '>' && --depth === 0) return signature.slice(open, end + 1)
  }
  return ''
}

function typesOf({ signature, name }: Component, language: string): string[] | null {
  const parameters = parametersOf(signature, name)?.filter((parameter) => !RECEIVER.test(parameter))
  return parameters?.map((parameter) => argumentLabel(parameter, language) + typeOf(parameter, language)) ?? null
}

/** `named: ` of Swift, where callers write it. */
function argumentLabel(parameter: string, language: string): string {
  const [, label = '_'] = (language === 'swift' && /^(\w{1,80})(?: \w{1,80})?:/.exec(parameter)) || []
  return label === '_' ? '' : `${label}: `
}

const whole = ({ name, types }: Overload): string => `${name}(${types.join(', ')})`

/** Labels shortened as far as they stay distinct: `f(int, …)` beside `f(long, …)`. */
function shortened(overloads: ReadonlyMap<Component, Overload>): Map<Component, string> {
  const all = [...overloads.values()]
  const different = new Set(all.map(whole)).size
  const most = all.reduce((found, { types }) => Math.max(found, types.length), 0)
  let kept = 1
  while (kept < most && new Set(all.map((one) => cut(one, kept))).size < different) kept++
  const long = all.filter((one) => cut(one, kept).length > MAX_LENGTH)
  const shared = sharedTypes(long)
  return new Map([...overloads].map(([one, overload]) => [one, cut(overload, kept, shared)]))
}

/** The number of leading types that all these overloads share; the last type of an overload never counts. */
function sharedTypes([first, ...others]: readonly Overload[]): number {
  if (first === undefined) return 0
  let shared = first.types.length - 1
  for (const { types } of others) {
    shared = Math.min(shared, types.length - 1)
    const at = types.findIndex((type, index) => type !== first.types[index])
    if (at >= 0) shared = Math.min(shared, at)
  }
  return shared
}

/**
 * @param kept - The number of types to keep in a long label.
 * @param shared - The number of leading types that all long labels share; only the first of them is kept.
 */
function cut(overload: Overload, kept: number, shared = 0): string {
  const { name, types } = overload
  const label = whole(overload)
  if (label.length <= MAX_LENGTH) return label
  const rest = types.length <= kept ? [] : ['…']
  const short = `${name}(${[...types.slice(0, kept), ...rest].join(', ')})`
  if (short.length <= MAX_LENGTH) return short
  const shown = shared < MIN_SHARED ? types.slice(0, kept) : [...types.slice(0, 1), '…', ...types.slice(shared, kept)]
  const elided = `${name}(${(shown.at(-1) === '…' ? shown : [...shown, ...rest]).join(', ')})`
  return elided.length <= MAX_CUT ? elided : withoutArguments(elided)
}

function withoutArguments(label: string): string {
  let plain = label
  for (let before = ''; before !== plain; ) {
    before = plain
    plain = plain.replace(/<[^<>]*>/g, '')
  }
  return plain
}
