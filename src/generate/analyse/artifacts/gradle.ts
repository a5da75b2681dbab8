/**
 * Settings and build scripts of Gradle, as far as single lines are unambiguous: projects, their dependencies, the main
 * class.
 */

import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { BUILDS, rootAt, SETTINGS, settingsFolder } from '#generate/manifests/gradle-root.ts'
import { accessorOf, includedIn } from '#generate/manifests/gradle-settings.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import { mainOf } from './jvm-main-class.ts'
import type { Repository } from './repository.ts'

/** Name of the root project when its settings give none. */
const ROOT = 'root project'

export const gradle: Format = {
  asksForAll: true,
  fits: (path) => BUILDS.includes(nameOf(path)) || SETTINGS.includes(nameOf(path)),
  read: (file, builder, repository) => {
    const masked = MaskedCode.of(file.text, C_LIKE)
    if (masked === undefined) return
    const folder = folderOf(file.path)
    const whole = { startLine: 1, endLine: masked.lineAt(Math.max(0, file.text.trimEnd().length - 1)) }
    const ownCode = withoutOtherProjects(masked)
    const literals = (pattern: RegExp): string[] => literalsAfter(masked, pattern, ownCode)
    const root = settingsFolder(folder, repository)
    if (SETTINGS.includes(nameOf(file.path))) {
      const { name = nameOf(folder), projects } = includedIn(masked, folder)
      const id = name === '' ? file.path : builder.add({ kind: 'package', name, ...whole, detail: 'settings' })
      for (const project of projects.values()) {
        const build = buildOf(project.folder, repository)
        builder.link(id, build === undefined ? undefined : idOf(build, root, repository), 'uses')
      }
      for (const path of literals(/\bincludeBuild\s*(?:\(\s*)?(?=")/g)) {
        const settings = SETTINGS.flatMap((one) => repository.fileAt(folder, inFolder(path, one)) ?? [])
        if (settings.length === 1) builder.link(id, settings[0], 'uses')
      }
      return
    }
    const id = builder.add({ kind: 'package', name: nameAt(file.path, root, repository), ...whole, detail: '' })
    if (root !== undefined) {
      const { projects } = rootAt(repository, root)
      for (const project of literals(/\bproject\s*\(\s*(?:path\s*[:=]\s*)?(?=")/g)) {
        const path = project.startsWith(':')
          ? (projects.get(project)?.folder ?? projectFolder(project, root))
          : undefined
        const build = path === undefined ? undefined : buildOf(path, repository)
        builder.link(id, build === undefined ? undefined : idOf(build, root, repository), 'depends-on')
      }
      const accessors = new Map([...projects.values()].map(({ path, folder }) => [accessorOf(path), folder]))
      for (const [, accessor = ''] of ownCode.matchAll(/\(\s*projects((?:\.\w+)+)\s*\)/g)) {
        const path = accessors.get(accessor)
        const build = path === undefined ? undefined : buildOf(path, repository)
        builder.link(id, build === undefined ? undefined : idOf(build, root, repository), 'depends-on')
      }
    }
    for (const path of literals(/\bapply\s*(?:\(\s*)?from\s*[:=]\s*(?=")/g)) {
      builder.link(id, repository.fileAt(folder, path), 'uses')
    }
    // Other tasks may have main classes of their own.
    const application = /\bapplication\s*\{/.exec(ownCode)
    const block = application === null ? undefined : masked.argumentsAt(application.index + application[0].length - 1)
    const inBlock = ' '.repeat(application?.index ?? 0) + ownCode.slice(application?.index, block?.end)
    const started = literalsAfter(masked, MAIN_CLASS, inBlock)
    for (const name of started.length > 0 ? started : literals(MAIN_CLASS)) {
      if (/^[\w$.]+$/.test(name)) builder.link(id, mainOf(name, folder, repository), 'runs')
    }
  },
}

const MAIN_CLASS = /\bmainClass(?:Name)?(?:\.set\s*\(\s*|\s*=\s*)(?=")/g
/** Matches the start of a block that configures other projects. */
const OTHER_PROJECTS = /\b(?:subprojects|project\s*\(\s*(?:path\s*[:=]\s*)?"~*"\s*\))\s*\{/g
/** Matches the text before a statement; the block of `api project(':lib') { … }` belongs to a dependency. */
const STATEMENT_START = /(?:^|[;{}\n])[ \t]{0,80}$/

/** The masked code with the blocks that configure other projects blanked: `project(':lib') { … }`. */
function withoutOtherProjects(masked: MaskedCode): string {
  let code = ''
  let from = 0
  for (const { 0: head, index } of masked.code.matchAll(OTHER_PROJECTS)) {
    if (index < from || !STATEMENT_START.test(masked.code.slice(Math.max(0, index - 80), index))) continue
    const end = masked.argumentsAt(index + head.length - 1)?.end ?? masked.code.length
    code += masked.code.slice(from, index) + ' '.repeat(end - index)
    from = end
  }
  return code + masked.code.slice(from)
}

/** The literals that directly follow a pattern. */
function literalsAfter(masked: MaskedCode, pattern: RegExp, code = masked.code): string[] {
  return [...code.matchAll(pattern)].flatMap((match) => masked.literals.get(match.index + match[0].length) ?? [])
}

/** `:a:b` is the folder `a/b` by default. */
function projectFolder(project: string, root: string): string {
  return project.replace(/^:/, '').split(':').filter(Boolean).reduce(inFolder, root)
}

function buildOf(folder: string, repository: Repository): string | undefined {
  const found = BUILDS.map((name) => inFolder(folder, name)).filter((path) => repository.isFile(path))
  return found.length === 1 ? found[0] : undefined
}

/** `:a:b`; the root project has the name given in its settings. */
function nameAt(path: string, root: string | undefined, repository: Repository): string {
  const folder = folderOf(path)
  if (root === undefined) return nameOf(folder) || ROOT
  const project = rootAt(repository, root).projectsByFolder.get(folder)
  if (project !== undefined) return project.path
  if (folder !== root) return `:${(root === '' ? folder : folder.slice(root.length + 1)).replaceAll('/', ':')}`
  return rootAt(repository, root).name || ROOT
}

function idOf(build: string, root: string | undefined, repository: Repository): string {
  return `${build}#${nameAt(build, settingsFolder(folderOf(build), repository) ?? root, repository)}`
}
