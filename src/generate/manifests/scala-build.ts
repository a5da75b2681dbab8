/** Reads the organization and names in the files of an sbt or Mill build, and the library's name in the README's instructions. */

import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Package } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

/**
 * `organization := "org.acme"`, `ThisBuild / organization := …`, `organization in ThisBuild := …` of sbt before 1.1,
 * `organization = "org.acme"` among the settings of a POM.
 */
const ORGANIZATION = /\borganization(?:[ \t]{1,20}in[ \t]{1,20}\(?\w{1,40}\)?)?[ \t]{0,20}:?=\s{0,20}(?=")/g
/** `moduleName := "orbit-core"`, `name := "orbit"`. */
const MODULE = /\b(?:moduleName|name)[ \t]{0,20}:=\s{0,20}(?=")/g
/** `"org.acme" %% "orbit" % "1.0"`; two or more `%` add the Scala version. */
const SBT = /"([\w.-]{1,100})"[ \t]{0,10}(%{1,3})[ \t]{0,10}"([\w.-]{1,100})"[ \t]{0,10}%/g
/** `ivy"org.acme::orbit:1.0"`, `mvn"…"`, `//> using dep org.acme::orbit:1.0`. */
const MILL = /(?:\b(?:ivy|mvn)"|\busing (?:dep|lib) "?)([\w.-]{1,100})(:{1,3})([\w.-]{1,100}):/g
/** Further files of the build beside build.sbt, and Scala in its folder `project`. */
const BUILD = /(?:\.sbt|(?:^|\/)project\/[^/]{1,100}\.scala)$/
const README = /^readme\.(?:md|markdown|adoc|asciidoc|rst|txt)$/i
const MAX_README = 100_000

/** Returns `undefined` if no README names a library of the build; the build may be for a program. */
export function readScalaBuild(path: string, files: RepositoryFiles): Package | undefined {
  const folder = folderOf(path)
  const build = [...files.filesIn(folder), ...files.filesIn(folder === '' ? 'project' : `${folder}/project`)]
  const texts = build.flatMap((one) => (one === path || BUILD.test(one) ? (files.code(one, C_LIKE) ?? []) : []))
  const groups = new Set(texts.flatMap((one) => literalsAfter(one, ORGANIZATION)))
  // A plugin may set the organization.
  const modules = new Set(groups.size > 0 ? [] : texts.flatMap((one) => literalsAfter(one, MODULE)))
  for (const file of files.filesIn(folder)) {
    if (!README.test(nameOf(file))) continue
    const coordinates = coordinatesIn(files.text(file).slice(0, MAX_README))
    const name = coordinates.find(([group, , artifact]) => groups.has(group) || modules.has(artifact))
    if (name !== undefined) return newPackage('maven', path, { name: name.join('') })
  }
  return undefined
}

/** The strings after the matches of a pattern. */
const literalsAfter = ({ code, literals }: MaskedCode, pattern: RegExp): string[] =>
  [...code.matchAll(pattern)].flatMap(({ 0: head, index }) => literals.get(index + head.length) ?? [])

/** Group, separator and artifact of each dependency in the text, in order. */
function coordinatesIn(text: string): [string, string, string][] {
  return [...text.matchAll(SBT), ...text.matchAll(MILL)]
    .sort((a, b) => a.index - b.index)
    .map(([, group = '', sign = '', artifact = '']) => [group, sign.length > 1 ? '::' : ':', artifact])
}
