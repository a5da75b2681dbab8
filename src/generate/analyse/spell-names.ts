/** Writes qualified names in the notation of their language: `Rack::Attack#call`, `cxxopts::Options`, `Flow.test`. */

import type { Component } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { receiverOf } from '#generate/signature-parameters.ts'

const CALLED = new Set<Component['kind']>(['function', 'method', 'field'])
/** The signature of a Ruby method that is called on the class itself. */
const OF_CLASS = /^(?:class << self; |def (?:self|[A-Z]\w*)\.)/
/** Limit on the recursion over parents. Titles of deeper components follow from the qualified name alone. */
const MAX_DEPTH = 50

/** @param languageOf - The language of a file. */
export function spellNames(components: readonly Component[], languageOf: (file: string) => string | null): Component[] {
  const nested = components.filter(({ file, parent, label, qualifiedName }) => {
    const language = languageOf(file)
    return (
      language !== null &&
      language in SEPARATORS &&
      (parent !== null || label !== undefined || qualifiedName.includes('.'))
    )
  })
  const byId = new Map(nested.map((one) => [one.id, one]))
  const titles = new Map<string, string>()
  const titleOf = (one: Component, depth: number): string => {
    const known = titles.get(one.id)
    if (known !== undefined) return known
    const parent = one.parent === null || depth > MAX_DEPTH ? undefined : byId.get(one.parent)
    const around = parent === undefined ? undefined : titleOf(parent, depth + 1)
    const title = spelled(one, languageOf(one.file) ?? '', around)
    titles.set(one.id, title)
    return title
  }
  const shared = sharedTypes(components, languageOf)
  return components.map((one) => {
    const home = one.file.endsWith('.go') ? packageOf(one, shared) : ''
    if (home !== '') return { ...one, title: `${home}.${one.label ?? one.qualifiedName}` }
    const extension = languageOf(one.file) === 'kotlin' ? extensionName(one) : undefined
    if (extension !== undefined) return { ...one, title: extension }
    const quoted = quotedName(one)
    if (quoted !== undefined) return { ...one, title: quoted }
    if (!byId.has(one.id)) return one
    const title = titleOf(one, 0)
    return title === (one.label ?? one.qualifiedName) ? one : { ...one, title }
  })
}

/** Names of Go types that several packages declare, such as `Options` in a repository of commands. */
function sharedTypes(
  components: readonly Component[],
  languageOf: (file: string) => string | null,
): ReadonlySet<string> {
  const folders = new Map<string, string>()
  const shared = new Set<string>()
  for (const { kind, parent, name, file } of components) {
    if (parent !== null || !PACKAGED.has(kind) || file.endsWith('_test.go') || languageOf(file) !== 'go') continue
    const folder = folderOf(file)
    if ((folders.get(name) ?? folder) !== folder) shared.add(name)
    folders.set(name, folder)
  }
  return shared
}

const PACKAGED = new Set<Component['kind']>(['interface', 'struct', 'type'])

/** The package name to put before a type with a shared name or a member of it; '' for other components. */
function packageOf({ file, qualifiedName }: Component, shared: ReadonlySet<string>): string {
  const [type = ''] = qualifiedName.split('.', 1)
  if (!shared.has(type)) return ''
  const folder = nameOf(folderOf(file))
  // The folder of a major version does not give the package its name.
  return /^v\d{1,3}$/.test(folder) ? nameOf(folderOf(folderOf(file))) : folder
}

/**
 * The receiver and name of an extension: `Flow.test` for `fun <T> Flow<T>.test()` outside a type. The label of an
 * overload contains the receiver already.
 */
function extensionName({ kind, name, parent, label, qualifiedName, signature }: Component): string | undefined {
  if (kind !== 'function' || parent !== null || label !== undefined || qualifiedName !== name) return undefined
  const receiver = receiverOf(signature, name)?.split(/[<?]/, 1)[0]
  // A type parameter as the receiver: `fun <V> V.orElse()`.
  if (receiver === undefined || /^\p{Lu}\d?$/u.test(receiver)) return undefined
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(receiver) ? `${receiver}.${name}` : undefined
}

/** A name that is a sentence, as tests of Kotlin have: `PlanTest.burns no fuel` for ``fun `burns no fuel`()``. */
function quotedName({ name, label, qualifiedName, signature }: Component): string | undefined {
  const [, written] = /(?:^|\s)`([^`]{1,300})`/.exec(signature) ?? []
  if (written?.includes(' ') !== true || label !== undefined || written.replace(/\s+/g, '') !== name) return undefined
  return qualifiedName.slice(0, -name.length) + written
}

/** Separators between nested names, keyed by language. */
const SEPARATORS: Readonly<Record<string, string>> = { cpp: '::', php: '\\', ruby: '::', rust: '::' }

/** @param around - The title of the parent. */
function spelled(component: Component, language: string, around: string | undefined): string {
  const { qualifiedName, label, name, kind, signature } = component
  const between = SEPARATORS[language] ?? '.'
  const rest = label?.startsWith(qualifiedName) === true ? label.slice(qualifiedName.length) : ''
  if (qualifiedName !== name && !qualifiedName.endsWith(`.${name}`)) return label ?? qualifiedName
  const outer = qualifiedName.slice(0, -name.length - 1).replaceAll('.', between)
  const owner = around?.startsWith(outer) === true ? around : outer
  if (owner === '') return `${name}${rest}`
  if (language === 'php') return `${owner}::${name}${rest}`
  const isCalled = language === 'ruby' && CALLED.has(kind) && !name.startsWith('@@')
  return `${owner}${isCalled ? (OF_CLASS.test(signature) ? '.' : '#') : between}${name}${rest}`
}
