/**
 * Maven's pom.xml: the module, its parent and submodules, local dependencies, main class, and files named by plugins.
 */

import { append } from '#base/long-arrays.ts'
import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import { type Element, elementAt, elementsBelow, elementText } from '#generate/formats/read-xml.ts'
import { coordinatesIn, parentOf, pomAt, withParents } from '#generate/manifests/maven.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import { mainOf } from './jvm-main-class.ts'
import type { Repository } from './repository.ts'

/** Elements of plugin configurations that name one file rather than a pattern such as `<include>`. */
const NAMES_FILE = /(?:file|location|config|descriptor|ruleset|script|header|xml)$/i
const IN_FOLDER = /^\$\{(?:project\.)?basedir\}\//

export const maven: Format = {
  asksForAll: true,
  fits: (path) => nameOf(path) === 'pom.xml',
  read: (file, builder, repository) => {
    const project = repository.xml(file.path)
    const name = nameIn(file.path, repository)
    if (project === undefined || name === undefined) return
    const folder = folderOf(file.path)
    const { startLine, endLine } = project
    const detail = elementText(project, 'description') ?? elementText(project, 'name') ?? ''
    const id = builder.add({ kind: 'package', name, startLine, endLine, detail })

    builder.link(id, idOf(parentOf(file.path, repository), repository), 'depends-on')
    const poms = withParents(file.path, repository)
    const known = pomsByCoordinates(repository)
    const profiles = elementAt(project, 'profiles')?.children ?? []
    for (const owner of [project, ...profiles]) {
      for (const module of elementAt(owner, 'modules')?.children ?? [])
        builder.link(id, idOf(pomAt(folder, module.text), repository), 'uses')
      for (const dependency of elementAt(owner, 'dependencies')?.children ?? []) {
        const [only, ...others] = known.get(coordinatesIn(dependency, poms) ?? '') ?? []
        if (others.length === 0) builder.link(id, idOf(only, repository), 'depends-on')
      }
      for (const leaf of leavesOf(elementAt(owner, 'build', 'plugins'))) {
        const path = leaf.text.replace(IN_FOLDER, '')
        const isNamed = path !== leaf.text || (NAMES_FILE.test(leaf.name) && /[/.]/.test(path))
        if (isNamed && !path.includes('$')) builder.link(id, repository.fileAt(folder, path), 'uses')
      }
    }
    for (const name of mainClasses(project)) builder.link(id, mainOf(name, folder, repository), 'runs')
  },
}

function nameIn(path: string, repository: Repository): string | undefined {
  const project = repository.xml(path)
  return project?.name === 'project' ? elementText(project, 'artifactId') : undefined
}

function idOf(path: string | undefined, repository: Repository): string | undefined {
  const name = path === undefined ? undefined : nameIn(path, repository)
  return name === undefined ? undefined : `${path}#${name}`
}

const pomsByCoordinates = memoized((repository: Repository): ReadonlyMap<string, string[]> => {
  const found = new Map<string, string[]>()
  for (const { path } of repository.all()) {
    if (nameOf(path) !== 'pom.xml') continue
    const poms = withParents(path, repository)
    const coordinates = coordinatesIn(poms[0], poms)
    if (coordinates !== undefined) push(found, coordinates, path)
  }
  return found
})

function mainClasses(project: Element): Set<string> {
  const named = ['mainClass', 'start-class', 'exec.mainClass', 'main.class'].flatMap((name) =>
    elementsBelow(project, name).map((one) => one.text),
  )
  return new Set(named.filter((name) => /^[\w$.]+$/.test(name)))
}

/** Elements without child elements. */
function leavesOf(element: Element | undefined): Element[] {
  const found: Element[] = []
  const pending = [...(element?.children ?? [])]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.children.length === 0) found.push(next)
    else append(pending, next.children)
  }
  return found
}
