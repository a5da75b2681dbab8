/** Reads mix.exs of Elixir: the literals of its project and of the list in `deps`. */

import { ELIXIR } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

export function readMix(path: string, files: RepositoryFiles): Package | undefined {
  const masked = files.code(path, ELIXIR)
  const name = /\bapp:\s{0,20}:(\w{1,100})/.exec(masked?.code ?? '')?.[1]
  if (masked === undefined || name === undefined) return undefined
  const text = (pattern: RegExp): string | undefined => {
    const match = pattern.exec(masked.code)
    return match === null ? undefined : masked.literals.get(match.index + match[0].length)
  }
  return newPackage('hex', path, {
    name,
    version: text(/\bversion:\s{0,20}(?=")/) ?? text(/^\s{0,20}@version\s{1,20}(?=")/m),
    description: text(/\bdescription:\s{0,20}(?=")/) ?? text(/^\s{0,20}@description\s{1,20}(?=")/m),
    licence: text(/\blicenses:\s{0,20}\[\s{0,20}(?=")/),
    // Published packages state their licence.
    isPrivate: !/\bpackage:/.test(masked.code) || !/\blicenses:/.test(masked.code),
    dependencies: dependenciesOf(masked),
    tools: ['mix'],
  })
}

/** `{:name, "~> 1.0", only: :test}` */
function dependenciesOf(masked: MaskedCode): Dependency[] {
  const found = /^\s{0,20}defp?\s{1,10}deps\b(?:\(\))?\s{0,10}(?:do|,\s{0,10}do:)\s{0,200}(?=\[)/m.exec(masked.code)
  const list = found === null ? undefined : masked.argumentsAt(found.index + found[0].length)?.list
  return (list ?? []).flatMap((span) => {
    const code = masked.codeOf(span)
    const name = /^\{\s{0,20}:(\w{1,100})/.exec(code)?.[1]
    if (name === undefined) return []
    const only = /\bonly:\s{0,20}\[?\s{0,20}([\w:,\s]{1,200})/.exec(code)?.[1] ?? ''
    const environments: string[] = only.match(/:\w+/g) ?? []
    if (environments.length > 0 && !environments.includes(':prod'))
      return dependencies([name], 'development', environments[0]?.slice(1) ?? null)
    if (/\boptional:\s{0,20}true\b/.test(code)) return dependencies([name], 'optional')
    return dependencies([name], /\bruntime:\s{0,20}false\b/.test(code) ? 'build' : 'runtime')
  })
}
