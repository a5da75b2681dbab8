/**
 * JNI: a `native` method of Java or an `external` function of Kotlin is bound to a C function named after its class and
 * itself, as in "Resolving Native Method Names" of the JNI specification.
 */

import { push } from '#base/multimap.ts'
import type { Component, Edge, SourceFile } from '#generate/model.ts'

const PACKAGE = /^[ \t]*package[ \t]+([\w.]+)/m
const DEFINED = /\.(?:c|cc|cpp|cxx|m|mm)$/

/** @returns Edges from methods to the functions that implement them. */
export function jniBridges(files: readonly SourceFile[], components: readonly Component[]): Edge[] {
  const functions = new Map<string, Component[]>()
  /** Functions with parameter types in their names, keyed by the part before the types. */
  const typed = new Map<string, Component[]>()
  for (const component of components) {
    if (!component.name.startsWith('Java_') || !DEFINED.test(component.file)) continue
    const overload = component.name.indexOf('__')
    const [map, key] = overload < 0 ? [functions, component.name] : [typed, component.name.slice(0, overload)]
    push(map, key, component)
  }
  if (functions.size === 0 && typed.size === 0) return []
  const languages = new Map(files.map((file) => [file.path, file]))
  const packages = new Map<string, string>()
  const packageOf = (path: string): string => {
    const known = packages.get(path) ?? PACKAGE.exec((languages.get(path)?.text ?? '').slice(0, 20_000))?.[1] ?? ''
    packages.set(path, known)
    return known
  }
  const edges: Edge[] = []
  const natives = components.filter(({ kind, signature, file }) => {
    if (kind !== 'method' && kind !== 'function') return false
    const language = languages.get(file)?.language
    return (
      (language === 'java' && /\bnative\b/.test(signature)) || (language === 'kotlin' && /\bexternal\b/.test(signature))
    )
  })
  const short = (native: Component): string => nativeName(packageOf(native.file), native.qualifiedName)
  const overloads = new Map<string, number>()
  for (const native of natives) overloads.set(short(native), (overloads.get(short(native)) ?? 0) + 1)
  for (const native of natives) {
    const name = short(native)
    const found =
      functions.get(name) ??
      (typed.get(name) ?? []).filter(
        (one) => overloads.get(name) === 1 || takes(one.name.slice(name.length + 2), native),
      )
    const [only] = found
    if (only === undefined || found.length !== 1 || (overloads.get(name) !== 1 && functions.has(name))) continue
    edges.push({ from: native.id, to: only.id, kind: 'calls', origin: 'bridge', confidence: 1 })
  }
  return edges
}

/** `Java_package_Class_method`; a nested class is `Outer$Inner`. */
function nativeName(owner: string, qualifiedName: string): string {
  const parts = qualifiedName.split('.')
  const method = parts.pop() ?? ''
  const type = parts.join('$')
  return `Java_${[...owner.split('.'), type, method]
    .filter((part) => part !== '')
    .map(mangle)
    .join('_')}`
}

const PRIMITIVES = new Map(
  Object.entries({ Z: 'boolean', B: 'byte', C: 'char', S: 'short', I: 'int', J: 'long', F: 'float', D: 'double' }),
)

/** No real name is longer, and parsing it would be slow. */
const MAX_MANGLED = 1_000

/** Whether the types after `__` in the name of a C function are those of a method's parameters. */
function takes(mangled: string, { signature }: Component): boolean {
  if (mangled.length > MAX_MANGLED) return false
  const types = [...mangled.replaceAll('_3', '[').matchAll(/(\[*)(?:L((?:(?!_2).)+)_2|([ZBCSIJFD]))/g)].map(
    ([, dimensions = '', name, primitive]) =>
      `${name === undefined ? PRIMITIVES.get(primitive ?? '') : name.slice(name.lastIndexOf('_') + 1)}${'[]'.repeat(dimensions.length)}`,
  )
  const list = /\(([^()]*)\)/.exec(signature)?.[1]?.trim() ?? ''
  const own =
    list === '' ? [] : list.split(',').map((one) => /(?<![\w[\]])([\w[\]]+)\s+\w+$/.exec(one.trim())?.[1] ?? '')
  return types.length === own.length && types.every((type, index) => type === own[index])
}

function mangle(name: string): string {
  return name.replaceAll('_', '_1').replace(/[^\w]/g, (one) => `_0${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
