/** Writes the head of a method with the names of its parameters. */

import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isName, NO_PARAMETER, parametersOf, readParameters } from '#generate/signature-parameters.ts'
import { code, type Inline, refLink } from '#markdown/build.ts'

const MAX_CODE = 60

/** `get(key, loader)`, or the name alone if that is too long or the parameters are unknown. */
export function headOf(member: Component): Inline {
  const isStarred = /\.(?:rb|pyi?|php)$/.test(member.file)
  const list = parametersOf(member.signature, member.name)
  const names = member.file.endsWith('.go') ? goNames(member) : namesIn(list ?? [], isStarred)
  const head = `${member.name}(${names.join(', ')})`
  // Without a bracket, it takes nothing.
  const isRead = list !== null || !member.signature.includes('(')
  const isKnown = isRead && names.every((name) => name !== undefined)
  return refLink(refTo.component(member.id), code(isKnown && head.length <= MAX_CODE ? head : member.name))
}

/** @param isStarred - Whether symbols before a name belong to it, as in `*args`, and not to a type, as in `int *size`. */
function namesIn(parameters: readonly string[], isStarred: boolean): (string | undefined)[] {
  return parameters
    .filter((part) => !NO_PARAMETER.test(part) && part !== 'self')
    .map((part) =>
      part
        .split(/[:=]/, 1)[0]
        ?.trim()
        .split(isStarred ? /\s/ : /[\s&*]/)
        .at(-1)
        ?.replace(/\?$/, ''),
    )
    .map((name) =>
      name !== undefined && /^(?:\.\.\.|[&*]{1,2})?\$?[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : undefined,
    )
}

/** Go writes the name before the type; in an interface there may be types alone. `cmds...` takes any number, as in a call. */
const goNames = ({ signature, name }: Component): (string | undefined)[] =>
  (readParameters(signature, name, 'go') ?? []).map((one) =>
    isName(one.name) ? `${one.name}${one.type.startsWith('...') ? '...' : ''}` : undefined,
  )
