/** Reads what the projects of a Gradle build share: the settings file, the root project's group, the version catalogue. */

import { memoized, memoizedByText } from '#base/memoize.ts'
import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import { at, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import type { MaskedCode } from '#generate/formats/masked-code.ts'
import { folderOf, inFolder } from '#generate/paths.ts'
import { moduleIn } from './gradle-dependencies.ts'
import { type GradleProject, includedIn } from './gradle-settings.ts'
import type { RepositoryFiles } from './repository-files.ts'

export const BUILDS = ['build.gradle', 'build.gradle.kts']
export const SETTINGS = ['settings.gradle', 'settings.gradle.kts']

/** What the projects of a build share. */
export interface GradleRoot {
  /** The folder of the nearest settings file, else that of the build file. */
  folder: string
  /** The name in the settings file. */
  name: string | undefined
  /** The projects that the settings file includes, keyed by path. */
  projects: ReadonlyMap<string, GradleProject>
  /** The same projects keyed by folder. */
  projectsByFolder: ReadonlyMap<string, GradleProject>
  /** The group that the root project declares, or the only one that convention plugins of the repository set. */
  group: string | undefined
  /** The build file of the root project. */
  build: MaskedCode | undefined
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

export const rootAt = memoizedByText((files: RepositoryFiles, folder): GradleRoot => {
  const maskedOf = (names: readonly string[]): MaskedCode | undefined => {
    const path = names.map((name) => inFolder(folder, name)).find((one) => files.isFile(one))
    return path === undefined ? undefined : files.code(path, C_LIKE)
  }
  const build = maskedOf(BUILDS)
  const catalogue = files.values(inFolder(folder, 'gradle/libs.versions.toml'))
  const { name, projects } = includedIn(maskedOf(SETTINGS), folder)
  return {
    folder,
    name,
    projects,
    projectsByFolder: new Map([...projects.values()].map((project) => [project.folder, project])),
    group: (build === undefined ? undefined : settingsOf(build).group) ?? conventionalGroup(files),
    build,
    libraries: librariesOf(catalogue),
    plugins: pluginsOf(catalogue),
  }
})

/** Matches a convention plugin, a script that projects apply: `buildSrc/src/main/kotlin/base-conventions.gradle.kts`. */
const CONVENTION_PLUGIN = /\/src\/main\/(?:kotlin|groovy)\/(?:[^/]{1,80}\/){0,9}([^/]{1,80})\.gradle(?:\.kts)?$/

/** The paths of the repository's convention plugins, keyed by id without the package. */
export const conventionPlugins = memoized(
  (files: RepositoryFiles): ReadonlyMap<string, string> =>
    new Map(
      files.all().flatMap(({ path }): [string, string][] => {
        const [, id] = CONVENTION_PLUGIN.exec(path) ?? []
        return id === undefined ? [] : [[id, path]]
      }),
    ),
)

/** The group that convention plugins set, if they agree. */
const conventionalGroup = memoized((files: RepositoryFiles): string | undefined => {
  const found = new Set<string>()
  for (const path of conventionPlugins(files).values()) {
    const masked = files.code(path, C_LIKE)
    const group = masked && settingsOf(masked).group
    if (group !== undefined) found.add(group)
  }
  const [only, ...others] = found
  return others.length === 0 ? only : undefined
})

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
export function settingsOf({ code, literals }: MaskedCode): Settings {
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
