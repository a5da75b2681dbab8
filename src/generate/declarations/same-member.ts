/**
 * Groups declarations of one component even if each is complete: a C++ member declared in its class and defined outside, a
 * function of C, C++ or C# that each branch of an `#if` defines, and declarations of a Go package for several platforms.
 */

import { push } from '#base/multimap.ts'
import { constraintsOf, fitsDefault } from '#generate/go-platforms.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { parametersOf, typeOf } from '#generate/signature-parameters.ts'

const LANGUAGES = new Set(['c', 'cpp', 'csharp'])
/** Words that only one of two declarations may have, and attributes. */
const EXTRA = /\b(?:static|inline|virtual|explicit|extern|friend|constexpr|noexcept|override|final)\b|\[\[[^[\]]*\]\]/g
/** White space that does not separate words: `const std::string &`. */
const BETWEEN_SIGNS = /\s+(?!\w)|(?<!\w)\s+/g
/** Limit on the declarations of one name that are compared. */
const MAX_SAME = 200

/** Groups with the main declaration first: the definition of a member outside its class, else the first in the file. */
export function functionGroups(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
): Component[][] {
  const byName = new Map<string, Component[]>()
  const types = new Map(components.map((component) => [component.id, component]))
  for (const component of components) {
    const { kind, qualifiedName, file } = component
    if (!(kind === 'method' || kind === 'function') || !LANGUAGES.has(files.get(file)?.language ?? '')) continue
    // A type has one name in the whole program; a function outside a type may be local to its file.
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
  for (const one of inside) push(groups, keyOf(one), one)
  const [only] = groups.values()
  for (const one of outside) {
    const alone = groups.size === 1 && outside.length === 1 ? only : undefined
    // After a `using`, the name of a type may be shortened.
    const named = [...groups].filter(([key]) => withoutNamespaces(key) === withoutNamespaces(keyOf(one)))
    const found = groups.get(keyOf(one)) ?? (named.length === 1 ? named[0]?.[1] : undefined) ?? alone
    found?.push(one)
  }
  // Two types with one name in two files have separate members.
  const isOne = ([first, ...others]: readonly Component[]): boolean =>
    others.every((one) => isOutside(one) || one.file === first?.file)
  return [...groups.values()]
    .filter((group) => group.length > 1 && isOne(group))
    .map((group) => [...group.filter(isOutside), ...group.filter((one) => !isOutside(one))])
}

/** Whether a type is a specialization, which has its own members: `template <class T> struct Parse<T, Hex>`. */
function isSpecialized(type: Component | undefined): boolean {
  return type !== undefined && ['class', 'struct'].some((word) => type.signature.includes(`${word} ${type.name}<`))
}

const withoutNamespaces = (key: string): string => key.replace(/\b\w+::/g, '')

/** Whether a definition is outside its class, so that its signature names the class: `void Pool::grow()`. */
export function isOutside({ name, signature, kind }: Component): boolean {
  return kind === 'method' && signature.includes(`::${name}`)
}

/** A key from the parameter types and the qualifiers of the object: `const`, `&`. */
function keyOf(component: Component): string {
  const { name, signature } = component
  const parameters = parametersOf(signature, name)
  const types = (parameters ?? [signature]).map((one) =>
    typeOf(one, 'cpp').replace(EXTRA, '').replace(BETWEEN_SIGNS, ''),
  )
  const qualifiers =
    /\)\s*((?:const|volatile|&{1,2}|\s){1,4})/.exec(signature.slice(signature.lastIndexOf(')')))?.[1] ?? ''
  // A function outside a class has no overloads that differ only in the result, but may have several templates.
  const before = signature.slice(0, Math.max(0, signature.indexOf(name)))
  const head = component.kind === 'method' ? '' : before
  // In C#, type parameters and the interface that the method implements: `T IBox.Get<T>(int at)`.
  const owner = before.split(/[^\w.]/).at(-1) ?? ''
  const generic = /^<[^<>]{0,200}>/.exec(signature.slice(signature.indexOf(name) + name.length))?.[0] ?? ''
  return [
    owner,
    // A static constructor of C# cannot be called.
    signature === `static ${name}()` ? 'static' : '',
    generic.replace(/[^,]/g, ''),
    generic === '' ? '' : '<',
    head.replace(EXTRA, '').replace(/\s+/g, ''),
    ...types,
    qualifiers.replace(/\s+/g, ''),
    // `T? Null<T>(T? value)` and `… where T : struct` are two methods.
    generic === '' ? '' : (signature.split(/\bwhere\b/, 2)[1]?.replace(/\s+/g, '') ?? ''),
  ].join(',')
}

/** A build tag of files that are never compiled with the package, such as separate programs. */
const IGNORED = /(?:^|[\s(!])ignore(?:$|[\s)])/
const PACKAGE = /^package[ \t]+(\w+)/m
/** Limit on the characters before the package clause of a file; the constraints of a longer head are unknown. */
const MAX_HEAD = 20_000

/**
 * Two files of a package that declare one name are never compiled together. The declaration for Linux comes first, if
 * there is one.
 */
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
    push(byName, key, component)
  }
  const rank = ({ file }: Component): number =>
    Number(!fitsDefault(constraintsOf(file, files.get(file)?.text?.slice(0, MAX_HEAD) ?? '')))
  return [...byName.values()].flatMap((all) => {
    const isOfSeveral = all.length > 1 && new Set(all.map(({ file }) => file)).size === all.length
    return isOfSeveral ? [all.toSorted((a, b) => rank(a) - rank(b))] : []
  })
}
