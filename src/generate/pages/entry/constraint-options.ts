/** The options that a parameter takes whose type is a type parameter: those of the type that it has to extend. */

import type { Component } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'

const MAX_NAMES = 12
/** Types that an intersection may lead to, one below the other. */
const MAX_TYPES = 8
const OF_TYPE = /^\??(?:(?:Partial|Readonly|Required)<\s?)*([\p{L}_$][\p{L}\p{N}_$]*)>*$/u

/** `` `AddOptions`: priority, signal ``, as Markdown; '' for what is of another type. */
export function constraintOptions(writing: Writing, callable: Component, type: string): string {
  const [, name = ''] = OF_TYPE.exec(type) ?? []
  if (name === '') return ''
  const owner = writing.survey.components.get(callable.parent ?? '')
  const [, wanted = ''] =
    [callable, ...(owner === undefined ? [] : [owner])]
      .map(({ signature }) => constraintOf(signature, name))
      .find((found) => found !== null) ?? []
  const id = wanted === '' ? null : writing.mentions.resolve(wanted, callable.file, callable.id, false)
  const target = id === null ? undefined : writing.survey.components.get(id)
  const names = target === undefined ? [] : optionNames(writing, target)
  if (target === undefined || names.length === 0 || names.length > MAX_NAMES) return ''
  return `\`${target.name}\`: ${names.join(', ')}`
}

/** `T extends AddOptions = AddOptions` */
function constraintOf(signature: string, name: string): RegExpExecArray | null {
  for (let at = signature.indexOf(`${name} extends `); at >= 0; at = signature.indexOf(`${name} extends `, at + 1))
    if (/[<,\s]/.test(signature[at - 1] ?? ''))
      return /^([\p{L}_$][\p{L}\p{N}_$]*)(?=\s*[,>=<])/u.exec(
        signature.slice(at + name.length + ' extends '.length).slice(0, 200),
      )
  return null
}

/** Fields of a type and of those that it is made of: `{ … } & TaskOptions`. */
function optionNames({ survey, mentions }: Writing, type: Component): string[] {
  const all = new Set([type])
  const names = new Set<string>()
  for (const one of all) {
    for (const { name, kind } of survey.members.get(one.id) ?? []) if (kind === 'field') names.add(name)
    const more = [...one.signature.matchAll(/&\s*([\p{L}_$][\p{L}\p{N}_$]*)(?![\p{L}\p{N}_$<])/gu)].map(
      ([, name = '']) => name,
    )
    const ids = [
      ...(survey.bases.get(one.id) ?? []),
      ...more.map((name) => mentions.resolve(name, one.file, one.id, false)),
    ]
    for (const id of ids) {
      const found = id === null ? undefined : survey.components.get(id)
      if (found !== undefined && all.size < MAX_TYPES) all.add(found)
    }
  }
  return [...names]
}
