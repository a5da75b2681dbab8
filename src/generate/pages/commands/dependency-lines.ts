/** Finds the lines of the README, or of the first page of the documents, that require the package in the manifest of a user, for the JVM and Swift. */

import type { SourceFile } from '#generate/model.ts'
import { publicPackages } from '#generate/pages/public-api/own-packages.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { README } from '#generate/paths.ts'

const MAX_CHARS = 200_000
const MAX_LINE = 160
const MAX_LINES = 4
/** Matches a dependency of Gradle, sbt, Mill, Scala CLI or Swift with its version. */
const REQUIRES =
  /^(?:(?:implementation|api|compile)\b[ (]{1,3}["'][\w.-]{1,100}:[\w.-]{1,100}:\d[\w.-]{0,40}["']\)?|(?:libraryDependencies \+= )?"[\w.-]{1,100}" %{1,3} "[\w.-]{1,100}" % "\d[\w.-]{0,40}"|(?:ivy|mvn)"[\w.-]{1,100}:{1,3}[\w.-]{1,100}:\d[\w.-]{0,40}"|\/\/> using dep "?[\w.-]{1,100}:{1,3}[\w.-]{1,100}:\d[\w.-]{0,40}"?|\.package\(url: {1,4}"https:[\w.:/-]{1,120}", (?:(?:from|exact): "\d[\w.-]{0,40}"|\.upToNextM(?:aj|in)or\(from: "\d[\w.-]{0,40}"\))\))/

const PODSPEC = /^[^/]{1,100}\.podspec$/
const MAX_PODSPEC = 10_000
const POD_MAJOR = /\.version\s{0,20}=\s{0,20}["'](\d{1,9})\./
const SWIFT_MAJOR = /^\.package\(.{1,140} "(\d{1,9})\./
/** Matches a dependency of Maven with its indentation. */
const DEPENDENCY =
  /^([ \t]{0,20})<dependency>\s{0,20}<groupId>[\w.-]{1,100}<\/groupId>\s{0,20}<artifactId>([\w.-]{1,100})<\/artifactId>\s{0,20}<version>\d[\w.-]{0,40}<\/version>\s{0,20}(?:<(?:scope|type)>\w{1,20}<\/(?:scope|type)>\s{0,20}){0,2}<\/dependency>/gm

/** @returns `undefined` if there are none. A Maven block is one command with multiple lines. */
export function dependencyLines(writing: Writing): { commands: readonly string[]; document: string } | undefined {
  const documents = writing.inventory.files.filter(({ path }) => README.test(path) || INDEX.test(path))
  for (const document of documents.sort((a, b) => Number(INDEX.test(a.path)) - Number(INDEX.test(b.path)))) {
    const commands = linesIn(writing, document)
    if (commands.length > 0) return { commands, document: document.path }
  }
  return undefined
}

const INDEX = /^docs?\/(?:index|installation|getting[-_]started|quick[-_]?start)\.md$/i

function linesIn(writing: Writing, document: SourceFile): readonly string[] {
  const names = publicPackages(writing).flatMap(({ ecosystem, name }) =>
    name !== null && (ecosystem === 'maven' || ecosystem === 'swift') ? [name.split(':').at(-1) ?? name] : [],
  )
  if (names.length === 0) return []
  const text = (document.text ?? '').slice(0, MAX_CHARS)
  const pod = writing.inventory.files.find(({ path }) => PODSPEC.test(path))
  const current = POD_MAJOR.exec(pod?.text?.slice(0, MAX_PODSPEC) ?? '')?.[1]
  const found = text.split('\n').flatMap((line) => {
    const [required] = line.includes('-SNAPSHOT') ? [] : (REQUIRES.exec(line.slice(0, MAX_LINE).trim()) ?? [])
    const [, major] = SWIFT_MAJOR.exec(required ?? '') ?? []
    // The README is older than the package.
    if (current !== undefined && major !== undefined && major !== current) return []
    const parts = required?.replace(/\.git"/, '"').split(/["':/]/) ?? []
    return required !== undefined && names.some((name) => parts.includes(name)) ? [required] : []
  })
  // The first block is for the current version.
  const [block, indent = ''] = [...text.matchAll(DEPENDENCY)].find(([, , name = '']) => names.includes(name)) ?? []
  if (found.length === 0 && block !== undefined)
    return [
      block
        .split('\n')
        .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line).trimEnd())
        .join('\n'),
    ]
  // The same line may be written with and without quotes.
  const distinct = new Map<string, string>()
  for (const line of found) {
    const key = line.replace(/^libraryDependencies \+= /, '').replace(/["'() ]/g, '')
    if (!distinct.has(key)) distinct.set(key, line)
  }
  return [...distinct.values()].slice(0, MAX_LINES)
}
