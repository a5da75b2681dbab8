/** Finds the literal dependencies of a Gradle build file. */

import type { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Dependency } from '#generate/model.ts'
import type { GradleRoot } from './gradle-root.ts'
import { accessorOf, quotesFrom } from './gradle-settings.ts'
import { dependencies } from './package-draft.ts'

/** `implementation("…")`, `testImplementation platform('…')`, `api libs.x`, `"jmhImplementation"("…")` */
const DEPENDENCY =
  /^[ \t]{0,60}(?:(\w{1,80})|"~{1,80}")(?:[ \t]{1,10}|[ \t]{0,10}\(\s{0,100})(?:(?:platform|enforcedPlatform|kotlin)[ \t]{0,5}\(\s{0,100})?(?=["\w])/gm
const CONFIGURATION =
  /(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[aA]nnotationProcessor|kapt|ksp|classpath|compile|runtime|testCompile|provided)$/
const GROUP_PART = /\bgroup[ \t]{0,5}[:=][ \t]{0,5}(?=")/
const NAME_PART = /\bname[ \t]{0,5}[:=][ \t]{0,5}(?=")/
const MODULE = /^([\w.-]{1,100}):([\w.-]{1,100})(?::|$)/
/** Limit on the blocks of one file. */
const MAX_BLOCKS = 1_000

/** `group:name` of coordinates. */
export function moduleIn(coordinates: string | undefined): string | undefined {
  const match = MODULE.exec(coordinates ?? '')
  return match === null ? undefined : `${match[1]}:${match[2]}`
}

/**
 * Another project of the same build is `:name`.
 *
 * @param root - `libraries` has modules keyed by accessor, such as `libs.ktor.core`.
 */
export function dependenciesOf(
  masked: MaskedCode,
  { libraries, projects }: Pick<GradleRoot, 'libraries' | 'projects'>,
): Dependency[] {
  const blocks = blocksOf(masked)
  // A project that the settings rename has the accessor of its name.
  const accessors = new Map(
    [...projects.values()].map(({ path, name }) => [
      accessorOf(path.slice(0, path.lastIndexOf(':') + 1) + name),
      [`:${name}`],
    ]),
  )
  return [...masked.code.matchAll(DEPENDENCY)].flatMap((match) => {
    // In Kotlin, the name of a configuration may be quoted.
    const configuration = match[1] ?? masked.literals.get(masked.code.indexOf('"', match.index)) ?? ''
    if (!CONFIGURATION.test(configuration)) return []
    const start = match.index + match[0].length
    const around = blocks.find((block) => block.start < start && start < block.end)
    if (around?.kind === 'constraint') return []
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
    const [call] = /^project[ \t]{0,5}\([ \t]{0,5}(?:path[ \t]{0,5}[:=][ \t]{0,5})?(?=")/.exec(rest) ?? []
    if (call !== undefined) {
      const name = masked.literals.get(start + call.length)
      if (name === undefined || !/^(?::[\w.-]{1,100}){1,8}$/.test(name)) return []
      return dependencies([`:${projects.get(name)?.name ?? name.slice(name.lastIndexOf(':') + 1)}`], kind, target)
    }
    const [, typed] = /^projects((?:\.\w{1,60}){1,8})/.exec(rest) ?? []
    if (typed !== undefined) return dependencies(accessors.get(typed) ?? [], kind, target)
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
  /**
   * The kind of the dependencies in the block; `null` if the configuration of each dependency determines it. A constraint
   * says only which version others may require.
   */
  kind: Dependency['kind'] | 'constraint' | null
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
          : /\bconstraints\b/.test(head)
            ? 'constraint'
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
