/** Reads pom.xml: coordinates, and dependencies with scopes, inherited from parent poms. */

import { type Element, elementAt, elementsBelow, elementText } from '#generate/formats/read-xml.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, inFolder, joinPath } from '#generate/paths.ts'
import { newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** A comment above dependencies that only the build needs. */
const BUILD_TIME_SECTION = /^(?:\W*)(?:annotation processor|build|compil)\w*[ -]?(?:time|only)?\b/i
/** Libraries of annotations, and annotation processors. */
const BUILD_TIME_NAME =
  /:(?:lombok|jsr305|jspecify|apiguardian-api|checker-qual|animal-sniffer-annotations|[\w-]{0,60}(?:-annotations?|-processor))$/
/** Limit on parent poms, and on nested properties. */
const MAX_DEPTH = 12

export function readMaven(path: string, files: RepositoryFiles): Package | undefined {
  const poms = withParents(path, files)
  const [project] = poms
  if (project === undefined) return undefined
  const value = (text: string | undefined): string | undefined => resolved(text, poms)
  const artifact = value(elementText(project, 'artifactId'))
  const group = value(elementText(project, 'groupId') ?? elementText(project, 'parent', 'groupId'))
  const packaging = elementText(project, 'packaging')
  return newPackage('maven', path, {
    name: artifact === undefined || group === undefined ? undefined : `${group}:${artifact}`,
    version: value(elementText(project, 'version') ?? elementText(project, 'parent', 'version')),
    needs: ['Java', value(releaseOf(poms))],
    description: value(elementText(project, 'description')),
    licence: poms.map((pom) => elementText(pom, 'licenses', 'license', 'name')).find((one) => one !== undefined),
    isPrivate: packaging === 'pom' || isSkipped(poms),
    dependencies: dependenciesOf(poms),
    tools: elementsBelow(elementAt(project, 'build', 'plugins'), 'plugin').flatMap(
      (plugin) => elementText(plugin, 'artifactId') ?? [],
    ),
  })
}

/** The version of Java that the code is compiled for. */
function releaseOf(poms: readonly Element[]): string | undefined {
  const keys = ['maven.compiler.release', 'maven.compiler.source', 'java.version']
  for (const pom of poms)
    for (const key of keys) {
      const found = elementText(pom, 'properties', key)
      if (found !== undefined) return found
    }
  for (const pom of poms)
    for (const plugin of elementsBelow(elementAt(pom, 'build', 'plugins'), 'plugin'))
      if (elementText(plugin, 'artifactId') === 'maven-compiler-plugin')
        return elementText(plugin, 'configuration', 'release') ?? elementText(plugin, 'configuration', 'source')
  return undefined
}

/** Returns a pom followed by its parents in the repository. */
function withParents(path: string, files: RepositoryFiles): Element[] {
  const found: Element[] = []
  const seen = new Set<string>()
  let next: string | undefined = path
  while (next !== undefined && !seen.has(next) && found.length < MAX_DEPTH) {
    seen.add(next)
    const project = files.xml(next)
    if (project?.name !== 'project') break
    found.push(project)
    const parent = elementAt(project, 'parent')
    const relative = elementAt(parent, 'relativePath')?.text ?? '../pom.xml'
    const above: string | undefined =
      parent === undefined || relative === '' ? undefined : joinPath(folderOf(next), relative)
    next = above === undefined || above.endsWith('.xml') ? above : inFolder(above, 'pom.xml')
  }
  // The folder above may contain a different pom than the parent.
  return found.filter(
    (pom, index) =>
      index === 0 || elementText(pom, 'artifactId') === elementText(found[index - 1], 'parent', 'artifactId'),
  )
}

/** Replaces properties; `undefined` when one is unknown. */
function resolved(text: string | undefined, poms: readonly Element[]): string | undefined {
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
  const own = /^(?:project|pom)\.(?:(parent)\.)?(groupId|artifactId|version)$/.exec(name)
  const [project] = poms
  if (own?.[2] !== undefined)
    return (own[1] === undefined ? elementText(project, own[2]) : undefined) ?? elementText(project, 'parent', own[2])
  return poms.map((pom) => elementText(pom, 'properties', name)).find((one) => one !== undefined)
}

function isSkipped(poms: readonly Element[]): boolean {
  return propertyOf('maven.deploy.skip', poms) === 'true'
}

function dependenciesOf(poms: readonly Element[]): Dependency[] {
  const managed = new Map<string, Element>()
  for (const pom of poms) {
    for (const one of elementAt(pom, 'dependencyManagement', 'dependencies')?.children ?? []) {
      const name = nameIn(one, poms)
      if (name !== undefined && !managed.has(name)) managed.set(name, one)
    }
  }
  return poms.flatMap((pom) =>
    (elementAt(pom, 'dependencies')?.children ?? []).flatMap((one): Dependency[] => {
      const name = nameIn(one, poms)
      if (name === undefined) return []
      const field = (key: string): string | undefined => elementText(one, key) ?? elementText(managed.get(name), key)
      const kind = kindOf(field('scope'), field('optional') === 'true')
      const isBuildTime = kind !== 'runtime' && (BUILD_TIME_SECTION.test(one.section) || BUILD_TIME_NAME.test(name))
      // The environment that runs the program provides it.
      const group = kind === 'peer' ? 'provided' : null
      return [isBuildTime && kind !== 'development' ? { name, kind: 'build', group: null } : { name, kind, group }]
    }),
  )
}

function nameIn(dependency: Element, poms: readonly Element[]): string | undefined {
  const group = resolved(elementText(dependency, 'groupId'), poms)
  const artifact = resolved(elementText(dependency, 'artifactId'), poms)
  return group === undefined || artifact === undefined ? undefined : `${group}:${artifact}`
}

function kindOf(scope: string | undefined, isOptional: boolean): Dependency['kind'] {
  if (scope === 'test') return 'development'
  if (isOptional) return 'optional'
  return scope === 'provided' || scope === 'system' ? 'peer' : 'runtime'
}
