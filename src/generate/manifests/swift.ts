/** Reads Package.swift: literal name, products and dependencies. */

import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Package } from '#generate/model.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

const PACKAGE = /\bPackage\s{0,20}\(\s{0,200}name\s{0,5}:\s{0,5}(?=")/
const REQUIRED =
  /\.package\s{0,5}\(\s{0,200}(?:name\s{0,5}:\s{0,5}"~{0,100}"\s{0,5},\s{0,200})?url\s{0,5}:\s{0,5}(?=")/g
const PROGRAM = /\.executable\s{0,5}\(\s{0,200}name\s{0,5}:\s{0,5}(?=")/g
const TEST_TARGET = /\.testTarget\s{0,5}\(/g
const TARGET = /\.(?:executableTarget|macro|plugin|target)\s{0,5}\(/g
const LIBRARY = /\.library\s{0,5}\(/

export function readSwift(path: string, files: RepositoryFiles): Package | undefined {
  const masked = files.code(path, C_LIKE)
  const named = PACKAGE.exec(masked?.code ?? '')
  if (masked === undefined || named === null) return undefined
  const texts = (pattern: RegExp): string[] =>
    [...masked.code.matchAll(pattern)].flatMap((match) => masked.literals.get(match.index + match[0].length) ?? [])
  const required = texts(REQUIRED).map((url) => url.slice(url.lastIndexOf('/') + 1).replace(/\.git$/, ''))
  const [tests, others] = [literalsIn(masked, TEST_TARGET), literalsIn(masked, TARGET)]
  const isForTests = (name: string): boolean => tests.has(name.toLowerCase()) && !others.has(name.toLowerCase())
  return newPackage('swift', path, {
    name: masked.literals.get(named.index + named[0].length),
    isPrivate: !LIBRARY.test(masked.code),
    dependencies: [
      ...dependencies(
        required.filter((one) => !isForTests(one)),
        'runtime',
      ),
      ...dependencies(required.filter(isForTests), 'development'),
    ],
    programs: texts(PROGRAM).map((program) => ({ name: program, runs: program })),
    tools: ['swift'],
  })
}

/** The strings in the calls that a pattern begins, in lower case. */
function literalsIn({ code, literals }: MaskedCode, pattern: RegExp): Set<string> {
  const found = new Set<string>()
  for (const { 0: start, index } of code.matchAll(pattern)) {
    let depth = 1
    let end = index + start.length
    while (end < code.length && depth > 0) {
      const sign = code.charAt(end++)
      if (sign === '(') depth++
      else if (sign === ')') depth--
    }
    for (const [at, text] of literals) if (text !== undefined && at > index && at < end) found.add(text.toLowerCase())
  }
  return found
}
