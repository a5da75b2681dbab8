/** Finds the modules that a file's names come from, by `import` and `require` at its top. */

import type { MaskedCode } from '#generate/formats/masked-code.ts'

export interface ImportedName {
  module: string
  /** `default` for a default import, `*` for the module itself. */
  name: string
}

const IMPORT = /^[ \t]*import[ \t]+(?:type[ \t]+)?([\w$*{](?:(?!^[ \t]*import\b)[^;"'()]){0,2000}?)\bfrom[ \t]*(?=")/gm
const REQUIRE =
  /^[ \t]*(?:export[ \t]+)?(?:const|let|var)[ \t]+([\w$]+|\{[^{}]{0,2000}\})[ \t]*=[ \t]*require[ \t]*\([ \t]*("~*")[ \t]*\)(\.[\w$]+)?/gm

export function importedNames({ code, literals }: MaskedCode): Map<string, ImportedName> {
  const found = new Map<string, ImportedName>()
  for (const match of code.matchAll(IMPORT)) {
    const module = literals.get(match.index + match[0].length)
    const clause = match[1] ?? ''
    if (module === undefined) continue
    const star = /\*[ \t]+as[ \t]+([\w$]+)/.exec(clause)?.[1]
    if (star !== undefined) found.set(star, { module, name: '*' })
    const own = /^([\w$]+)/.exec(clause)?.[1]
    if (own !== undefined) found.set(own, { module, name: 'default' })
    const braces = /\{([^{}]*)\}/.exec(clause)?.[1]
    for (const [local, name] of namesIn(braces ?? '', /[ \t\n]as[ \t\n]/)) found.set(local, { module, name })
  }
  for (const match of code.matchAll(REQUIRE)) {
    const [all, target = '', literal = '', member = ''] = match
    const module = literals.get(match.index + all.lastIndexOf(literal))
    if (module === undefined) continue
    if (target.startsWith('{')) {
      for (const [local, name] of namesIn(target.slice(1, -1), /:/)) found.set(local, { module, name })
    } else found.set(target, { module, name: member === '' ? '*' : member.slice(1) })
  }
  return found
}

/** Pairs of local name and name in the module. */
function namesIn(list: string, between: RegExp): [string, string][] {
  return list.split(',').flatMap((part): [string, string][] => {
    const [name = '', local = name] = part
      .replace(/^\s*type\s+/, '')
      .split(between)
      .map((one) => one.trim())
    return /^[\w$]+$/.test(name) && /^[\w$]+$/.test(local) ? [[local, name]] : []
  })
}
