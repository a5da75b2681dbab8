/** Reads Package.swift: literal name, products and dependencies. */

import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import type { Package } from '#generate/model.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

const PACKAGE = /\bPackage\s{0,20}\(\s{0,200}name\s{0,5}:\s{0,5}(?=")/
const REQUIRED =
  /\.package\s{0,5}\(\s{0,200}(?:name\s{0,5}:\s{0,5}"~{0,100}"\s{0,5},\s{0,200})?url\s{0,5}:\s{0,5}(?=")/g
const PROGRAM = /\.executable\s{0,5}\(\s{0,200}name\s{0,5}:\s{0,5}(?=")/g
const LIBRARY = /\.library\s{0,5}\(/

export function readSwift(path: string, files: RepositoryFiles): Package | undefined {
  const masked = files.code(path, C_LIKE)
  const named = PACKAGE.exec(masked?.code ?? '')
  if (masked === undefined || named === null) return undefined
  const texts = (pattern: RegExp): string[] =>
    [...masked.code.matchAll(pattern)].flatMap((match) => masked.literals.get(match.index + match[0].length) ?? [])
  return newPackage('swift', path, {
    name: masked.literals.get(named.index + named[0].length),
    isPrivate: !LIBRARY.test(masked.code),
    dependencies: dependencies(
      texts(REQUIRED).map((url) => url.slice(url.lastIndexOf('/') + 1).replace(/\.git$/, '')),
      'runtime',
    ),
    programs: texts(PROGRAM).map((program) => ({ name: program, runs: program })),
    tools: ['swift'],
  })
}
