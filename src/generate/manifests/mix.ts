/**
 * Reads Elixir's `mix.exs`: literal fields of `project`, and the list of `deps` or that `deps()` returns. Of lists that
 * are concatenated, `[…] ++ other()`, the first is read if it is a literal.
 */

import { ELIXIR } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

export function readMix(path: string, files: RepositoryFiles): Package | undefined {
  const masked = files.code(path, ELIXIR)
  const name = /\bapp:\s{0,20}:(\w{1,100})/.exec(masked?.code ?? '')?.[1]
  if (masked === undefined || name === undefined) return undefined
  return newPackage('hex', path, {
    name,
    version: valueAfter(masked, /\bversion:/),
    description: valueAfter(masked, /\bdescription:/)
      ?.trim()
      .replace(/\s+/g, ' '),
    licence: valueAfter(masked, /\blicenses:\s{0,20}\[/),
    // Published packages state their licence.
    isPrivate: !/\bpackage:/.test(masked.code) || !/\blicenses:/.test(masked.code),
    dependencies: dependenciesOf(masked),
    tools: ['mix'],
  })
}

/** `@version "1.0.0"` */
const ATTRIBUTES = /^[ \t]{0,20}@(\w{1,100})[ \t]/gm
/** `def deps do`, `defp description(), do:` */
const FUNCTIONS = /^[ \t]{0,20}defp?[ \t]{1,10}(\w{1,100})\b(?:\(\))?[ \t]{0,10}(?:do\b|,\s{0,10}do:)/gm

/** The literal after the first match; also that of a module attribute, `@version`, or a function, `version()`. */
function valueAfter(masked: MaskedCode, pattern: RegExp): string | undefined {
  const from = endOf(masked, pattern.exec(masked.code))
  if (from === undefined) return undefined
  const [, attribute, called] = /^(?:@(\w{1,100})|(\w{1,100})\(\))/.exec(masked.code.slice(from, from + 110)) ?? []
  const name = attribute ?? called
  if (name === undefined) return masked.literals.get(from)
  const at = definitionOf(masked, attribute === undefined ? FUNCTIONS : ATTRIBUTES, name)
  return at === undefined ? undefined : masked.literals.get(at)
}

/** The position of the value of an attribute or a function. */
function definitionOf(masked: MaskedCode, pattern: RegExp, name: string): number | undefined {
  for (const match of masked.code.matchAll(pattern)) if (match[1] === name) return endOf(masked, match)
  return undefined
}

/** The position of the first code after a match, which comments may precede. */
function endOf(masked: MaskedCode, match: RegExpExecArray | null): number | undefined {
  return match === null ? undefined : masked.skipBlanks(match.index + match[0].length)
}

/** `{:name, "~> 1.0", only: :test}` */
function dependenciesOf(masked: MaskedCode): Dependency[] {
  const starts = [definitionOf(masked, FUNCTIONS, 'deps'), endOf(masked, /\bdeps:/.exec(masked.code))]
  const open = starts.find((at) => at !== undefined && masked.code[at] === '[')
  const list = open === undefined ? undefined : masked.argumentsAt(open)?.list
  return (list ?? []).flatMap((span) => {
    const code = masked.codeOf(span)
    const literalAt = (match: RegExpExecArray | null): string | undefined =>
      match === null ? undefined : masked.literals.get(span.start + match.index + match[0].length)
    const name =
      /\bhex:\s{0,20}:(\w{1,100})/.exec(code)?.[1] ??
      literalAt(/\bhex:\s{0,20}(?=")/.exec(code)) ??
      /^\{\s{0,20}:(\w{1,100})/.exec(code)?.[1] ??
      literalAt(/^\{\s{0,20}:(?=")/.exec(code))
    if (name === undefined) return []
    const environments = environmentsIn(code)
    if (environments.length > 0 && !environments.includes('prod'))
      return dependencies([name], 'development', environments[0] ?? null)
    if (/\boptional:\s{0,20}true\b/.test(code)) return dependencies([name], 'optional')
    return dependencies([name], /\bruntime:\s{0,20}false\b/.test(code) ? 'build' : 'runtime')
  })
}

/** `only: :test`, `only: [:dev, :test]`, `only: ~w(dev test)a` */
function environmentsIn(code: string): string[] {
  const [, only = ''] = /\bonly:\s{0,20}(:\w{1,100}|\[[^\]]{0,200}\]|~w[([{][\w\s]{0,200})/.exec(code) ?? []
  return only.replace(/^~w/, '').match(/\w+/g) ?? []
}
