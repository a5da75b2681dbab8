/** Reads build.gradle and build.gradle.kts: literal dependencies and plugins, and the version catalogue. */

import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import { at, entriesAt, textAt, textsOf } from '#generate/formats/located.ts'
import type { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

const BUILDS = ['build.gradle', 'build.gradle.kts']
const SETTINGS = ['settings.gradle', 'settings.gradle.kts']
/** `implementation("…")`, `testImplementation platform('…')`, `api libs.x` */
const DEPENDENCY =
  /^[ \t]{0,60}"?(\w{0,60}(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[cC]ompileOnlyApi|[aA]nnotationProcessor|kapt|ksp|classpath|compile|runtime|testCompile|provided))"?[ \t(]{1,10}(?:(?:platform|enforcedPlatform|kotlin)[ \t]{0,5}\([ \t]{0,5})?(?=["\w])/gm
const PLUGIN =
  /\b(?:id|apply[ \t]{1,5}plugin:)[ \t(]{1,10}(?=")|^[ \t]{0,40}(application|`?java-library`?|`maven-publish`|`java-gradle-plugin`)[ \t]*$/gm
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

export function readGradle(path: string, files: RepositoryFiles): Package | undefined {
  const masked = files.code(path, C_LIKE)
  if (masked === undefined) return undefined
  const folder = folderOf(path)
  const root = rootOf(folder, files)
  const plugins = [...masked.code.matchAll(PLUGIN)].flatMap((match) => {
    const bare = match[1]?.replaceAll('`', '')
    const quote = match.index + match[0].length
    if (bare === undefined && !isApplied(masked.code, masked.code.indexOf('"', quote + 1) + 1)) return []
    return bare ?? masked.literals.get(quote) ?? []
  })
  const catalogued = pluginsOf(root, files)
  for (const match of masked.code.matchAll(ALIAS)) {
    const id = catalogued.get(match[1] ?? '')
    if (id !== undefined && isApplied(masked.code, match.index + match[0].length)) plugins.push(id)
  }
  const properties = inFolder(folder, 'gradle.properties')
  const artifact =
    propertyIn(properties, /^POM_ARTIFACT_ID$/, files) ??
    (folder === root ? (settingsName(root, files) ?? nameOf(folder)) : nameOf(folder))
  const group =
    settingIn(masked, 'group') ??
    propertyIn(inFolder(root, 'gradle.properties'), /^(?:GROUP|group)$/, files) ??
    groupAbove(root, files)
  return newPackage('maven', path, {
    name: group === undefined || artifact === '' ? undefined : `${group}:${artifact}`,
    version: settingIn(masked, 'version') ?? propertyIn(inFolder(root, 'gradle.properties'), /^VERSION_NAME$/, files),
    description: settingIn(masked, 'description') ?? propertyIn(properties, /^POM_DESCRIPTION$/, files),
    isPrivate: !plugins.some((plugin) => PUBLISH.test(plugin)),
    dependencies: dependenciesOf(masked, catalogueOf(root, files)),
    tools: plugins,
  })
}

/** Whether a plugin is applied; `end` is the position after its id. */
function isApplied(code: string, end: number): boolean {
  return !NOT_APPLIED.test(code.slice(end, end + 300))
}

/** The folder of the nearest settings file, else that of the build file. */
function rootOf(folder: string, files: RepositoryFiles): string {
  const settings = SETTINGS.flatMap((name) => files.above(folder, name)[0] ?? []).map(folderOf)
  return settings.sort((a, b) => b.length - a.length)[0] ?? folder
}

function settingsName(root: string, files: RepositoryFiles): string | undefined {
  const path = SETTINGS.map((name) => inFolder(root, name)).find((one) => files.has(one))
  const masked = path === undefined ? undefined : files.code(path, C_LIKE)
  const match = masked === undefined ? null : /\brootProject\.name[ \t]{0,10}=[ \t]{0,10}(?=")/.exec(masked.code)
  return match === null ? undefined : masked?.literals.get(match.index + match[0].length)
}

/** The value of `group = "org.example"` or `version '1.0'` at the start of a line. */
function settingIn(masked: MaskedCode, key: 'group' | 'version' | 'description'): string | undefined {
  const match = SETTING[key].exec(masked.code)
  return match === null ? undefined : masked.literals.get(match.index + match[0].length)
}

const SETTING = {
  group: /^[ \t]{0,8}(?:project\.)?group(?:[ \t]{0,10}=[ \t]{0,10}|[ \t]{1,10})(?=")/m,
  version: /^[ \t]{0,8}(?:project\.)?version(?:[ \t]{0,10}=[ \t]{0,10}|[ \t]{1,10})(?=")/m,
  description: /^[ \t]{0,8}(?:project\.)?description(?:[ \t]{0,10}=[ \t]{0,10}|[ \t]{1,10})(?=")/m,
}

function groupAbove(root: string, files: RepositoryFiles): string | undefined {
  const path = BUILDS.map((name) => inFolder(root, name)).find((one) => files.has(one))
  const masked = path === undefined ? undefined : files.code(path, C_LIKE)
  return masked === undefined ? undefined : settingIn(masked, 'group')
}

function propertyIn(path: string, key: RegExp, files: RepositoryFiles): string | undefined {
  for (const line of files.text(path).slice(0, 50_000).split('\n')) {
    const equals = line.indexOf('=')
    if (equals > 0 && key.test(line.slice(0, equals).trim())) return line.slice(equals + 1).trim()
  }
  return undefined
}

/** Modules keyed by accessor, such as `libs.ktor.core`; a bundle has several. */
function catalogueOf(root: string, files: RepositoryFiles): Map<string, string[]> {
  const values = files.values(inFolder(root, 'gradle/libs.versions.toml'))
  const found = new Map<string, string[]>()
  const accessor = (alias: string): string => alias.replace(/[-_]/g, '.')
  for (const { key, value } of entriesAt(values, 'libraries')) {
    const written =
      value.isString === true
        ? value.text
        : (textAt(value, 'module') ?? `${textAt(value, 'group') ?? ''}:${textAt(value, 'name') ?? ''}`)
    const module = moduleIn(written)
    if (module !== undefined) found.set(`libs.${accessor(key)}`, [module])
  }
  for (const { key, value } of entriesAt(values, 'bundles')) {
    const modules = textsOf(at(value)).flatMap((alias) => found.get(`libs.${accessor(alias)}`) ?? [])
    found.set(`libs.bundles.${accessor(key)}`, modules)
  }
  return found
}

/** Ids of plugins keyed by the accessor after `libs.plugins`, such as `.publish`. */
function pluginsOf(root: string, files: RepositoryFiles): Map<string, string> {
  const values = files.values(inFolder(root, 'gradle/libs.versions.toml'))
  return new Map(
    entriesAt(values, 'plugins').flatMap(({ key, value }): [string, string][] => {
      const id = value.isString === true ? value.text?.split(':')[0] : textAt(value, 'id')
      return id === undefined ? [] : [[`.${key.replace(/[-_]/g, '.')}`, id]]
    }),
  )
}

function moduleIn(written: string | undefined): string | undefined {
  const match = MODULE.exec(written ?? '')
  return match === null ? undefined : `${match[1]}:${match[2]}`
}

function dependenciesOf(masked: MaskedCode, catalogue: ReadonlyMap<string, string[]>): Dependency[] {
  const blocks = blocksOf(masked)
  return [...masked.code.matchAll(DEPENDENCY)].flatMap((match) => {
    const start = match.index + match[0].length
    const around = blocks.find((block) => block.start < start && start < block.end)
    const kind = around?.kind ?? kindOf(match[1] ?? '')
    const target = around?.target ?? null
    if (masked.code[start] === '"') {
      const module = moduleIn(masked.literals.get(start))
      return module === undefined ? [] : dependencies([module], kind, target)
    }
    const rest = masked.code.slice(start, start + 300)
    // `project(":core")`: another project of the same build.
    const [project] = /^project[ \t]{0,5}\([ \t]{0,5}(?:path[ \t]{0,5}[:=][ \t]{0,5})?(?=")/.exec(rest) ?? []
    if (project !== undefined) {
      const name = masked.literals.get(start + project.length)
      return name === undefined || !/^(?::[\w.-]{1,100}){1,8}$/.test(name) ? [] : dependencies([name], kind, target)
    }
    const accessor = /^libs(?:\.\w{1,60}){1,10}/.exec(rest)?.[0]
    if (accessor !== undefined) return dependencies(catalogue.get(accessor) ?? [], kind, target)
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
  /** The kind of the dependencies inside, for one target; `null` if the configuration of each determines it. */
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
  return /compileOnly(?:Api)?$|annotationProcessor$|kapt$|ksp$|classpath$|provided$/i.test(configuration)
    ? 'build'
    : 'runtime'
}
