/** Finds the plugins of a Gradle project: its own, those of scripts and convention plugins, and those of the root project. */

import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode } from '#generate/formats/masked-code.ts'
import { nameOf } from '#generate/paths.ts'
import { conventionPlugins, type GradleRoot } from './gradle-root.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** `id("…")`, `apply plugin: '…'`, `apply(plugin = "…")`. */
const QUOTED = /\b(?:id|apply(?:[ \t]{1,5}plugin:|[ \t]{0,5}\([ \t]{0,5}plugin[ \t]{1,5}=))[ \t(]{1,10}(?=")/g
/** A script, `apply from: "$rootDir/publishing.gradle"`, `apply(from = file("publish.gradle.kts"))`. */
const SCRIPT = /\bapply(?:[ \t]{1,5}from:|[ \t]{0,5}\([ \t]{0,5}from[ \t]{1,5}=)[^"\n]{0,40}(?=")/g
/** A plugin of Gradle, `plugins { `maven-publish` }`, or of the build: ``convention.`kotlin-publishing` `` on a line of its own. */
const BARE =
  /(?:^|\bplugins[ \t]{0,5}\{)[ \t]{0,40}(application|`?java-library`?|`maven-publish`|`java-gradle-plugin`|(?:\w{1,60}\.){1,6}`[\w-]{1,60}`)[ \t]{0,40}(?=$|\})/gm
/** A plugin of the version catalogue: `alias(libs.plugins.publish)`. */
const ALIAS = /\balias[ \t]{0,5}\(?[ \t]{0,5}libs\.plugins((?:\.\w{1,60}){1,10})(?![\w.])/g
/** The text after a plugin that is declared for subprojects but not applied: `) version "1.0" apply false`. */
const NOT_APPLIED =
  /^[ \t]{0,5}\)?(?:[ \t]{0,5}\.?version[ \t(]{1,5}(?:"~{0,100}"|[\w.()]{1,100})[ \t]{0,5}\)?)?[ \t]{0,5}\.?apply[ \t(]{1,5}false\b/
/** Match the text before the brace of a block for other projects, and for all or many projects of the build. */
const OF_OTHERS = /\b(?:subprojects|project[ \t]{0,5}\([ \t]{0,5}"~{0,100}"[ \t]{0,5}\))[ \t]{0,5}$/
const OF_MANY =
  /\b(?:allprojects|subprojects|configure[ \t]{0,5}\([^{}\n]{0,120}[pP]rojects[^{}\n]{0,120}\))[ \t]{0,5}$/
/** The text before the brace of a function or a closure with a name, which applies its plugins only where it is called: `ext.release = {`. */
const DEFINED =
  /(?:\b(\w{1,80})[ \t]{0,5}=|\b(?:def|fun|void)[ \t]{1,5}(?:[\w.]{1,80}\.)?(\w{1,80})[ \t]{0,5}\([^(){}\n]{0,120}\))[ \t]{0,5}$/
/** Limits on the blocks of one file, and on the plugins of one project. */
const MAX_BLOCKS = 1_000
const MAX_PLUGINS = 100

/** The ids of the plugins; for scripts, their names without extension. */
export function pluginsOf(masked: MaskedCode, root: GradleRoot, files: RepositoryFiles, folder: string): string[] {
  const isOfOthers = blocksIn(masked.code, OF_OTHERS)
  const found = new Set(appliedIn(masked, root.plugins, (position) => !isOfOthers(position)))
  if (folder !== root.folder) for (const id of [...shared(root), ...calledIn(masked.code, root)]) found.add(id)
  // The loop also visits the plugins that it adds.
  for (const id of found) {
    if (found.size > MAX_PLUGINS) break
    const path = conventionPlugins(files).get(id.split('.').at(-1) ?? '') ?? conventionPlugins(files).get(id)
    const script = path === undefined ? undefined : files.code(path, C_LIKE)
    for (const inner of script === undefined ? [] : appliedIn(script, root.plugins, () => true)) found.add(inner)
  }
  return [...found]
}

/** What the root project applies to all or many projects. */
const shared = memoized(({ build, plugins }: GradleRoot): string[] =>
  build === undefined ? [] : appliedIn(build, plugins, blocksIn(build.code, OF_MANY)),
)

/** What functions and closures of the root project apply, by their names. */
const defined = memoized(({ build, plugins }: GradleRoot): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>()
  const ranges = build === undefined ? [] : rangesOf(build.code, DEFINED)
  if (build === undefined || ranges.length === 0) return found
  for (const [index, id] of mentionedIn(build, plugins)) {
    const head = ranges.find(({ start, end }) => start < index && index < end)?.head
    if (head !== undefined) push(found, head[1] ?? head[2] ?? '', id)
  }
  return found
})

/** What a project applies by calling functions and closures of the root project. */
function calledIn(code: string, root: GradleRoot): string[] {
  const names = defined(root)
  if (names.size === 0) return []
  return [...new Set(code.match(/\b\w{1,80}(?=[ \t]{0,5}\()/g))].flatMap((name) => names.get(name) ?? [])
}

/**
 * What a file applies outside of functions and closures that others call.
 *
 * @param catalogue - Ids keyed by the accessor after `libs.plugins`.
 */
function appliedIn(
  masked: MaskedCode,
  catalogue: ReadonlyMap<string, string>,
  counts: (position: number) => boolean,
): string[] {
  const isDefined = blocksIn(masked.code, DEFINED)
  return mentionedIn(masked, catalogue).flatMap(([at, id]) => (counts(at) && !isDefined(at) ? id : []))
}

/** The ids of plugins with their positions, in the order of the file. */
function mentionedIn(masked: MaskedCode, catalogue: ReadonlyMap<string, string>): [index: number, id: string][] {
  const { code, literals, text } = masked
  const isApplied = (end: number): boolean => !NOT_APPLIED.test(code.slice(end, end + 300))
  const found: [index: number, id: string][] = []
  const add = (index: number, end: number, id: string | undefined): void => {
    if (id !== undefined && isApplied(end)) found.push([index, id])
  }
  for (const { 0: head, index } of code.matchAll(QUOTED)) {
    const quote = index + head.length
    add(index, code.indexOf('"', quote + 1) + 1, literals.get(quote))
  }
  for (const { 0: head, index } of code.matchAll(SCRIPT)) {
    // The path may begin with a variable, so that its text counts.
    const quote = index + head.length
    const script = text.slice(quote + 1, code.indexOf('"', quote + 1))
    add(index, index, nameOf(script).replace(/\.gradle(?:\.kts)?$/, ''))
  }
  for (const { 0: all, 1: name, index } of code.matchAll(BARE))
    add(index, index + all.length, name?.replaceAll('`', ''))
  for (const { 0: all, 1: accessor, index } of code.matchAll(ALIAS))
    add(index, index + all.length, catalogue.get(accessor ?? ''))
  return found.sort(([a], [b]) => a - b)
}

/** Whether a position is in a block whose head, the text before its brace, has a form. */
function blocksIn(code: string, head: RegExp): (position: number) => boolean {
  const ranges = rangesOf(code, head)
  return (position) => ranges.some(({ start, end }) => start < position && position < end)
}

interface Block {
  start: number
  end: number
  head: RegExpExecArray
}

/** The blocks with a head of some form that are in no other such block. */
function rangesOf(code: string, form: RegExp): Block[] {
  const ranges: Block[] = []
  const open: boolean[] = []
  let depth = 0
  for (const { 0: brace, index } of code.matchAll(/[{}]/g)) {
    if (brace === '{') {
      const head = form.exec(code.slice(Math.max(0, index - 300), index))
      if (head !== null && depth++ === 0) ranges.push({ start: index, end: code.length, head })
      open.push(head !== null)
    } else if (open.pop() === true && --depth === 0) {
      const last = ranges.at(-1)
      if (last !== undefined) last.end = index
    }
  }
  return ranges.slice(0, MAX_BLOCKS)
}
