/** Reads build.gradle and build.gradle.kts: names, plugins, and whether a project is published. */

import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import type { Package } from '#generate/model.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { dependenciesOf } from './gradle-dependencies.ts'
import { rootAt, settingsFolder, settingsOf } from './gradle-root.ts'
import { newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** `id("…")`, `apply plugin: '…'`, `apply(plugin = "…")`, or a plugin of Gradle: `plugins { `maven-publish` }` */
const PLUGIN =
  /\b(?:id|apply(?:[ \t]{1,5}plugin:|[ \t]{0,5}\([ \t]{0,5}plugin[ \t]{1,5}=))[ \t(]{1,10}(?=")|(?:^|\bplugins[ \t]{0,5}\{)[ \t]{0,40}(application|`?java-library`?|`maven-publish`|`java-gradle-plugin`)[ \t]{0,40}(?=$|\})/gm
/** A plugin of the version catalogue: `alias(libs.plugins.publish)`. */
const ALIAS = /\balias[ \t]{0,5}\(?[ \t]{0,5}libs\.plugins((?:\.\w{1,60}){1,10})(?![\w.])/g
/** The text after a plugin that is declared for subprojects but not applied: `) version "1.0" apply false`. */
const NOT_APPLIED =
  /^[ \t]{0,5}\)?(?:[ \t]{0,5}\.?version[ \t(]{1,5}(?:"~{0,100}"|[\w.()]{1,100})[ \t]{0,5}\)?)?[ \t]{0,5}\.?apply[ \t(]{1,5}false\b/
/** Limit on the blocks of one file. */
const MAX_BLOCKS = 1_000
/**
 * A publishing plugin. Also matches the build's own convention plugins that apply one, such as `publish-conventions`.
 */
const PUBLISH = /(?:^|[.-])publish(?:ing)?(?:$|[.-])/

/** @returns `undefined` if the file is too long. A package without a publishing plugin and an artifact id of its own is private. */
export function readGradle(path: string, files: RepositoryFiles): Package | undefined {
  const masked = files.code(path, C_LIKE)
  if (masked === undefined) return undefined
  const folder = folderOf(path)
  const root = rootAt(files, settingsFolder(folder, files) ?? folder)
  const settings = settingsOf(masked)
  const isOfOthers = inSubprojects(masked.code)
  const plugins = [...masked.code.matchAll(PLUGIN)].flatMap((match) => {
    if (isOfOthers(match.index)) return []
    const bare = match[1]?.replaceAll('`', '')
    const quote = match.index + match[0].length
    if (bare === undefined && !isApplied(masked.code, masked.code.indexOf('"', quote + 1) + 1)) return []
    return bare ?? masked.literals.get(quote) ?? []
  })
  for (const match of masked.code.matchAll(ALIAS)) {
    const id = root.plugins.get(match[1] ?? '')
    if (id !== undefined && isApplied(masked.code, match.index + match[0].length)) plugins.push(id)
  }
  const properties = inFolder(folder, 'gradle.properties')
  const ofRoot = inFolder(root.folder, 'gradle.properties')
  const published = propertyIn(properties, /^POM_ARTIFACT_ID$/, files)
  const artifact = published ?? (folder === root.folder ? (root.name ?? nameOf(folder)) : nameOf(folder))
  const group = settings.group ?? propertyIn(ofRoot, /^(?:GROUP|group)$/, files) ?? root.group
  return newPackage('maven', path, {
    name: group === undefined || artifact === '' ? undefined : `${group}:${artifact}`,
    version: settings.version ?? propertyIn(ofRoot, /^VERSION_NAME$/, files),
    description: settings.description ?? propertyIn(properties, /^POM_DESCRIPTION$/, files),
    // Properties of the root may be meant for all projects.
    isPrivate: (published === undefined || folder === root.folder) && !plugins.some((plugin) => PUBLISH.test(plugin)),
    dependencies: dependenciesOf(masked, root.libraries),
    tools: plugins,
  })
}

/** Matches the text before the brace of a block that configures other projects. */
const OF_OTHERS = /\b(?:subprojects|project[ \t]{0,5}\([ \t]{0,5}"~{0,100}"[ \t]{0,5}\))[ \t]{0,5}$/

/** Whether a position is in a block for subprojects, or for one of them. */
function inSubprojects(code: string): (position: number) => boolean {
  const ranges: { start: number; end: number }[] = []
  const open: boolean[] = []
  let others = 0
  for (const { 0: brace, index } of code.matchAll(/[{}]/g)) {
    if (brace === '{') {
      const isOfOthers = OF_OTHERS.test(code.slice(Math.max(0, index - 150), index))
      if (isOfOthers && others++ === 0) ranges.push({ start: index, end: code.length })
      open.push(isOfOthers)
    } else if (open.pop() === true && --others === 0) {
      const last = ranges.at(-1)
      if (last !== undefined) last.end = index
    }
  }
  const shown = ranges.slice(0, MAX_BLOCKS)
  return (position) => shown.some(({ start, end }) => start < position && position < end)
}

/** Whether a plugin is applied; `end` is the position after its id. */
function isApplied(code: string, end: number): boolean {
  return !NOT_APPLIED.test(code.slice(end, end + 300))
}

function propertyIn(path: string, key: RegExp, files: RepositoryFiles): string | undefined {
  for (const line of files.text(path).slice(0, 50_000).split('\n')) {
    const equals = line.indexOf('=')
    if (equals > 0 && key.test(line.slice(0, equals).trim())) return line.slice(equals + 1).trim()
  }
  return undefined
}
