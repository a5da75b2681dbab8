/** Reads build.gradle and build.gradle.kts: literal dependencies and plugins, and the version catalogue. */

import { memoizedByText } from '#base/memoize.ts'
import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import { at, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import type { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

export const BUILDS = ['build.gradle', 'build.gradle.kts']
export const SETTINGS = ['settings.gradle', 'settings.gradle.kts']
/** `implementation("…")`, `testImplementation platform('…')`, `api libs.x`, `"jmhImplementation"("…")` */
const DEPENDENCY =
  /^[ \t]{0,60}(?:(\w{1,80})|"~{1,80}")(?:[ \t]{1,10}|[ \t]{0,10}\(\s{0,100})(?:(?:platform|enforcedPlatform|kotlin)[ \t]{0,5}\(\s{0,100})?(?=["\w])/gm
const CONFIGURATION =
  /(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[aA]nnotationProcessor|kapt|ksp|classpath|compile|runtime|testCompile|provided)$/
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
const GROUP_PART = /\bgroup[ \t]{0,5}[:=][ \t]{0,5}(?=")/
const NAME_PART = /\bname[ \t]{0,5}[:=][ \t]{0,5}(?=")/
const MODULE = /^([\w.-]{1,100}):([\w.-]{1,100})(?::|$)/
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

/** What the projects of a build share. */
interface Root {
  /** The folder of the nearest settings file, else that of the build file. */
  folder: string
  /** The name in the settings file. */
  name: string | undefined
  /** The projects that the settings file includes. */
  projects: readonly string[]
  /** The group that the root project declares. */
  group: string | undefined
  /** Modules keyed by accessor, such as `libs.ktor.core`; a bundle has several. */
  libraries: ReadonlyMap<string, string[]>
  /** Ids of plugins keyed by the accessor after `libs.plugins`, such as `.publish`. */
  plugins: ReadonlyMap<string, string>
}

/** The folder of the settings file that is nearest to a project. */
export function settingsFolder(project: string, files: RepositoryFiles): string | undefined {
  const found = SETTINGS.flatMap((name) => files.above(project, name)[0] ?? []).map(folderOf)
  return found.sort((a, b) => b.length - a.length)[0]
}

export const rootAt = memoizedByText((files: RepositoryFiles, folder): Root => {
  const maskedOf = (names: readonly string[]): MaskedCode | undefined => {
    const path = names.map((name) => inFolder(folder, name)).find((one) => files.isFile(one))
    return path === undefined ? undefined : files.code(path, C_LIKE)
  }
  const build = maskedOf(BUILDS)
  const catalogue = files.values(inFolder(folder, 'gradle/libs.versions.toml'))
  return {
    folder,
    ...includedIn(maskedOf(SETTINGS)),
    group: build === undefined ? undefined : settingsOf(build).group,
    libraries: librariesOf(catalogue),
    plugins: pluginsOf(catalogue),
  }
})

/** What a settings file says: the name, and `include(":a", ":b")` or `include ':a', ':b'`. */
export function includedIn(masked: MaskedCode | undefined): Pick<Root, 'name' | 'projects'> {
  if (masked === undefined) return { name: undefined, projects: [] }
  const { code, literals } = masked
  const named = /\brootProject\.name\s{0,10}=\s{0,10}(?=")/.exec(code)
  const projects = [...code.matchAll(/^[ \t]*include\b\s*(?:\(\s*)?(?=")/gm)].flatMap((match) =>
    quotesFrom(code, match.index + match[0].length).flatMap((quote) => literals.get(quote) ?? []),
  )
  return { name: named === null ? undefined : literals.get(named.index + named[0].length), projects }
}

/** The positions of the literals in a list such as `"a", "b"`. */
function quotesFrom(code: string, start: number): number[] {
  const found: number[] = []
  const literal = /\s*"~*"\s*(,?)/y
  literal.lastIndex = start
  for (let part = literal.exec(code); part !== null; part = literal.exec(code)) {
    found.push(part.index + part[0].indexOf('"'))
    if (part[1] === '') break
  }
  return found
}

type SettingName = 'group' | 'version' | 'description'
type Settings = Partial<Record<SettingName, string | undefined>>

/** A setting at the start of a line, or a brace. */
const SETTING =
  /^[ \t]{0,8}(?:project\.)?(group|version|description)(?:[ \t]{0,10}=[ \t]{0,10}|[ \t]{1,10})(?=")|[{}]/gm
/** Matches the text before the brace of a block for several projects: `subprojects`, `configure(javaProjects)`, not `configure(checkstyleMain)`. */
const OF_PROJECTS =
  /\b(?:allprojects|subprojects|configure[ \t]{0,5}\([^()\n]{0,60}[pP]rojects[^()\n]{0,60}\))[ \t]{0,5}$/

/**
 * The values of `group = "org.example"` and `version '1.0'` of the project itself: tasks also have a group and a
 * description. A description that several projects share describes none of them.
 */
function settingsOf({ code, literals }: MaskedCode): Settings {
  const found: Settings = {}
  const blocks: boolean[] = []
  /** Number of open blocks that configure something else. */
  let others = 0
  for (const { 0: token, 1: name, index } of code.matchAll(SETTING)) {
    if (token === '{') {
      const isOfProjects = OF_PROJECTS.test(code.slice(Math.max(0, index - 150), index))
      blocks.push(isOfProjects)
      if (!isOfProjects) others++
    } else if (token === '}') {
      if (blocks.pop() === false) others--
    } else if (others === 0 && (name !== 'description' || blocks.length === 0))
      found[name as SettingName] ??= literals.get(index + token.length)
  }
  return found
}

function propertyIn(path: string, key: RegExp, files: RepositoryFiles): string | undefined {
  for (const line of files.text(path).slice(0, 50_000).split('\n')) {
    const equals = line.indexOf('=')
    if (equals > 0 && key.test(line.slice(0, equals).trim())) return line.slice(equals + 1).trim()
  }
  return undefined
}

/** The accessor of an alias in the version catalogue: `ktor.core` for `ktor-core`. */
const accessorOf = (alias: string): string => alias.replace(/[-_]/g, '.')

function librariesOf(catalogue: Located | undefined): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { key, value } of entriesAt(catalogue, 'libraries')) {
    const coordinates =
      value.isString === true
        ? value.text
        : (textAt(value, 'module') ?? `${textAt(value, 'group') ?? ''}:${textAt(value, 'name') ?? ''}`)
    const module = moduleIn(coordinates)
    if (module !== undefined) found.set(`libs.${accessorOf(key)}`, [module])
  }
  for (const { key, value } of entriesAt(catalogue, 'bundles')) {
    const modules = textsOf(at(value)).flatMap((alias) => found.get(`libs.${accessorOf(alias)}`) ?? [])
    found.set(`libs.bundles.${accessorOf(key)}`, modules)
  }
  return found
}

function pluginsOf(catalogue: Located | undefined): Map<string, string> {
  return new Map(
    entriesAt(catalogue, 'plugins').flatMap(({ key, value }): [string, string][] => {
      const id = value.isString === true ? value.text?.split(':')[0] : textAt(value, 'id')
      return id === undefined ? [] : [[`.${accessorOf(key)}`, id]]
    }),
  )
}

function moduleIn(coordinates: string | undefined): string | undefined {
  const match = MODULE.exec(coordinates ?? '')
  return match === null ? undefined : `${match[1]}:${match[2]}`
}

function dependenciesOf(masked: MaskedCode, libraries: Root['libraries']): Dependency[] {
  const blocks = blocksOf(masked)
  return [...masked.code.matchAll(DEPENDENCY)].flatMap((match) => {
    // In Kotlin, the name of a configuration may be quoted.
    const configuration = match[1] ?? masked.literals.get(masked.code.indexOf('"', match.index)) ?? ''
    if (!CONFIGURATION.test(configuration)) return []
    const start = match.index + match[0].length
    const around = blocks.find((block) => block.start < start && start < block.end)
    const kind = around?.kind ?? kindOf(configuration)
    const target = around?.target ?? null
    if (masked.code[start] === '"') {
      // The version may be computed: `"org.acme:orbit:$version"`.
      const modules = quotesFrom(masked.code, start).flatMap(
        (quote) => moduleIn(masked.text.slice(quote + 1, masked.code.indexOf('"', quote + 1))) ?? [],
      )
      return dependencies(modules, kind, target)
    }
    const rest = masked.code.slice(start, start + 300)
    // `project(":core")`: another project of the same build.
    const [call] = /^project[ \t]{0,5}\([ \t]{0,5}(?:path[ \t]{0,5}[:=][ \t]{0,5})?(?=")/.exec(rest) ?? []
    if (call !== undefined) {
      const name = masked.literals.get(start + call.length)
      return name === undefined || !/^(?::[\w.-]{1,100}){1,8}$/.test(name) ? [] : dependencies([name], kind, target)
    }
    const accessor = /^libs(?:\.\w{1,60}){1,10}/.exec(rest)?.[0]
    if (accessor !== undefined) return dependencies(libraries.get(accessor) ?? [], kind, target)
    // `group: 'g', name: 'a'`
    const [line = ''] = rest.split('\n', 1)
    const parts = [GROUP_PART, NAME_PART].map((pattern) => {
      const part = pattern.exec(line)
      return part === null ? undefined : masked.literals.get(start + part.index + part[0].length)
    })
    return parts.includes(undefined) ? [] : dependencies([parts.join(':')], kind, target)
  })
}

interface Block {
  start: number
  end: number
  /** The kind of the dependencies in the block; `null` if the configuration of each dependency determines it. */
  kind: Dependency['kind'] | null
  /** The target of a source set: `jvm` for `jvmMain`. */
  target: string | null
}

/**
 * Blocks that determine the kind of the dependencies inside: `commonTest { … }`, `val jvmTest by getting { … }`,
 * `getByName("jvmTest").dependencies { … }`, `buildscript { … }`.
 */
function blocksOf({ code, literals }: MaskedCode): Block[] {
  const found: Block[] = []
  const open: (Block | undefined)[] = []
  for (const { 0: brace, index } of code.matchAll(/[{}]/g)) {
    if (brace === '{') {
      const before = code.slice(Math.max(0, index - 200), index)
      const line = before.slice(before.lastIndexOf('\n') + 1)
      // `getByName("androidHostTest").dependencies {`
      const quote = /\b(?:getByName|named|create|register)\b/.test(line) ? line.indexOf('"') : -1
      const names = quote < 0 ? [] : [literals.get(index - line.length + quote) ?? '']
      const head = [line, ...names].join(' ')
      const kind = /\b(?:\w{0,60}Test|test)\b/.test(head)
        ? 'development'
        : /\bbuildscript\b/.test(head)
          ? 'build'
          : undefined
      const target = /\b(?!common)([a-z]\w{0,40})Main\b/.exec(head)?.[1] ?? null
      const isPlain = kind === undefined && target === null
      open.push(isPlain ? undefined : { start: index, end: code.length, kind: kind ?? null, target })
      continue
    }
    const block = open.pop()
    if (block !== undefined) found.push({ ...block, end: index })
  }
  return [...found, ...open.flatMap((block) => block ?? [])].slice(0, MAX_BLOCKS)
}

function kindOf(configuration: string): Dependency['kind'] {
  if (/^(?:test|androidTest|bench|benchmark|debug|jmh|integrationTest|lint)(?![a-z])|Test[A-Z]/.test(configuration))
    return 'development'
  // `codegenImplementation` belongs to another source set, which users of the library never see.
  return /^(?:api|compile|implementation|runtime|runtimeOnly)$|(?:Main|^release)(?:Api|Implementation|RuntimeOnly)$/.test(
    configuration,
  )
    ? 'runtime'
    : 'build'
}
