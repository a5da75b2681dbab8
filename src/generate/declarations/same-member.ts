/**
 * Which declarations are one although each is whole: a member that is declared in its class of C++ and defined outside of it, a
 * function of C, C++ or C# that each branch of an `#if` defines, and what a package of Go declares once for each platform.
 */

import { constraintsOf, fitsDefault } from '#generate/go-platforms.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { parametersOf, typeOf } from '#generate/signature-parameters.ts'

const LANGUAGES = new Set(['c', 'cpp', 'csharp'])
/** Words that only one of two declarations may have, and attributes. */
const EXTRA = /\b(?:static|inline|virtual|explicit|extern|friend|constexpr|noexcept|override|final)\b|\[\[[^[\]]*\]\]/g
/** Of one name that are compared. */
const MAX_SAME = 200

/** The one that stands for all first: what defines a member outside of its class, of other functions the first of the file. */
export function functionGroups(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
): Component[][] {
  const byName = new Map<string, Component[]>()
  const types = new Map(components.map((component) => [component.id, component]))
  for (const component of components) {
    const { kind, qualifiedName, file } = component
    if (!(kind === 'method' || kind === 'function') || !LANGUAGES.has(files.get(file)?.language ?? '')) continue
    // A type has one name in the whole program, a function without one may be the file's own.
    const isOfC =
      kind === 'method' && files.get(file)?.language !== 'csharp' && !isSpecialized(types.get(component.parent ?? ''))
    const key = isOfC ? qualifiedName : `${component.parent ?? file} ${qualifiedName}`
    const known = byName.get(key)
    if (known === undefined) byName.set(key, [component])
    else if (known.length < MAX_SAME) known.push(component)
  }
  return [...byName.values()].flatMap((all) => (all.length < 2 ? [] : groupsOf(all)))
}

function groupsOf(all: readonly Component[]): Component[][] {
  const groups = new Map<string, Component[]>()
  const outside = all.filter(isOutside)
  const inside = all.filter((one) => !isOutside(one))
  for (const one of inside) {
    const key = keyOf(one)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const [only] = groups.values()
  for (const one of outside) {
    const alone = groups.size === 1 && outside.length === 1 ? only : undefined
    // Behind a `using`, a type may be named in short.
    const named = [...groups].filter(([key]) => withoutNamespaces(key) === withoutNamespaces(keyOf(one)))
    const found = groups.get(keyOf(one)) ?? (named.length === 1 ? named[0]?.[1] : undefined) ?? alone
    found?.push(one)
  }
  // Two types of one name in two files have members of their own.
  const isOne = ([first, ...others]: readonly Component[]): boolean =>
    others.every((one) => isOutside(one) || one.file === first?.file)
  return [...groups.values()]
    .filter((group) => group.length > 1 && isOne(group))
    .map((group) => [...group.filter(isOutside), ...group.filter((one) => !isOutside(one))])
}

/** `template <class T> struct Parse<T, Hex>` has members of its own. */
function isSpecialized(type: Component | undefined): boolean {
  return type !== undefined && ['class', 'struct'].some((word) => type.signature.includes(`${word} ${type.name}<`))
}

const withoutNamespaces = (key: string): string => key.replace(/\b\w+::/g, '')

/** Its signature names the class: `void Pool::grow()`. */
export function isOutside({ name, signature, kind }: Component): boolean {
  return kind === 'method' && signature.includes(`::${name}`)
}

/** What it takes, by the types, and whether it changes its object: `const`, `&`. */
function keyOf(component: Component): string {
  const { name, signature } = component
  const parameters = parametersOf(signature, name)
  const types = (parameters ?? [signature]).map((one) => typeOf(one, 'cpp').replace(EXTRA, '').replace(/\s+/g, ''))
  const behind = /\)\s*((?:const|volatile|&{1,2}|\s){1,4})/.exec(signature.slice(signature.lastIndexOf(')')))?.[1] ?? ''
  // A function without a class has no overloads that differ in what they give, but may have several templates.
  const head = component.kind === 'method' ? '' : signature.slice(0, Math.max(0, signature.indexOf(name)))
  // In C#, types that a method takes and the interface that it is of: `T IBox.Get<T>(int at)`.
  const before = signature.slice(0, Math.max(0, signature.indexOf(name))).split(/[^\w.]/)
  const around = before.at(-1) ?? ''
  const generic = /^<[^<>]{0,200}>/.exec(signature.slice(signature.indexOf(name) + name.length))?.[0] ?? ''
  return [
    around,
    generic.replace(/[^,]/g, ''),
    generic === '' ? '' : '<',
    head.replace(EXTRA, '').replace(/\s+/g, ''),
    ...types,
    behind.replace(/\s+/g, ''),
  ].join(',')
}

/** Never compiled: a program of its own beside the package. */
const IGNORED = /(?:^|[\s(!])ignore(?:$|[\s)])/
const PACKAGE = /^package[ \t]+(\w+)/m
/** Lines of a file before its package clause; of a longer head nothing is known. */
const MAX_HEAD = 20_000

/** Two files of a package that declare one name are never compiled together. That for Linux comes first, if there is one. */
export function platformGroups(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
): Component[][] {
  const packages = new Map<string, string | undefined>()
  const packageOf = (path: string): string | undefined => {
    if (!packages.has(path)) {
      const head = files.get(path)?.text?.slice(0, MAX_HEAD) ?? ''
      const isIgnored = IGNORED.test(constraintsOf(path, head).expression)
      packages.set(path, isIgnored ? undefined : PACKAGE.exec(head)?.[1])
    }
    return packages.get(path)
  }
  const byName = new Map<string, Component[]>()
  for (const component of components) {
    const { file, kind, name, qualifiedName } = component
    if (files.get(file)?.language !== 'go' || name === 'init' || name === '_') continue
    const of = packageOf(file)
    if (of === undefined || (of === 'main' && name === 'main')) continue
    const key = `${folderOf(file)} ${of} ${kind} ${qualifiedName}`
    const known = byName.get(key)
    if (known === undefined) byName.set(key, [component])
    else known.push(component)
  }
  const rank = ({ file }: Component): number =>
    Number(!fitsDefault(constraintsOf(file, files.get(file)?.text?.slice(0, MAX_HEAD) ?? '')))
  return [...byName.values()].flatMap((all) => {
    const isOfSeveral = all.length > 1 && new Set(all.map(({ file }) => file)).size === all.length
    return isOfSeveral ? [all.toSorted((a, b) => rank(a) - rank(b))] : []
  })
}
