/** The options of a parameter whose type is a type parameter: the fields of that type parameter's constraint. */

import type { Component } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'

const MAX_NAMES = 12
/** Maximum number of types followed through intersections and base types. */
const MAX_TYPES = 8
const OF_TYPE = /^\??(?:(?:Partial|Readonly|Required)<\s?)*([\p{L}_$][\p{L}\p{N}_$]*)>*$/u

/** `` `AddOptions`: priority, signal ``, as Markdown; '' if there is no such constraint, or it has no fields or more than 12. */
export function constraintOptions(writing: Writing, callable: Component, type: string): string {
  const [, name = ''] = OF_TYPE.exec(type) ?? []
  if (name === '') return ''
  const owner = writing.repo.components.get(callable.parent ?? '')
  const [, wanted = ''] =
    [callable, ...(owner === undefined ? [] : [owner])]
      .map(({ signature }) => constraintOf(signature, name))
      .find((found) => found !== null) ?? []
  const id = wanted === '' ? null : writing.mentions.resolve(wanted, callable.file, callable.id, false)
  const target = id === null ? undefined : writing.repo.components.get(id)
  const names = target === undefined ? [] : optionNames(writing, target)
  if (target === undefined || names.length === 0 || names.length > MAX_NAMES || !names.every(isPlainName)) return ''
  return `\`${target.name}\`: ${names.join(', ')}`
}

/** Whether a name needs no escape in Markdown; a field may have any string as its name. */
const isPlainName = (name: string): boolean => /^[\p{L}\p{N}$-]+(?:_[\p{L}\p{N}$-]+)*$/u.test(name)

/** `T extends AddOptions = AddOptions` in a list of type parameters; not the base of a class: `class T extends Base`. */
function constraintOf(signature: string, name: string): RegExpExecArray | null {
  for (let at = signature.indexOf(`${name} extends `); at >= 0; at = signature.indexOf(`${name} extends `, at + 1))
    if (/[<,]\s{0,9}(?:(?:const|in|out)\s){0,3}$/.test(signature.slice(Math.max(0, at - 40), at)))
      return /^([\p{L}_$][\p{L}\p{N}_$]*)(?=\s*[,>=<])/u.exec(
        signature.slice(at + name.length + ' extends '.length).slice(0, 200),
      )
  return null
}

/** Fields of a type, its bases and the parts of an intersection: `{ … } & TaskOptions`. */
function optionNames({ repo, mentions }: Writing, type: Component): string[] {
  const all = new Set([type])
  const names = new Set<string>()
  // New types are added while iterating.
  for (const one of all) {
    for (const { name, kind } of repo.members.get(one.id) ?? []) if (kind === 'field') names.add(name)
    const ids = [
      ...(repo.bases.get(one.id) ?? []),
      ...intersected(one.signature).map((name) => mentions.resolve(name, one.file, one.id, false)),
    ]
    for (const id of ids) {
      const found = id === null ? undefined : repo.components.get(id)
      if (found !== undefined && all.size < MAX_TYPES) all.add(found)
    }
  }
  return [...names]
}

/** The names of types that a signature intersects outside brackets; generic ones are left out. */
export function intersected(signature: string): string[] {
  const operands: string[] = []
  let depth = 0
  let from = 0
  for (const { 0: token, index } of signature.matchAll(/=>|[([{<>}\])&=]/g)) {
    if ('([{<'.includes(token)) depth++
    else if (')]}>'.includes(token)) depth--
    else if (depth === 0 && token !== '=>') {
      if (token === '&') operands.push(signature.slice(from, index))
      from = index + 1
    }
  }
  if (operands.length > 0) operands.push(signature.slice(from))
  return operands
    .map((one) => one.replace(/;$/, '').trim())
    .filter((one) => /^[\p{L}_$][\p{L}\p{N}_$]{0,200}$/u.test(one))
}
