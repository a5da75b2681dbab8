/** Labels functions of the same name with their parameter types. Other components need no label. */

import type { Component } from '#generate/model.ts'
import { parameterList, parametersOf, receiverOf, typeOf } from '#generate/signature-parameters.ts'

/** Kinds of types, which in C# may share a name and differ in the number of type parameters. */
const TYPES = new Set<Component['kind']>(['class', 'interface', 'struct', 'type'])
const FUNCTIONS = new Set<Component['kind']>(['function', 'method', 'macro'])
/** Languages in which members of one type may be declared in several files. */
const SCATTERED = new Set(['cpp', 'csharp'])
const RECEIVER = /^(?:cls|(?:&(?:'\w+ )?)?(?:mut )?self)$/
/** Longer labels lose type arguments, then trailing parameters; the first length that keeps them distinct is used. */
const LENGTHS = [80, 100, 120, 160]

/**
 * Label each function that shares its qualified name with another in its file or type.
 *
 * @param languageOf - The language of a file.
 */
export function labelOverloads(
  components: readonly Component[],
  languageOf: (file: string) => string | null,
): Component[] {
  const groups = new Map<string, Component[]>()
  for (const component of components) {
    const { file, qualifiedName } = component
    const language = languageOf(file) ?? ''
    const isScattered = SCATTERED.has(language) && qualifiedName.includes('.')
    const key = `${isScattered ? language : file}\0${qualifiedName}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [component])
    else group.push(component)
  }
  const labels = new Map<Component, string>()
  for (const group of groups.values()) {
    if (group.length < 2) continue
    const long = new Map<Component, string>()
    for (const one of group) {
      const language = languageOf(one.file) ?? ''
      const types = FUNCTIONS.has(one.kind) ? typesOf(one, language) : null
      if (language === 'csharp' && TYPES.has(one.kind)) long.set(one, withTypeParameters(one))
      const special = language === 'cpp' && TYPES.has(one.kind) ? specialization(one) : ''
      if (special !== '') long.set(one, `${one.qualifiedName}${special}`)
      if (types !== null) long.set(one, `${nameOf(one, language)}(${types.join(', ')})`)
    }
    addTypeParameters(long, languageOf)
    // Identical labels would be useless.
    if (new Set(long.values()).size < 2 && long.size === group.length) continue
    const all = [...long.values()]
    const different = new Set(all).size
    const most = LENGTHS.find((length) => new Set(all.map((label) => shortened(label, length))).size === different)
    for (const [one, label] of long) labels.set(one, most === undefined ? label : shortened(label, most))
  }
  return components.map((one) => {
    const label = labels.get(one)
    return label === undefined ? one : { ...one, label }
  })
}

/** Tells C# methods of the same parameter types apart by their type parameters: `Get<T>(string)` and `Get(string)`. */
function addTypeParameters(labels: Map<Component, string>, languageOf: (file: string) => string | null): void {
  const counts = new Map<string, number>()
  for (const label of labels.values()) counts.set(label, (counts.get(label) ?? 0) + 1)
  for (const [one, label] of labels) {
    if (!FUNCTIONS.has(one.kind) || counts.get(label) === 1 || languageOf(one.file) !== 'csharp') continue
    const { name, qualifiedName, signature } = one
    const head = signature.slice(0, parameterList(signature, name)?.open).trimEnd()
    const own = head.endsWith('>') ? head.slice(head.lastIndexOf(`${name}<`) + name.length) : ''
    labels.set(one, qualifiedName + own + label.slice(qualifiedName.length))
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
  const at = signature.indexOf(`${name}<`)
  const end = at < 0 ? -1 : signature.indexOf('>', at)
  if (end < 0) return qualifiedName
  const names = signature.slice(at + name.length + 1, end).split(',')
  return `${qualifiedName}<${names.map((one) => one.trim().split(/\s+/).at(-1)).join(', ')}>`
}

/** `<bool>` of `template <> struct V<bool>`; '' for a primary template. */
function specialization({ name, signature }: Component): string {
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
  return parameters?.map((parameter) => typeOf(parameter, language)) ?? null
}

function shortened(label: string, maxLength: number): string {
  if (label.length <= maxLength) return label
  let plain = label
  for (let before = ''; before !== plain; ) {
    before = plain
    plain = plain.replace(/<[^<>]*>/g, '')
  }
  if (plain.length <= maxLength) return plain
  const end = plain.lastIndexOf(', ', maxLength)
  return end < 0 ? label : `${plain.slice(0, end)}, …)`
}
