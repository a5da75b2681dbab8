/**
 * Maven's pom.xml: the module, its parent and submodules, local dependencies, main class, and files named by plugins.
 */

import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import { type Element, elementAt, elementsBelow, elementText, readXml } from '#generate/formats/read-xml.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import { mainOf } from './jvm-main-class.ts'
import type { Repository } from './repository.ts'

/** Elements of plugin configurations that name one file rather than a pattern such as `<include>`. */
const NAMES_FILE = /(?:file|location|config|descriptor|ruleset|script|header|xml)$/i
const IN_FOLDER = /^\$\{(?:project\.)?basedir\}\//
const GROUP_VARIABLE = /^\$\{(?:project\.|pom\.)?(parent\.)?groupId\}$/

export const maven: Format = {
  asksForAll: true,
  fits: (path) => nameOf(path) === 'pom.xml',
  read: (file, builder, repository) => {
    const poms = Poms.of(repository)
    const pom = poms.at(file.path)
    if (pom === undefined) return
    const { project } = pom
    const folder = folderOf(file.path)
    const { startLine, endLine } = project
    const detail = elementText(project, 'description') ?? elementText(project, 'name') ?? ''
    const id = builder.add({ kind: 'package', name: pom.name, startLine, endLine, detail })

    const parent = poms.parentOf(file.path)
    if (parent !== undefined) builder.link(id, poms.idOf(parent), 'depends-on')
    const profiles = elementAt(project, 'profiles')?.children ?? []
    for (const owner of [project, ...profiles]) {
      for (const module of elementAt(owner, 'modules')?.children ?? [])
        builder.link(id, poms.idOf(pomAt(folder, module.text)), 'uses')
      for (const dependency of elementAt(owner, 'dependencies')?.children ?? []) {
        const group = groupOf(elementText(dependency, 'groupId') ?? '', pom)
        builder.link(id, poms.idNamed(group, elementText(dependency, 'artifactId') ?? ''), 'depends-on')
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

interface Pom {
  project: Element
  name: string
  coordinates: { group: string; artifact: string }
}

/** The poms of a repository, parsed once. */
class Poms {
  static readonly #known = new WeakMap<Repository, Poms>()
  readonly #repository: Repository
  readonly #poms = new Map<string, Pom | undefined>()
  #named: Map<string, string[]> | undefined

  private constructor(repository: Repository) {
    this.#repository = repository
  }

  static of(repository: Repository): Poms {
    const poms = Poms.#known.get(repository) ?? new Poms(repository)
    Poms.#known.set(repository, poms)
    return poms
  }

  at(path: string): Pom | undefined {
    if (!this.#poms.has(path)) {
      const text = this.#repository.file(path)?.text ?? null
      const project = text === null ? undefined : readXml(text)
      const artifact = project?.name === 'project' ? elementText(project, 'artifactId') : undefined
      const group = elementText(project, 'groupId') ?? elementText(project, 'parent', 'groupId') ?? ''
      this.#poms.set(
        path,
        project === undefined || artifact === undefined
          ? undefined
          : { project, name: artifact, coordinates: { group, artifact } },
      )
    }
    return this.#poms.get(path)
  }

  idOf(path: string | undefined): string | undefined {
    const name = path === undefined ? undefined : this.at(path)?.name
    return name === undefined ? undefined : `${path}#${name}`
  }

  /** The parent pom, if it is in the repository. */
  parentOf(path: string): string | undefined {
    const parent = elementAt(this.at(path)?.project, 'parent')
    const relative = elementAt(parent, 'relativePath')
    if (parent === undefined || relative?.text === '') return undefined
    const found = pomAt(folderOf(path), relative?.text ?? '../pom.xml')
    const pom = found === undefined ? undefined : this.at(found)
    return pom?.name === elementText(parent, 'artifactId') && pom?.coordinates.group === elementText(parent, 'groupId')
      ? found
      : undefined
  }

  /** The id of the only module with these coordinates. */
  idNamed(group: string, artifact: string): string | undefined {
    if (this.#named === undefined) {
      this.#named = new Map()
      for (const { path } of this.#repository.all()) {
        const coordinates = nameOf(path) === 'pom.xml' ? this.at(path)?.coordinates : undefined
        if (coordinates === undefined) continue
        push(this.#named, `${coordinates.group}:${coordinates.artifact}`, path)
      }
    }
    const paths = this.#named.get(`${group}:${artifact}`)
    return paths?.length === 1 ? this.idOf(paths[0]) : undefined
  }
}

/** Modules and parents are named by folder or by file. */
function pomAt(folder: string, relative: string): string | undefined {
  if (relative === '' || relative.includes('$')) return undefined
  const path = joinPath(folder, relative)
  return path === undefined || path.endsWith('.xml') ? path : inFolder(path, 'pom.xml')
}

/** Replaces the variables for the group of the project and of its parent. */
function groupOf(text: string, { project, coordinates }: Pom): string {
  const match = GROUP_VARIABLE.exec(text)
  if (match === null) return text
  return match[1] === undefined ? coordinates.group : (elementText(project, 'parent', 'groupId') ?? '')
}

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
