/** Reads pom.xml: coordinates, and dependencies with scopes, inherited from parent poms. */

import { type Element, elementAt, elementsBelow, elementText } from '#generate/formats/read-xml.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, foldersAbove, inFolder, joinPath } from '#generate/paths.ts'
import { newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** Matches XML comments such as `<!-- Compile-time only -->`. */
const BUILD_TIME_SECTION = /^\W*(?:annotation process|(?:build|compile)[- ](?:time|only)\b)/i
/** Annotation libraries and annotation processors. */
const BUILD_TIME_NAME =
  /:(?:lombok|jspecify|apiguardian-api|checker-qual|animal-sniffer-annotations|[\w-]{0,60}(?:-annotations?|-processor))$/
/** Limit on the characters of a list of exported packages; XML is read further than that. */
const MAX_EXPORTS = 10_000
/** Limit on parent poms, and on nested properties. */
const MAX_DEPTH = 12

export function readMaven(path: string, files: RepositoryFiles): Package | undefined {
  const poms = withParents(path, files)
  const [project] = poms
  if (project === undefined || (poms.length > 1 && isLeftOut(path, files))) return undefined
  const value = (text: string | undefined): string | undefined => withProperties(text, poms)
  const packaging = elementText(project, 'packaging')
  return newPackage('maven', path, {
    name: coordinatesIn(project, poms),
    version: value(elementText(project, 'version') ?? elementText(project, 'parent', 'version')),
    needs: ['Java', value(releaseOf(poms))],
    description: value(elementText(project, 'description')),
    licence: value(poms.map((pom) => elementText(pom, 'licenses', 'license', 'name')).find((one) => one !== undefined)),
    // An archetype is a project template.
    isPrivate: packaging === 'pom' || packaging === 'maven-archetype' || isSkipped(poms),
    dependencies: dependenciesOf(poms),
    tools: elementsBelow(elementAt(project, 'build', 'plugins'), 'plugin').flatMap(
      (plugin) => value(elementText(plugin, 'artifactId')) ?? [],
    ),
    exportedPackages: exportedIn(poms),
  })
}

/** The Java packages that an OSGi bundle exports; none if patterns choose them, or if the list is too long. */
function exportedIn(poms: readonly Element[]): string[] {
  const text = poms.flatMap((pom) => elementsBelow(pom, 'Export-Package'))[0]?.text ?? ''
  return text.length > MAX_EXPORTS || /[*!;$]/.test(text) ? [] : text.split(',').flatMap((one) => one.trim() || [])
}

/** Whether the poms of the folders above list modules, but not this one: the build does not include it. */
function isLeftOut(path: string, files: RepositoryFiles): boolean {
  const [own = '', ...above] = foldersAbove(path)
  const modules = above.flatMap((folder) =>
    elementsBelow(files.xml(`${folder}pom.xml`), 'module').flatMap(
      ({ text }) => joinPath(folder, text.replace(/\/$/, '')) ?? [],
    ),
  )
  return modules.length > 0 && !modules.some((one) => `${one}/` === own || one === path || one.includes('$'))
}

/** The version of Java that the code is compiled for. */
function releaseOf(poms: readonly Element[]): string | undefined {
  const keys = ['maven.compiler.release', 'maven.compiler.source', 'java.version']
  for (const pom of poms)
    for (const key of keys) {
      const found = elementText(pom, 'properties', key)
      if (found !== undefined) return found
    }
  const lists = poms.flatMap((pom) => [
    elementAt(pom, 'build', 'plugins'),
    elementAt(pom, 'build', 'pluginManagement', 'plugins'),
  ])
  return lists
    .flatMap((list) => elementsBelow(list, 'plugin'))
    .filter((plugin) => withProperties(elementText(plugin, 'artifactId'), poms) === 'maven-compiler-plugin')
    .map((plugin) => elementText(plugin, 'configuration', 'release') ?? elementText(plugin, 'configuration', 'source'))
    .find((one) => one !== undefined)
}

/** Returns a pom followed by its parents in the repository. */
export function withParents(path: string, files: RepositoryFiles): Element[] {
  const found: Element[] = []
  const seen = new Set<string>()
  for (let next: string | undefined = path; next !== undefined && !seen.has(next); next = parentOf(next, files)) {
    const project = files.xml(next)
    if (project?.name !== 'project' || found.push(project) === MAX_DEPTH) break
    seen.add(next)
  }
  return found
}

/** The parent of a pom; the folder above may contain a different one. */
export function parentOf(path: string, files: RepositoryFiles): string | undefined {
  const parent = elementAt(files.xml(path), 'parent')
  const found =
    parent === undefined ? undefined : pomAt(folderOf(path), elementAt(parent, 'relativePath')?.text ?? '../pom.xml')
  const project = found === undefined ? undefined : files.xml(found)
  return project?.name === 'project' && statedIn(project) === statedIn(parent) ? found : undefined
}

/** Modules and parents are named by folder or by file. */
export function pomAt(folder: string, relative: string): string | undefined {
  if (relative === '') return undefined
  const path = joinPath(folder, relative)
  return path === undefined || path.endsWith('.xml') ? path : inFolder(path, 'pom.xml')
}

/** The group and artifact as written in a project, or in its `<parent>` element. */
function statedIn(element: Element | undefined): string {
  const group = elementText(element, 'groupId') ?? elementText(element, 'parent', 'groupId')
  return `${group}:${elementText(element, 'artifactId')}`
}

/**
 * `group:artifact` of a project or dependency; `undefined` when a property is unknown.
 *
 * @param poms - The pom and its parents.
 */
export function coordinatesIn(element: Element | undefined, poms: readonly Element[]): string | undefined {
  const group = withProperties(elementText(element, 'groupId') ?? elementText(element, 'parent', 'groupId'), poms)
  const artifact = withProperties(elementText(element, 'artifactId'), poms)
  return group === undefined || artifact === undefined ? undefined : `${group}:${artifact}`
}

/** Replaces the properties in a text; `undefined` when one is unknown. */
function withProperties(text: string | undefined, poms: readonly Element[]): string | undefined {
  let found = text
  for (let depth = 0; depth < MAX_DEPTH && found?.includes('${'); depth++) {
    const name: string = /\$\{([\w.-]{1,100})\}/.exec(found)?.[1] ?? ''
    const value = propertyOf(name, poms)
    if (value === undefined || value.length > 200) return undefined
    found = found.replace(`\${${name}}`, () => value)
  }
  return found?.includes('${') === true ? undefined : found
}

function propertyOf(name: string, poms: readonly Element[]): string | undefined {
  const own = /^(?:(?:project|pom)\.)?(?:(parent)\.)?(groupId|artifactId|version)$/.exec(name)
  const [project] = poms
  if (own?.[2] !== undefined)
    return (own[1] === undefined ? elementText(project, own[2]) : undefined) ?? elementText(project, 'parent', own[2])
  return poms.map((pom) => elementText(pom, 'properties', name)).find((one) => one !== undefined)
}

function isSkipped(poms: readonly Element[]): boolean {
  return propertyOf('maven.deploy.skip', poms) === 'true'
}

function dependenciesOf(poms: readonly Element[]): Dependency[] {
  const managed = byKey(poms, 'dependencyManagement', 'dependencies')
  return [...byKey(poms, 'dependencies')].map(([key, { name, element }]) => {
    const value = (field: string): string | undefined =>
      withProperties(elementText(element, field) ?? elementText(managed.get(key)?.element, field), poms)
    const kind = kindOf(value('scope'), value('optional') === 'true')
    const isBuildTime = kind !== 'runtime' && (BUILD_TIME_SECTION.test(element.section) || BUILD_TIME_NAME.test(name))
    // The environment that runs the program provides it.
    const group = kind === 'peer' ? 'provided' : null
    return isBuildTime && kind !== 'development' ? { name, kind: 'build', group: null } : { name, kind, group }
  })
}

/**
 * The dependencies in the lists at a path of the poms, keyed by what identifies one to Maven: group, artifact, type and classifier.
 * A declaration replaces those of the parents.
 */
function byKey(poms: readonly Element[], ...path: string[]): Map<string, { name: string; element: Element }> {
  const found = new Map<string, { name: string; element: Element }>()
  for (const element of poms.flatMap((pom) => elementAt(pom, ...path)?.children ?? [])) {
    const value = (field: string): string | undefined => withProperties(elementText(element, field), poms)
    const name = coordinatesIn(element, poms)
    if (name === undefined) continue
    const key = [name, value('type') ?? 'jar', value('classifier') ?? ''].join(':')
    if (!found.has(key)) found.set(key, { name, element })
  }
  return found
}

function kindOf(scope: string | undefined, isOptional: boolean): Dependency['kind'] {
  if (scope === 'test') return 'development'
  if (isOptional) return 'optional'
  return scope === 'provided' || scope === 'system' ? 'peer' : 'runtime'
}
