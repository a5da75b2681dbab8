/** Reads Conan recipes for C and C++: conanfile.txt, and the literals in conanfile.py. */

import { PYTHON } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { conditionsIn } from './conditions.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

const SECTIONS = new Map<string, Dependency['kind']>([
  ['requires', 'runtime'],
  ['tool_requires', 'build'],
  ['build_requires', 'build'],
  ['test_requires', 'development'],
])
const MAX_LINES = 2_000
/** `self.requires(` before a string. */
const CALL = /\bself\.(requires|tool_requires|build_requires|test_requires)\s{0,5}\(\s{0,20}(?=")/g
/** `    requires = `, an attribute of the recipe's class. */
const ATTRIBUTE =
  /^[ \t]{1,8}(requires|tool_requires|build_requires|test_requires|name|version|license|description)[ \t]{0,5}=(?!=)[ \t]{0,5}/gm

export function readConanText(path: string, files: RepositoryFiles): Package | undefined {
  let kind: Dependency['kind'] | undefined
  const found = files
    .text(path)
    .split('\n', MAX_LINES)
    .flatMap((line): Dependency[] => {
      const section = /^\s{0,10}\[(\w{1,40})\]/.exec(line)?.[1]
      if (section !== undefined) kind = SECTIONS.get(section)
      const name = section === undefined && kind !== undefined ? nameIn(line.trim()) : undefined
      return name === undefined || kind === undefined ? [] : dependencies([name], kind)
    })
  return newPackage('conan', path, { dependencies: found, tools: ['conan'] })
}

export function readConanRecipe(path: string, files: RepositoryFiles): Package | undefined {
  const masked = files.code(path, PYTHON)
  if (masked === undefined || !/\bConanFile\b/.test(masked.code)) return undefined
  const attributes = [...masked.code.matchAll(ATTRIBUTE)].map((match) => ({
    key: match[1] ?? '',
    texts: textsAt(masked, match.index + match[0].length),
  }))
  const text = (key: string): string | undefined => attributes.find((one) => one.key === key)?.texts[0]
  const conditionAt = conditionsIn(files.text(path))
  const listed = attributes.flatMap(({ key, texts }) => texts.map((one) => [key, one, null] as const))
  const called = [...masked.code.matchAll(CALL)].map((match) => {
    const reference = masked.literals.get(match.index + match[0].length) ?? ''
    return [match[1] ?? '', reference, conditionAt(match.index)] as const
  })
  const name = text('name')
  return newPackage('conan', path, {
    name,
    version: text('version'),
    description: text('description'),
    licence: text('license'),
    isPrivate: false,
    dependencies: [...listed, ...called].flatMap(([key, reference, condition]) => {
      const kind = SECTIONS.get(key)
      const required = nameIn(reference)
      return kind === undefined || required === undefined ? [] : dependencies([required], kind, condition)
    }),
    tools: ['conan'],
  })
}

/** `zlib/1.3@user/channel` */
function nameIn(reference: string): string | undefined {
  return /^([\w.+-]{1,100})\//.exec(reference)?.[1]
}

/** The strings of a value: one, a list, or several separated by commas. */
function textsAt(masked: MaskedCode, start: number): string[] {
  const isList = /[[(]/.test(masked.code[start] ?? '')
  const end = isList ? masked.argumentsAt(start)?.end : masked.code.indexOf('\n', start)
  const code = masked.code.slice(start, end === undefined || end < 0 ? masked.code.length : end)
  if (!/^[[(\s]*"/.test(code)) return []
  return [...code.matchAll(/"~*"/g)].flatMap((one) => masked.literals.get(start + one.index) ?? [])
}
